/* expects: missing-privilege */
/*
 * privilege-bad - gives up root for good, and then wants it back.
 *
 * setresuid sets all three user ids, the saved one too: there is no way back, which is what a server wants
 * that is done with its setup. Here the setup is not done yet. Good twin: privilege-good.c.
 */
#define _GNU_SOURCE
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(void)
{
    uid_t user = getuid() == 0 ? 65534 : getuid(); /* 65534: nobody */
    if (setresuid(user, user, user) == -1) /* BUG: too early */
        err(EXIT_FAILURE, "setresuid");

    printf("first part of the setup\n");
    fflush(stdout); /* → write */
    if (seteuid(0) == -1) /* → setresuid */
        err(EXIT_FAILURE, "second part of the setup: seteuid"); /* → write, exit_group */
    printf("second part of the setup, as root\n");
    return 0;
}
