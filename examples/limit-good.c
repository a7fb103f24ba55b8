/* expects: nothing */
/*
 * limit-good - the soft limit is a warning that a program may move, up to the hard limit.
 *
 * getrlimit tells what there is; setrlimit raises the soft limit. Only the hard one is for good, except with
 * CAP_SYS_RESOURCE.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

int main(void)
{
    char path[] = "/tmp/limit-XXXXXX", block[1024] = "";
    struct rlimit limit;
    if (setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0}) == -1) /* → prlimit64 */
        err(EXIT_FAILURE, "setrlimit");
    if (setrlimit(RLIMIT_FSIZE, &(struct rlimit){4096, 8192}) == -1) /* → prlimit64 */
        err(EXIT_FAILURE, "setrlimit");
    int fd = mkstemp(path); /* → openat */
    if (fd == -1 || unlink(path) == -1)
        err(EXIT_FAILURE, "mkstemp");
    setlinebuf(stdout);

    if (getrlimit(RLIMIT_FSIZE, &limit) == -1) /* → prlimit64 */
        err(EXIT_FAILURE, "getrlimit");
    limit.rlim_cur = limit.rlim_max;
    if (setrlimit(RLIMIT_FSIZE, &limit) == -1) /* → prlimit64 */
        err(EXIT_FAILURE, "setrlimit");

    puts("writing six blocks of 1024 bytes"); /* → write */
    for (int i = 0; i < 6; i++)
        if (write(fd, block, sizeof block) == -1)
            err(EXIT_FAILURE, "write");
    puts("written"); /* → write */
    return 0;
}
