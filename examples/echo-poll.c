/* expects: nothing */
/*
 * echo-poll - the same echo server three times (echo-select, echo-poll, echo-epoll): this one on poll.
 *
 * Each call hands the kernel an array with an entry a descriptor. Requests and answers have fields of their
 * own, so the array can be used again; still the kernel walks all of it in each call, and so do we.
 */
#define _GNU_SOURCE
#include <err.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
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
    struct pollfd watched[CLIENTS];
    int open_count = CLIENTS, wakeups = 0, passed = 0;
    for (int i = 0; i < CLIENTS; i++)
        watched[i] = (struct pollfd){.fd = server_end[i], .events = POLLIN};

    while (open_count > 0) {
        passed += CLIENTS; /* entries with a negative descriptor are passed too, and skipped */
        if (poll(watched, CLIENTS, -1) == -1)
            err(EXIT_FAILURE, "poll");
        wakeups++;
        for (int i = 0; i < CLIENTS; i++) /* which ones? look at all */
            if (watched[i].revents != 0 && !serve(watched[i].fd)) { /* POLLHUP and POLLERR count too */
                close(watched[i].fd);
                watched[i].fd = -1;
                open_count--;
            }
    }
    printf("%d wake-ups, %d descriptors handed to the kernel\n", wakeups, passed);
    return waitpid(clients, NULL, 0) == clients ? 0 : 1; /* → wait4 */
}
