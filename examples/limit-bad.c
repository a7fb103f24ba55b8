/* expects: limit-hit */
/*
 * limit-bad - a limit of the process, met by surprise.
 *
 * ulimit -f, or here setrlimit, says how large a file may become. A write beyond raises SIGXFSZ, and its
 * default action is to end the process, in the middle of whatever it was writing. Good twin: limit-good.c.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

int main(void)
{
    char path[] = "/tmp/limit-XXXXXX", block[1024] = "";
    if (setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0}) == -1) /* → prlimit64 */
        err(EXIT_FAILURE, "setrlimit");
    if (setrlimit(RLIMIT_FSIZE, &(struct rlimit){4096, 8192}) == -1) /* → prlimit64 */
        err(EXIT_FAILURE, "setrlimit");
    int fd = mkstemp(path); /* → openat */
    if (fd == -1 || unlink(path) == -1)
        err(EXIT_FAILURE, "mkstemp");
    setlinebuf(stdout);

    puts("writing six blocks of 1024 bytes"); /* → write */
    for (int i = 0; i < 6; i++)
        if (write(fd, block, sizeof block) == -1) /* BUG: there is room for four, and nobody asked */
            err(EXIT_FAILURE, "write");
    puts("written");
    return 0;
}
