/* expects: nothing */
/*
 * herd-good - four workers wait for one listener; a connection wakes one of them, as EPOLLEXCLUSIVE asks.
 *
 * Each worker has an epoll of its own with the shared listener in it. Without the flag every one of them is
 * woken for every connection; one wins accept, the others find EAGAIN. With it the kernel wakes at least one
 * and, as a rule, only one. (The other cure: SO_REUSEPORT, a listener and a queue for each worker.)
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <err.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define EVENTS (EPOLLIN | EPOLLEXCLUSIVE)
enum { WORKERS = 4, CONNECTIONS = 5 };
static struct counts {
    _Atomic int wakeups, accepted;
} *counts; /* shared by all processes */

static void work(int listener)
{
    int ep = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event event = {.events = EVENTS, .data.fd = listener};
    if (ep == -1 || epoll_ctl(ep, EPOLL_CTL_ADD, listener, &event) == -1)
        err(EXIT_FAILURE, "epoll");
    for (;;) {
        if (epoll_wait(ep, &event, 1, -1) != 1)
            continue;
        counts->wakeups++;
        usleep(1000); /* → clock_nanosleep: a worker has other things to do first: time for the others to wake */
        int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
        if (fd == -1)
            continue; /* EAGAIN: another worker was faster */
        counts->accepted++;
        usleep(20 * 1000); /* → clock_nanosleep: serve */
        close(fd);
    }
}

int main(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (listener == -1 || bind(listener, (struct sockaddr *)&address, sizeof address) == -1 ||
        listen(listener, 16) == -1 || getsockname(listener, (struct sockaddr *)&address, &length) == -1)
        err(EXIT_FAILURE, "listener");
    counts = mmap(NULL, sizeof *counts, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (counts == MAP_FAILED)
        err(EXIT_FAILURE, "mmap");
    pid_t worker[WORKERS];
    for (int i = 0; i < WORKERS; i++)
        if ((worker[i] = fork()) == 0) /* → clone */
            work(listener);
        else if (worker[i] == -1) /* surely before kill: kill(-1) means everybody */
            err(EXIT_FAILURE, "fork");
    for (int i = 0; i < CONNECTIONS; i++) {
        usleep(150 * 1000); /* → clock_nanosleep */
        int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (fd == -1 || connect(fd, (struct sockaddr *)&address, sizeof address) == -1)
            err(EXIT_FAILURE, "connect");
        close(fd);
    }
    usleep(150 * 1000); /* → clock_nanosleep */
    for (int i = 0; i < WORKERS; i++)
        kill(worker[i], SIGTERM);
    while (wait(NULL) > 0) { /* → wait4 */
    }
    printf("%d connections accepted, %s\n", counts->accepted,
           counts->wakeups > 2 * counts->accepted ? "with a herd of wake-ups" : "one wake-up for each");
    return 0;
}
