/* expects: fd-setsize */
/*
 * fd-setsize-bad - select with a descriptor that its sets have no room for.
 *
 * An fd_set has 1024 bits, whatever the limit of open files is. FD_SET with a larger number sets a bit of
 * what lies behind it: here of a neighbour that is there to show it. Good twin: fd-setsize-good.c.
 */
#define _GNU_SOURCE
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <unistd.h>

static struct {
    fd_set watched;
    volatile unsigned char neighbour[256];
} memory;

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

    FD_ZERO(&memory.watched);
    FD_SET(busy, &memory.watched); /* BUG: busy is 1030 */
    int ready = select(busy + 1, &memory.watched, NULL, NULL, NULL); /* → pselect6 */
    printf("%d ready; the byte behind the set is now 0x%02x\n", ready, memory.neighbour[0]);
    return 0;
}
