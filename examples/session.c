/* expects: nothing */
/*
 * session - sessions hold process groups, process groups hold processes.
 *
 * A shell puts each job into a process group, so that a signal can reach all of it at once: Ctrl-C goes to
 * the foreground group, kill(-pgid) to any. setpgid is called by parent *and* child, because either may run
 * first. setsid makes a new session: no controlling terminal, hence no SIGHUP when a terminal closes.
 */
#define _GNU_SOURCE
#include <err.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* A process of the job: joins the group `leader` (0: leads its own) and sleeps until it is signalled. */
static pid_t start_in_group(pid_t leader)
{
    pid_t child = fork(); /* → clone */
    if (child == -1)
        err(EXIT_FAILURE, "fork");
    if (child == 0) {
        setpgid(0, leader);
        for (;;)
            pause();
    }
    setpgid(child, leader == 0 ? child : leader); /* EACCES after an exec there: then it is done already */
    return child;
}

int main(void)
{
    setlinebuf(stdout);
    pid_t leader = start_in_group(0), member = start_in_group(leader);
    printf("job: one group %s, another group than mine %s, my session %s\n", /* → write */
           getpgid(leader) == getpgid(member) ? "yes" : "no", getpgid(leader) != getpgrp() ? "yes" : "no",
           getsid(leader) == getsid(0) ? "yes" : "no");

    usleep(300 * 1000); /* → clock_nanosleep */
    if (kill(-leader, SIGTERM) == -1) /* one call, both processes */
        err(EXIT_FAILURE, "kill");
    int status, killed = 0;
    while (waitpid(-leader, &status, 0) > 0) /* → wait4 */
        killed += WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM;
    printf("job: %d processes killed by one kill\n", killed); /* → write */

    pid_t loner = fork(); /* → clone */
    if (loner == 0) {
        pid_t self = setsid(); /* fails with EPERM for a group leader: hence the fork */
        printf("loner: leader of its session %s, of its group %s\n", /* → write */
               getsid(0) == self ? "yes" : "no",
               getpgrp() == self ? "yes" : "no");
        usleep(200 * 1000); /* → clock_nanosleep */
        _exit(0); /* → exit_group */
    }
    return waitpid(loner, NULL, 0) == loner ? 0 : 1; /* → wait4 */
}
