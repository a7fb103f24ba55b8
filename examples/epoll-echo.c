/* expects: nothing */
/*
 * epoll-echo - an echo server on epoll, and two clients to talk to it.
 *
 * The parent serves: it sleeps in epoll_wait and wakes only for descriptors that are ready. Each client is a
 * child that says something three times and reads its own words back. Follow a message on the timeline:
 * write (client) → epoll_wait returns (server) → read → write → read (client).
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/wait.h>
#include <unistd.h>

#define CLIENTS 2

static void talk(const struct sockaddr_in *server, int id)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd == -1 || connect(fd, (const struct sockaddr *)server, sizeof *server) == -1)
        err(EXIT_FAILURE, "client");
    for (int i = 0; i < 3; i++) {
        char echo[32];
        usleep((unsigned)(100 + 60 * id) * 1000); /* → clock_nanosleep: think */
        if (write(fd, "hello", 5) != 5 ||
            recv(fd, echo, 5, MSG_WAITALL) != 5 || memcmp(echo, "hello", 5)) /* → recvfrom */
            errx(EXIT_FAILURE, "the echo is not what was said");
    }
    close(fd);
    _exit(0); /* → exit_group */
}

int main(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0); /* port 0: any free one */
    if (listener == -1 || bind(listener, (struct sockaddr *)&address, sizeof address) == -1 ||
        listen(listener, 16) == -1 || getsockname(listener, (struct sockaddr *)&address, &length) == -1)
        err(EXIT_FAILURE, "listener");

    for (int id = 0; id < CLIENTS; id++)
        if (fork() == 0) /* → clone */
            talk(&address, id);

    int ep = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = listener};
    if (ep == -1 || epoll_ctl(ep, EPOLL_CTL_ADD, listener, &event) == -1)
        err(EXIT_FAILURE, "epoll");

    long echoed = 0;
    for (int gone = 0; gone < CLIENTS;) {
        if (epoll_wait(ep, &event, 1, -1) != 1)
            continue; /* EINTR: a client's SIGCHLD */
        if (event.data.fd == listener) {
            int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
            event = (struct epoll_event){.events = EPOLLIN, .data.fd = fd};
            if (fd != -1 && epoll_ctl(ep, EPOLL_CTL_ADD, fd, &event) == -1)
                err(EXIT_FAILURE, "epoll_ctl");
            continue;
        }
        char buffer[4096];
        ssize_t n = read(event.data.fd, buffer, sizeof buffer);
        if (n > 0 && write(event.data.fd, buffer, (size_t)n) == n)
            echoed += n;
        else
            gone += close(event.data.fd) == 0; /* end of file; close also leaves the interest list */
    }
    while (wait(NULL) > 0) { /* → wait4 */
    }
    printf("echoed %ld bytes to %d clients\n", echoed, CLIENTS);
    return 0;
}
