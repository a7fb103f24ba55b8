/* expects: nothing */
/*
 * daemon-good - what daemon(3) does, and what daemon-bad leaves out. daemon.c gives each step's reason.
 */
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static void become_daemon(void)
{
    pid_t child = fork(); /* → clone */
    if (child == -1)
        err(EXIT_FAILURE, "fork");
    if (child > 0)
        _exit(EXIT_SUCCESS); /* → exit_group */

    if (setsid() == -1)
        err(EXIT_FAILURE, "setsid");
    child = fork(); /* → clone */
    if (child == -1)
        err(EXIT_FAILURE, "fork");
    if (child > 0)
        _exit(EXIT_SUCCESS); /* → exit_group */

    if (chdir("/") == -1)
        err(EXIT_FAILURE, "chdir");
    umask(0);
    int null = open("/dev/null", O_RDWR); /* → openat */
    if (null == -1 || dup2(null, 0) == -1 || dup2(null, 1) == -1 || dup2(null, 2) == -1)
        err(EXIT_FAILURE, "/dev/null");
    if (null > 2)
        close(null);
}

int main(void)
{
    puts("launcher: starting the daemon");
    fflush(stdout); /* → write */
    become_daemon();
    usleep(800 * 1000); /* → clock_nanosleep */
    return 0;
}
