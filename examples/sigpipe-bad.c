/* expects: sigpipe-death */
/*
 * sigpipe-bad - the client leaves in the middle, and takes the server with it.
 *
 * The first send after the client is gone still succeeds: the data leave, and the client's kernel answers
 * with RST. The next one raises SIGPIPE, whose default action is to kill: the check of send's result below
 * is never reached. Good twin: sigpipe-good.c.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define FLAGS 0 /* BUG: no MSG_NOSIGNAL, and SIGPIPE not ignored either */

static void serve(int listener)
{
    int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    if (fd == -1)
        err(EXIT_FAILURE, "accept4");
    for (int part = 1; part <= 5; part++) {
        usleep(100 * 1000); /* → clock_nanosleep */
        if (send(fd, "news\n", 5, FLAGS) == -1) { /* → sendto */
            if (errno != EPIPE && errno != ECONNRESET)
                err(EXIT_FAILURE, "send");
            close(fd); /* not reached */
            _exit(0); /* the client is gone: no reason to die, only to stop sending */
        }
    }
    _exit(1);
}

int main(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (listener == -1 || bind(listener, (struct sockaddr *)&address, sizeof address) == -1 ||
        listen(listener, 1) == -1 || getsockname(listener, (struct sockaddr *)&address, &length) == -1)
        err(EXIT_FAILURE, "listener");

    pid_t server = fork(); /* → clone */
    if (server == 0)
        serve(listener);

    char line[5];
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), status;
    if (fd == -1 || connect(fd, (struct sockaddr *)&address, sizeof address) == -1 ||
        recv(fd, line, sizeof line, MSG_WAITALL) != sizeof line) /* → recvfrom */
        err(EXIT_FAILURE, "client");
    close(fd); /* one line of news is enough for this client */

    if (waitpid(server, &status, 0) == -1) /* → wait4 */
        err(EXIT_FAILURE, "waitpid");
    if (WIFSIGNALED(status))
        printf("server: killed: %s\n", strsignal(WTERMSIG(status)));
    else
        printf("server: exited with %d\n", WEXITSTATUS(status));
    return 0;
}
