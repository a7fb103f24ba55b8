/* expects: daemon-no-setsid daemon-no-chdir daemon-terminal-fds-open */
/*
 * daemon-bad - a background process that is still tied to its terminal.
 *
 * The launcher ends, so the shell's prompt comes back; but the child is still in the shell's session, so
 * SIGHUP can reach it when the terminal closes; it holds the terminal open; and it keeps whatever directory
 * it was started in from being unmounted. Good twin: daemon-good.c.
 */
#include <err.h>
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

    umask(0);
    /* BUG: no setsid, no second fork, no chdir, and 0, 1 and 2 are still the terminal */
}

int main(void)
{
    puts("launcher: starting the daemon");
    fflush(stdout); /* → write */
    become_daemon();
    usleep(800 * 1000); /* → clock_nanosleep */
    return 0;
}
