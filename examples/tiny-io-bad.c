/* expects: tiny-io */
/*
 * tiny-io-bad - count the lines of a file with a system call for every byte of it.
 *
 * A call costs as much as copying thousands of bytes does. Ask for a block at a time, or let getc and fread
 * do so. Good twin: tiny-io-good.c.
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

    char buffer[1]; /* BUG: one byte for each call */
    ssize_t n;
    while ((n = read(fd, buffer, sizeof buffer)) > 0)
        for (ssize_t i = 0; i < n; i++)
            lines += buffer[i] == '\n';
    printf("%d lines\n", lines);
    return 0;
}
