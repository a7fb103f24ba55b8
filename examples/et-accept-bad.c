/* expects: et-accept-not-looped */
/*
 * et-accept-bad - an edge-triggered listener, and one accept an event: two of three clients wait for ever.
 *
 * Three clients connect before the server looks. That is one edge, so one event. The two connections left in
 * the queue are only noticed when somebody else happens to connect. Good twin: et-accept-good.c.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define CLIENTS 3
static int accepted;

static void accept_one(int listener)
{
    int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC); /* BUG: once, not until EAGAIN */
    if (fd != -1) {
        accepted++;
        close(fd);
    } else if (errno != EAGAIN && errno != EINTR && errno != ECONNABORTED) {
        err(EXIT_FAILURE, "accept4");
    }
}

int main(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0); /* or accept would block */
    if (listener == -1 || bind(listener, (struct sockaddr *)&address, sizeof address) == -1 ||
        listen(listener, 16) == -1 || getsockname(listener, (struct sockaddr *)&address, &length) == -1)
        err(EXIT_FAILURE, "listener");

    int ep = epoll_create1(EPOLL_CLOEXEC), client[CLIENTS];
    struct epoll_event event = {.events = EPOLLIN | EPOLLET, .data.fd = listener};
    if (ep == -1 || epoll_ctl(ep, EPOLL_CTL_ADD, listener, &event) == -1)
        err(EXIT_FAILURE, "epoll");

    for (int i = 0; i < CLIENTS; i++) {
        client[i] = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (client[i] == -1 || connect(client[i], (struct sockaddr *)&address, sizeof address) == -1)
            err(EXIT_FAILURE, "connect");
    }
    while (epoll_wait(ep, &event, 1, 300) == 1)
        accept_one(listener);
    printf("%d of %d clients accepted\n", accepted, CLIENTS);
    for (int i = 0; i < CLIENTS; i++)
        close(client[i]);
    return 0;
}
