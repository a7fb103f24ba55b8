/* expects: error-ignored */
/*
 * error-ignored-bad - open fails, and nobody looks.
 *
 * -1 is not a descriptor. Each call that gets it fails with EBADF, "bad file descriptor", and the message
 * that would have helped, "no such file", is lost. Good twin: error-ignored-good.c.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int main(void)
{
    struct stat about;
    char text[100];

    int fd = open("/no/such/settings", O_RDONLY | O_CLOEXEC); /* → openat */
    /* BUG: fd is -1 */
    if (fstat(fd, &about) == -1)
        about.st_size = sizeof text;
    ssize_t n = read(fd, text, sizeof text);
    printf("settings: %s\n", n == -1 ? strerror(errno) : "read");
    close(fd);
    return 0;
}
