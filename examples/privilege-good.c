/* expects: nothing */
/*
 * privilege-good - sets root aside for a while, takes it back, and gives it up when the setup is done.
 *
 * seteuid changes the effective user id only; the saved one stays and allows the way back. Who was never
 * root skips that.
 */
#define _GNU_SOURCE
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(void)
{
    uid_t start = geteuid(), user = getuid() == 0 ? 65534 : getuid(); /* 65534: nobody */
    if (seteuid(user) == -1) /* → setresuid */
        err(EXIT_FAILURE, "seteuid");

    printf("first part of the setup\n");
    fflush(stdout); /* → write */
    if (seteuid(start) == -1) /* → setresuid */
        err(EXIT_FAILURE, "second part of the setup: seteuid");
    printf("second part of the setup\n");
    if (setresuid(user, user, user) == -1) /* for good: nothing is left to do as root */
        err(EXIT_FAILURE, "setresuid");
    return 0;
}
