/* expects: fork-eagain */
/*
 * fork-eagain-bad - a child for each request, without a bound and without a wait.
 *
 * The number of processes is limited: for each user (RLIMIT_NPROC, set low here to get there early), for each
 * cgroup, for the system. At the limit fork fails with EAGAIN, for everybody who shares it. prefork.c keeps to
 * a fixed number of workers.
 */
#define _GNU_SOURCE
#include <err.h>
#include <errno.h>
#include <grp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    const uid_t nobody = 65534;
    if (setrlimit(RLIMIT_NPROC, &(struct rlimit){8, 8}) == -1) /* → prlimit64 */
        err(EXIT_FAILURE, "setrlimit");
    if (geteuid() == 0 && (setgroups(0, NULL) == -1 || setgid(nobody) == -1 || setuid(nobody) == -1))
        err(EXIT_FAILURE, "setuid"); /* the limit is not for root */

    int refused = 0, reason = 0;
    for (int request = 0; request < 40; request++) {
        pid_t child = fork(); /* BUG: as many as there are requests (→ clone) */
        if (child == 0) {
            usleep(300 * 1000); /* → clock_nanosleep */
            _exit(0); /* → exit_group */
        }
        if (child == -1) {
            reason = errno;
            refused++;
        }
    }
    printf("requests refused: %s (%s)\n", refused > 0 ? "some" : "none", strerror(reason));
    while (wait(NULL) > 0) /* → wait4 */
        ;
    return 0;
}
