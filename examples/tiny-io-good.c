/* expects: nothing */
/*
 * tiny-io-good - count the lines of a file, a buffer at a time: one read for thousands of bytes.
 *
 * getc and fread do the same behind the scenes: they read a block and hand it out in bytes.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(void)
{
    char path[] = "/tmp/tiny-io-XXXXXX";
    int fd = mkstemp(path), lines = 0; /* → openat */
    if (fd == -1 || unlink(path) == -1)
        err(EXIT_FAILURE, "mkstemp");
    static char text[1200];
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = i % 40 == 39 ? '\n' : 'x';
    if (write(fd, text, sizeof text) == -1 || lseek(fd, 0, SEEK_SET) == -1)
        err(EXIT_FAILURE, "write");

    char buffer[4096];
    ssize_t n;
    while ((n = read(fd, buffer, sizeof buffer)) > 0)
        for (ssize_t i = 0; i < n; i++)
            lines += buffer[i] == '\n';
    printf("%d lines\n", lines);
    return 0;
}
