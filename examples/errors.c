/* expects: addr-in-use eintr-not-retried no-child */
/*
 * errors - well-known error numbers, provoked one after the other, each by its usual cause.
 *
 * A failed call returns -1 and sets errno; errno means nothing after a call that worked. In the trace each
 * failure carries its name; the details say what it usually means and what to do.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#define EXPECT(error, call) /* → write */ \
    printf("%-12s %s\n", #error, (call) == -1 && errno == (error) ? strerror(errno) : "did not happen")

static void on_alarm(int number)
{
    (void)number;
}

int main(void)
{
    char byte;
    int ends[2], full[2];
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct sockaddr *any = (struct sockaddr *)&address;
    socklen_t length = sizeof address;
    struct itimerval soon = {.it_value.tv_usec = 100 * 1000};
    struct sigaction action = {.sa_handler = on_alarm};
    int first = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int second = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (pipe2(ends, O_CLOEXEC) == -1 || pipe2(full, O_CLOEXEC | O_NONBLOCK) == -1 || first == -1 ||
        second == -1 || bind(first, any, length) == -1 || getsockname(first, any, &length) == -1)
        err(EXIT_FAILURE, "setup");
    signal(SIGPIPE, SIG_IGN); /* → rt_sigaction */
    sigaction(SIGALRM, &action, NULL); /* → rt_sigaction */
    setlinebuf(stdout);

    EXPECT(ENOENT, open("/no/such/file", O_RDONLY));        /* → openat: the name, or a directory before it */
    EXPECT(EBADF, close(99));                               /* not open: closed twice, perhaps */
    EXPECT(EAGAIN, read(full[0], &byte, 1));                /* non-blocking, and nothing there: poll */
    EXPECT(ESPIPE, lseek(full[0], 0, SEEK_SET));            /* pipes and sockets have no position */
    EXPECT(EINVAL, lseek(STDIN_FILENO, 0, 99));             /* an argument out of its range */
    setitimer(ITIMER_REAL, &soon, NULL);
    EXPECT(EINTR, read(ends[0], &byte, 1));                 /* a handler ran: call again */
    close(ends[0]);
    EXPECT(EPIPE, write(ends[1], &byte, 1));                /* no reader left; SIGPIPE is ignored here */
    EXPECT(EADDRINUSE, bind(second, any, length));          /* the port is taken */
    EXPECT(ENOTCONN, shutdown(second, SHUT_WR));            /* not connected yet, or not any more */
    EXPECT(ECONNREFUSED, connect(second, any, length));     /* nobody listens on that port */
    EXPECT(ECHILD, waitpid(-1, NULL, 0));                   /* → wait4: no children: reaped already? */
    EXPECT(EISDIR, open("/tmp", O_WRONLY));                 /* → openat */
    EXPECT(ENOTDIR, open("/etc/passwd/x", O_RDONLY));       /* → openat */
    return 0;
}
