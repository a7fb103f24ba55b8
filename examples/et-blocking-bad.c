/* expects: et-blocking-fd */
/*
 * et-blocking-bad - edge-triggered on a blocking descriptor: the loop that drains it gets stuck.
 *
 * Reading until EAGAIN is right, but a blocking descriptor never says EAGAIN: the last read sleeps, and with
 * it the whole event loop, deaf to all other descriptors. Good twin: et-good.c, where the socket is
 * non-blocking.
 */
#define _GNU_SOURCE
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static int total;

/* Takes what there is, 40 bytes at a time; 0 at end of file. */
static int handle(int fd)
{
    char buffer[40];
    for (;;) {
        ssize_t n = read(fd, buffer, sizeof buffer);
        if (n > 0)
            total += (int)n;
        else if (n == 0)
            return 0;
        else if (errno == EAGAIN)
            return 1; /* never reached */
        else if (errno != EINTR)
            err(EXIT_FAILURE, "read");
    }
}

int main(void)
{
    static const char request[100];
    int pair[2], ep = epoll_create1(EPOLL_CLOEXEC);
    if (ep == -1 || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) == -1) /* BUG: blocks */
        err(EXIT_FAILURE, "setup");

    pid_t client = fork(); /* → clone */
    if (client == 0) {
        close(pair[0]);
        usleep(200 * 1000); /* → clock_nanosleep */
        if (write(pair[1], request, sizeof request) == -1)
            err(EXIT_FAILURE, "write");
        usleep(800 * 1000); /* → clock_nanosleep: waits for an answer that needs the whole request */
        _exit(0); /* → exit_group */
    }

    close(pair[1]);
    struct epoll_event event = {.events = EPOLLIN | EPOLLET, .data.fd = pair[0]};
    if (epoll_ctl(ep, EPOLL_CTL_ADD, pair[0], &event) == -1)
        err(EXIT_FAILURE, "epoll_ctl");
    for (;;) {
        int ready = epoll_wait(ep, &event, 1, 500);
        if (ready == 0)
            break; /* half a second without an event */
        if (ready == 1 && handle(event.data.fd) == 0)
            break;
    }
    printf("%d of %zu bytes read\n", total, sizeof request);
    waitpid(client, NULL, 0); /* → wait4 */
    return 0;
}
