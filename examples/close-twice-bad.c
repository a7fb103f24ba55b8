/* expects: close-twice */
/*
 * close-twice-bad - two owners close one descriptor, and the second close hits another file.
 *
 * A number that was closed is free: the next open gets it. Whoever still believes that the number is theirs
 * then closes somebody else's file; and when nobody has got it yet, close fails with EBADF. Good twin:
 * close-twice-good.c.
 */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct input {
    int fd;
};

static int last_byte(struct input *in)
{
    unsigned char byte;
    int last = -1;
    while (read(in->fd, &byte, 1) == 1)
        last = byte;
    close(in->fd); /* BUG: the caller closes it as well, and nobody says that it is gone */
    return last;
}

int main(void)
{
    char path[] = "/tmp/close-twice-XXXXXX";
    struct input in = {.fd = mkstemp(path)}; /* → openat */
    if (in.fd == -1 || unlink(path) == -1)
        err(EXIT_FAILURE, "mkstemp");
    if (write(in.fd, "abc", 3) != 3 || lseek(in.fd, 0, SEEK_SET) == -1)
        err(EXIT_FAILURE, "write");

    printf("last byte: %c\n", last_byte(&in));
    printf("second close: %s\n", close(in.fd) == -1 ? strerror(errno) : "worked");

    int old = in.fd, log = open("/dev/null", O_WRONLY | O_CLOEXEC); /* → openat: gets the number that is free */
    close(old);                                                     /* and loses it */
    printf("write to the log: %s\n", write(log, "x", 1) == -1 ? strerror(errno) : "worked");
    return 0;
}
