/* expects: fd-leak too-many-open-files */
/*
 * fd-leak-bad - one path forgets to close, and after a while nothing can be opened any more.
 *
 * Every request for an empty file leaves a descriptor behind. At the limit (RLIMIT_NOFILE, set low here to
 * get there early) open fails with EMFILE, for good requests too. Good twin: fd-leak-good.c.
 */
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

/* The first byte of a file, or -1. */
static int first_byte(const char *path)
{
    unsigned char byte;
    int fd = open(path, O_RDONLY | O_CLOEXEC); /* → openat */
    if (fd == -1)
        return -1;
    if (read(fd, &byte, 1) != 1)
        return -1; /* BUG: fd is still open */
    close(fd);
    return byte;
}

int main(void)
{
    if (setrlimit(RLIMIT_NOFILE, &(struct rlimit){64, 64}) == -1) /* → prlimit64 */
        err(EXIT_FAILURE, "setrlimit");
    int served = 0;
    for (int request = 0; request < 200; request++) {
        served += first_byte(request % 2 == 0 ? "/proc/self/stat" : "/dev/null") != -1;
        usleep(1000); /* → clock_nanosleep */
    }
    printf("%d of 100 requests for a file with content served\n", served);
    return 0;
}
