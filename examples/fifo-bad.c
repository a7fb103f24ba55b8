/* expects: fifo-open-blocked */
/*
 * fifo-bad - two FIFOs, opened in opposite order: both processes wait for each other in open.
 *
 * Opening one end of a FIFO blocks until the other end is opened. The parent starts with the request pipe,
 * the child with the answer pipe, and neither gets to its second open. Good twin: fifo.c.
 */
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    char directory[] = "/tmp/fifo-XXXXXX", request[64], answer[64];
    if (mkdtemp(directory) == NULL) /* → mkdir */
        err(EXIT_FAILURE, "mkdtemp");
    snprintf(request, sizeof request, "%s/request", directory);
    snprintf(answer, sizeof answer, "%s/answer", directory);
    if (mkfifo(request, 0600) == -1 || mkfifo(answer, 0600) == -1) /* → mknodat */
        err(EXIT_FAILURE, "mkfifo");

    pid_t pair[2];
    for (int i = 0; i < 2; i++) {
        pair[i] = fork(); /* → clone */
        if (pair[i] == -1)
            err(EXIT_FAILURE, "fork");
        if (pair[i] != 0)
            continue;
        alarm(1); /* a watchdog, so that this example ends */
        if (i == 0) {
            int out = open(request, O_WRONLY | O_CLOEXEC); /* → openat */
            int in = open(answer, O_RDONLY | O_CLOEXEC);
            _exit(in == -1 || out == -1);
        } else {
            int out = open(answer, O_WRONLY | O_CLOEXEC); /* BUG: the other side opens request first (→ openat) */
            int in = open(request, O_RDONLY | O_CLOEXEC);
            _exit(in == -1 || out == -1);
        }
    }
    for (int i = 0; i < 2; i++) {
        int status;
        if (waitpid(pair[i], &status, 0) == -1) /* → wait4 */
            err(EXIT_FAILURE, "waitpid");
        printf("process %d: %s\n", i, WIFSIGNALED(status) ? strsignal(WTERMSIG(status)) : "done");
    }
    unlink(request);
    unlink(answer);
    rmdir(directory);
    return 0;
}
