/* expects: nothing */
/*
 * fd-setsize-good - poll takes an array, so a descriptor may have any number.
 */
#define _GNU_SOURCE
#include <err.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

int main(void)
{
    int ends[2];
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) == -1) /* → prlimit64 */
        err(EXIT_FAILURE, "getrlimit");
    files.rlim_cur = files.rlim_max < 4096 ? files.rlim_max : 4096;
    if (setrlimit(RLIMIT_NOFILE, &files) == -1 || pipe2(ends, O_CLOEXEC) == -1) /* → prlimit64 */
        err(EXIT_FAILURE, "setup");
    /* As in a server with a thousand connections. */
    int busy = fcntl(ends[0], F_DUPFD_CLOEXEC, 1030);
    if (busy == -1 || write(ends[1], "x", 1) != 1)
        err(EXIT_FAILURE, "descriptor");

    struct pollfd watched = {.fd = busy, .events = POLLIN};
    int ready = poll(&watched, 1, -1);
    printf("%d ready\n", ready);
    return 0;
}
