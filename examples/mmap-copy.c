/* expects: nothing */
/*
 * mmap-copy - copy a file without a single read or write.
 *
 * Both files are mapped, and one memcpy moves the bytes. The trace shows only the frame: open, fstat,
 * ftruncate, two mmaps, two munmaps. The copying itself is page faults, which no system-call tracer sees.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* A file without a name: it goes away with its last descriptor or mapping. */
static int temporary_file(void)
{
    char path[] = "/tmp/mmap-copy-XXXXXX";
    int fd = mkstemp(path); /* → openat */
    if (fd == -1 || unlink(path) == -1)
        err(EXIT_FAILURE, "temporary file");
    return fd;
}

int main(void)
{
    int source = temporary_file(), target = temporary_file();
    for (int line = 0; line < 100; line++)
        dprintf(source, "line %04d of something worth keeping\n", line); /* → write */

    struct stat info;
    if (fstat(source, &info) == -1) /* → newfstatat */
        err(EXIT_FAILURE, "fstat");
    size_t size = (size_t)info.st_size; /* a mapping of length 0 is EINVAL: check when it may be empty */

    /* A shared writable mapping needs O_RDWR. It can not grow the file, so make room first: touching a
       page past the end would be SIGBUS. */
    if (ftruncate(target, info.st_size) == -1)
        err(EXIT_FAILURE, "ftruncate");
    char *from = mmap(NULL, size, PROT_READ, MAP_PRIVATE, source, 0);
    char *to = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, target, 0);
    if (from == MAP_FAILED || to == MAP_FAILED)
        err(EXIT_FAILURE, "mmap");
    close(source); /* a mapping keeps its file alive by itself */

    memcpy(to, from, size);

    if (munmap(from, size) == -1 || munmap(to, size) == -1)
        err(EXIT_FAILURE, "munmap");
    char check[64] = "";
    if (pread(target, check, 36, 0) != 36) /* → pread64 */
        err(EXIT_FAILURE, "pread");
    printf("copied %zu bytes; the copy begins with \"%s\"\n", size, check);
    return 0;
}
