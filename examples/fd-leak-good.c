/* expects: nothing */
/*
 * fd-leak-good - a server that handles 200 requests with a handful of descriptors, on every path.
 *
 * Close what you opened where you leave, by whatever door. The limit (RLIMIT_NOFILE, ulimit -n) is set low
 * here to make the point early.
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
    int result = read(fd, &byte, 1) == 1 ? byte : -1;
    close(fd);
    return result;
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
