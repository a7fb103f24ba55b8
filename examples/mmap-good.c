/* expects: nothing */
/*
 * mmap-good - the rules of mmap, kept one after the other; mmap-bad breaks them in the same order.
 */
#define _GNU_SOURCE
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static char path[] = "/tmp/mmap-XXXXXX";

/* MAP_SHARED may write only what open allowed: the file has to be open for reading and writing. */
static void write_through_map(size_t page)
{
    int fd = open(path, O_RDWR | O_CLOEXEC); /* → openat */
    char *map = mmap(NULL, page, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (map == MAP_FAILED)
        err(EXIT_FAILURE, "mmap");
    close(fd); /* the mapping stays */
    map[0] = 'W';
    munmap(map, page);
    puts("written through the map"); /* → write */
}

/* A length of 0 is EINVAL: ask for the size first, and treat an empty file as what it is. */
static void map_by_size(int fd)
{
    struct stat info;
    if (fstat(fd, &info) == -1) /* → newfstatat */
        err(EXIT_FAILURE, "fstat");
    printf("%s\n", info.st_size == 0 ? "nothing to map" : "something to map"); /* → write */
}

/* Offsets are multiples of the page size: map from the page's start, and skip inside the mapping. */
static void map_at(int fd, off_t offset, size_t page)
{
    off_t start = offset - offset % (off_t)page;
    char *map = mmap(NULL, page, PROT_READ, MAP_PRIVATE, fd, start);
    if (map == MAP_FAILED)
        err(EXIT_FAILURE, "mmap");
    printf("byte %ld is '%c'\n", (long)offset, map[offset - start]); /* → write */
    munmap(map, page);
}

/* Pages beyond the end of the file can be mapped, not touched: make the file long enough first. */
static void write_second_page(int fd, size_t page)
{
    if (ftruncate(fd, (off_t)(2 * page)) == -1)
        err(EXIT_FAILURE, "ftruncate");
    char *map = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (map == MAP_FAILED)
        err(EXIT_FAILURE, "mmap");
    map[page] = '2';
    puts("second page written"); /* → write */
    munmap(map, 2 * page); /* the address mmap gave, and all of its length */
}

int main(void)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    int fd = mkstemp(path), empty = memfd_create("empty", MFD_CLOEXEC); /* → openat */
    if (fd == -1 || empty == -1 || dprintf(fd, "%0*d", (int)page, 7) < 0) /* → write */
        err(EXIT_FAILURE, "files");
    setlinebuf(stdout);
    write_through_map(page);
    map_by_size(empty);
    map_at(fd, 100, page);
    write_second_page(fd, page);
    return unlink(path);
}
