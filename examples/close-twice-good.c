/* expects: nothing */
/*
 * close-twice-good - one owner closes a descriptor, once, and then forgets its number.
 *
 * The function that reads only borrows the descriptor; who opened it closes it. With -1 in its place a
 * number cannot be used, or closed, by mistake.
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

static int last_byte(const struct input *in)
{
    unsigned char byte;
    int last = -1;
    while (read(in->fd, &byte, 1) == 1)
        last = byte;
    return last;
}

static void close_input(struct input *in)
{
    if (in->fd != -1)
        close(in->fd);
    in->fd = -1;
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
    close_input(&in);

    int log = open("/dev/null", O_WRONLY | O_CLOEXEC); /* → openat */
    close_input(&in); /* does nothing */
    printf("write to the log: %s\n", write(log, "x", 1) == -1 ? strerror(errno) : "worked");
    close(log);
    return 0;
}
