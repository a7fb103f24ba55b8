/* expects: no-child */
/*
 * wait - who to wait for, how long, and what the status says.
 *
 *   waitpid(pid > 0)   that child           waitpid(0)      any child of my process group
 *   waitpid(-1)        any child            waitpid(-pgid)  any child of that process group
 *   WNOHANG            do not wait: 0 when children exist but none has ended; -1 ECHILD when there is none
 *   WUNTRACED, WCONTINUED   report stops and continuations too; these do not reap
 */
#include <err.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t start(unsigned milliseconds, int code)
{
    pid_t child = fork(); /* → clone */
    if (child == -1)
        err(EXIT_FAILURE, "fork");
    if (child == 0) {
        usleep(milliseconds * 1000); /* → clock_nanosleep */
        _exit(code); /* → exit_group */
    }
    return child;
}

static void tell(const char *who, int status)
{
    if (WIFEXITED(status))
        printf("%-12s exited with %d\n", who, WEXITSTATUS(status)); /* → write */
    else if (WIFSIGNALED(status))
        printf("%-12s killed: %s\n", who, strsignal(WTERMSIG(status))); /* → write */
    else if (WIFSTOPPED(status))
        printf("%-12s stopped: %s\n", who, strsignal(WSTOPSIG(status))); /* → write */
    else if (WIFCONTINUED(status))
        printf("%-12s goes on\n", who); /* → write */
}

int main(void)
{
    int status;
    setlinebuf(stdout);

    pid_t slow = start(400, 1), quick = start(100, 2), other = start(10000, 3);
    setpgid(other, other); /* a process group of its own */

    printf("WNOHANG      returns %d: nobody has ended yet\n", waitpid(-1, &status, WNOHANG)); /* → wait4, write */
    waitpid(-1, &status, 0); /* → wait4: the first to end, whoever that is */
    tell("-1: quick", status);
    waitpid(slow, &status, 0); /* → wait4 */
    tell("pid: slow", status);

    kill(other, SIGSTOP);
    waitpid(-other, &status, WUNTRACED); /* → wait4 */
    tell("-pgid: other", status);
    kill(other, SIGCONT);
    waitpid(other, &status, WCONTINUED); /* → wait4 */
    tell("pid: other", status);
    kill(other, SIGKILL);
    waitpid(other, &status, 0); /* → wait4 */
    tell("pid: other", status);

    if (waitpid(quick, &status, 0) == -1 && errno == ECHILD) /* → wait4 */
        puts("pid: quick   no such child: a status can be taken only once"); /* → write */
    return 0;
}
