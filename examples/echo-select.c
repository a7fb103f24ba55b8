/* expects: nothing */
/*
 * echo-select - the same echo server three times (echo-select, echo-poll, echo-epoll): this one on select.
 *
 * Each call hands the kernel a bitmap of all descriptors and gets it back overwritten, so it is built anew
 * every time and searched from end to end afterwards. Numbers from 1024 (FD_SETSIZE) on do not fit at all.
 */
#define _GNU_SOURCE
#include <err.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/select.h>
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
    while (open_count > 0) {
        fd_set readable; /* built anew each time: select leaves only what is ready */
        int highest = -1;
        FD_ZERO(&readable);
        for (int i = 0; i < CLIENTS; i++) {
            if (server_end[i] == -1)
                continue;
            FD_SET(server_end[i], &readable); /* undefined from FD_SETSIZE (1024) on: check in real life */
            highest = server_end[i] > highest ? server_end[i] : highest;
            passed++;
        }
        if (select(highest + 1, &readable, NULL, NULL, NULL) == -1) /* → pselect6 */
            err(EXIT_FAILURE, "select");
        wakeups++;
        for (int i = 0; i < CLIENTS; i++) /* which ones? look at all */
            if (server_end[i] != -1 && FD_ISSET(server_end[i], &readable) && !serve(server_end[i])) {
                close(server_end[i]);
                server_end[i] = -1;
                open_count--;
            }
    }
    printf("%d wake-ups, %d descriptors handed to the kernel\n", wakeups, passed);
    return waitpid(clients, NULL, 0) == clients ? 0 : 1; /* → wait4 */
}
