/* expects: copy-loop-could-be-sendfile */
/*
 * copy-four-ways - the same megabyte from file to file in four ways: count the calls and the copies.
 *
 *   read + write      twice through a buffer of ours: two copies by the processor, two calls for each piece
 *   mmap + write      one copy: write takes the bytes straight from the page cache
 *   sendfile          none through user space, and one call for as much as the kernel likes
 *   copy_file_range   the file system may even share blocks or copy on a server (NFS)
 * All of them may do less than asked, so all of them are loops.
 */
#define _GNU_SOURCE
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <unistd.h>

#define SIZE (1 << 20)
static int calls;

static void read_write(int in, int out)
{
    static char buffer[16 << 10];
    ssize_t n;
    while (calls++, (n = read(in, buffer, sizeof buffer)) > 0) {
        if (write(out, buffer, (size_t)n) != n)
            err(EXIT_FAILURE, "write");
        calls++;
    }
}

static void mmap_write(int in, int out)
{
    char *map = mmap(NULL, SIZE, PROT_READ, MAP_PRIVATE, in, 0);
    if (map == MAP_FAILED)
        err(EXIT_FAILURE, "mmap");
    for (ssize_t done = 0, n; done < SIZE; done += n, calls++)
        if ((n = write(out, map + done, (size_t)(SIZE - done))) == -1)
            err(EXIT_FAILURE, "write");
    munmap(map, SIZE);
    calls += 2;
}

static void use_sendfile(int in, int out)
{
    ssize_t n;
    while (calls++, (n = sendfile(out, in, NULL, SIZE)) > 0) {
    }
    if (n == -1)
        err(EXIT_FAILURE, "sendfile");
}

static void use_copy_file_range(int in, int out)
{
    ssize_t n;
    while (calls++, (n = copy_file_range(in, NULL, out, NULL, SIZE, 0)) > 0) {
    }
    if (n == -1)
        err(EXIT_FAILURE, "copy_file_range"); /* EXDEV, EINVAL …: fall back to one of the others */
}

static int temporary_file(void)
{
    char path[] = "/tmp/copy-XXXXXX";
    int fd = mkstemp(path); /* → openat */
    if (fd == -1 || unlink(path) == -1)
        err(EXIT_FAILURE, "temporary file");
    return fd;
}

int main(void)
{
    void (*const way[])(int, int) = {read_write, mmap_write, use_sendfile, use_copy_file_range};
    const char *const name[] = {"read + write", "mmap + write", "sendfile", "copy_file_range"};
    static char data[SIZE];
    int in = temporary_file();
    memset(data, 'x', SIZE);
    if (write(in, data, SIZE) != SIZE)
        err(EXIT_FAILURE, "write");
    for (int i = 0; i < 4; i++) {
        int out = temporary_file();
        lseek(in, 0, SEEK_SET);
        calls = 0;
        way[i](in, out);
        printf("%-16s %7ld bytes in %d calls\n", name[i], (long)lseek(out, 0, SEEK_END), calls);
        close(out);
    }
    return 0;
}
