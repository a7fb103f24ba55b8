/* expects: nothing */
/*
 * echo-epoll - the same echo server three times (echo-select, echo-poll, echo-epoll): this one on epoll.
 *
 * The kernel keeps the interest list: descriptors are handed over once, by epoll_ctl. epoll_wait copies out
 * the ready ones only. (It does copy: there is no memory shared between kernel and program.)
 */
#define _GNU_SOURCE
#include <err.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define CLIENTS 8

static int server_end[CLIENTS];

/* Echoes once; false at end of file. */
static bool serve(int fd)
{
    char buffer[256];
    ssize_t n = read(fd, buffer, sizeof buffer);
    return n > 0 && write(fd, buffer, (size_t)n) == n;
}

/* Eight clients in one child: each says something and reads the echo, three times in turn, then leaves. */
static pid_t start_clients(void)
{
    int client_end[CLIENTS];
    for (int i = 0; i < CLIENTS; i++) {
        int pair[2];
        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) == -1)
            err(EXIT_FAILURE, "socketpair");
        server_end[i] = pair[0];
        client_end[i] = pair[1];
    }
    pid_t child = fork(); /* → clone */
    for (int i = 0; i < CLIENTS; i++)
        close(child == 0 ? server_end[i] : client_end[i]);
    for (int i = 0; child == 0 && i < 4 * CLIENTS; i++) {
        char echo[2] = "hi";
        int fd = client_end[i % CLIENTS], leave = i >= 3 * CLIENTS;
        usleep(20 * 1000); /* → clock_nanosleep */
        if (leave ? shutdown(fd, SHUT_WR) == -1 : write(fd, echo, 2) != 2)
            err(EXIT_FAILURE, "client");
        if (read(fd, echo, 2) != (leave ? 0 : 2))
            errx(EXIT_FAILURE, "no echo");
    }
    if (child == 0)
        _exit(0); /* → exit_group */
    return child;
}

int main(void)
{
    pid_t clients = start_clients();
    int open_count = CLIENTS, wakeups = 0, passed = 0;
    int ep = epoll_create1(EPOLL_CLOEXEC);
    if (ep == -1)
        err(EXIT_FAILURE, "epoll_create1");
    for (int i = 0; i < CLIENTS; i++, passed++) {
        struct epoll_event event = {.events = EPOLLIN, .data.fd = server_end[i]};
        if (epoll_ctl(ep, EPOLL_CTL_ADD, server_end[i], &event) == -1)
            err(EXIT_FAILURE, "epoll_ctl");
    }

    while (open_count > 0) {
        struct epoll_event ready[CLIENTS];
        int count = epoll_wait(ep, ready, CLIENTS, -1);
        if (count == -1 && errno != EINTR)
            err(EXIT_FAILURE, "epoll_wait");
        wakeups += count > 0;
        for (int i = 0; i < count; i++) /* only those that are ready */
            if (!serve(ready[i].data.fd)) {
                close(ready[i].data.fd);
                open_count--;
            }
    }
    printf("%d wake-ups, %d descriptors handed to the kernel\n", wakeups, passed);
    return waitpid(clients, NULL, 0) == clients ? 0 : 1; /* → wait4 */
}
