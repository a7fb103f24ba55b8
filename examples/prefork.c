/* expects: nothing */
/*
 * prefork - master and workers, as nginx and Apache do it.
 *
 * The master opens the listener, forks the workers and then only looks after them: one that dies is replaced.
 * The workers all sleep in accept on the same listener; the kernel wakes one for each connection. At the end
 * the master shuts the listener, and each worker leaves when it has finished what it was doing.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <err.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORKERS = 3, CLIENTS = 6 };

static void work(int listener)
{
    char request;
    int fd;
    while ((fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC)) != -1) {
        if (read(fd, &request, 1) == 1 && request == '!')
            raise(SIGKILL); /* a request that costs a worker its life, but not the server */
        usleep(80 * 1000); /* → clock_nanosleep */
        close(fd);
    }
    _exit(0); /* → exit_group: a real one would look at errno and go on after EINTR, ECONNABORTED, EMFILE … */
}

static pid_t start_worker(int listener)
{
    pid_t child = fork(); /* → clone */
    if (child == -1)
        err(EXIT_FAILURE, "fork");
    if (child == 0)
        work(listener);
    return child;
}

static void visit(const struct sockaddr_in *server)
{
    for (int i = 0; i < CLIENTS; i++) {
        int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (fd == -1 || connect(fd, (const struct sockaddr *)server, sizeof *server) == -1 ||
            write(fd, i == 2 ? "!" : "?", 1) != 1)
            err(EXIT_FAILURE, "client");
        close(fd);
        usleep(60 * 1000); /* → clock_nanosleep */
    }
    _exit(0); /* → exit_group */
}

int main(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (listener == -1 || bind(listener, (struct sockaddr *)&address, sizeof address) == -1 ||
        listen(listener, 16) == -1 || getsockname(listener, (struct sockaddr *)&address, &length) == -1)
        err(EXIT_FAILURE, "listener");
    for (int i = 0; i < WORKERS; i++)
        start_worker(listener);
    pid_t clients = fork(); /* → clone */
    if (clients == 0)
        visit(&address);

    int status, replaced = 0, quit = 0;
    for (pid_t ended; (ended = wait(&status)) > 0;) { /* → wait4 */
        if (ended == clients) {
            usleep(200 * 1000); /* → clock_nanosleep */
            shutdown(listener, SHUT_RD); /* on Linux, accept now fails with EINVAL in every worker */
        } else if (WIFSIGNALED(status)) {
            start_worker(listener);
            replaced++;
        } else {
            quit++;
        }
    }
    printf("%d worker replaced, %d quit\n", replaced, quit);
    return 0;
}
