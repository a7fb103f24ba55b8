/* expects: orphan */
/*
 * orphan - a child that outlives its parent gets a new one.
 *
 * Orphans go to the nearest ancestor that declared itself a subreaper, and to init when there is none.
 * (systemd --user, containers' inits and shells of some terminals are subreapers.) The new parent gets
 * SIGCHLD and has to reap. Being an orphan is no mistake: daemons are orphans on purpose.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    setlinebuf(stdout);
    if (prctl(PR_SET_CHILD_SUBREAPER, 1) == -1)
        err(EXIT_FAILURE, "prctl");
    pid_t grandparent = getpid();

    pid_t parent = fork(); /* → clone */
    if (parent == -1)
        err(EXIT_FAILURE, "fork");
    if (parent == 0) {
        parent = getpid();
        if (fork() == 0) { /* → clone */
            printf("orphan: my parent is %s\n", /* → write */
                   getppid() == parent ? "the one that forked me" : "another");
            usleep(900 * 1000); /* → clock_nanosleep: the parent is gone in 0.2 s */
            printf("orphan: my parent is %s\n", /* → write */
                   getppid() == grandparent ? "my grandparent" : "another");
            _exit(5); /* → exit_group */
        }
        usleep(200 * 1000); /* → clock_nanosleep */
        _exit(0); /* → exit_group: without waiting for the child */
    }

    int status, ended = 0;
    while (wait(&status) > 0) /* → wait4: two to reap: one forked, one adopted */
        printf("grandparent: reaped number %d, exit code %d\n", ++ended, WEXITSTATUS(status)); /* → write */
    return 0;
}
