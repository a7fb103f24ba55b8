/* expects: nothing */
/*
 * error-ignored-good - the result of open is looked at before it is used, and the message says what failed.
 *
 * errno is only worth something right after the call that failed, so it is looked at there.
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
    if (fd == -1) {
        printf("settings: %s, so the usual ones\n", strerror(errno));
        return 0;
    }
    if (fstat(fd, &about) == -1)
        about.st_size = sizeof text;
    ssize_t n = read(fd, text, sizeof text); /* not reached */
    printf("settings: %s\n", n == -1 ? strerror(errno) : "read");
    close(fd); /* not reached */
    return 0;
}
