/* expects: nothing */
/*
 * tcp-echo - the calls of a TCP conversation, one after the other, on both sides.
 *
 *   server: socket bind listen accept read write close      client: socket connect write shutdown read close
 *
 * TCP is a stream: what was one write may arrive as two reads, or two writes as one. So the end of a request
 * has to be marked somehow. Here the client says "that is all" with shutdown(SHUT_WR): the server reads end
 * of file, yet the other direction stays open for the answer.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static void client(const struct sockaddr_in *server)
{
    char answer[64];
    size_t got = 0;
    ssize_t n;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd == -1 || connect(fd, (const struct sockaddr *)server, sizeof *server) == -1)
        err(EXIT_FAILURE, "connect"); /* ECONNREFUSED: nobody listens; ETIMEDOUT: nobody answers */
    for (int i = 0; i < 3; i++) {
        if (write(fd, "tick ", 5) != 5)
            err(EXIT_FAILURE, "write");
        usleep(100 * 1000); /* → clock_nanosleep */
    }
    if (shutdown(fd, SHUT_WR) == -1)
        err(EXIT_FAILURE, "shutdown");
    while (got < sizeof answer && (n = read(fd, answer + got, sizeof answer - got)) > 0)
        got += (size_t)n;
    dprintf(STDOUT_FILENO, "client: the echo is \"%.*s\"\n", (int)got, answer); /* → write */
    _exit(0); /* → exit_group */
}

int main(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int on = 1;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (listener == -1 || setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == -1 ||
        bind(listener, (struct sockaddr *)&address, sizeof address) == -1 || listen(listener, 16) == -1 ||
        getsockname(listener, (struct sockaddr *)&address, &length) == -1) /* which port was free */
        err(EXIT_FAILURE, "listener");
    if (fork() == 0) /* → clone */
        client(&address);

    char buffer[64];
    ssize_t n;
    int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC); /* a new descriptor for each connection */
    if (fd == -1)
        err(EXIT_FAILURE, "accept4");
    while ((n = read(fd, buffer, sizeof buffer)) > 0)
        for (ssize_t done = 0, w; done < n; done += w) /* write may take less than it is given */
            if ((w = write(fd, buffer + done, (size_t)(n - done))) == -1)
                err(EXIT_FAILURE, "write");
    close(fd);
    return wait(NULL) > 0 ? 0 : 1; /* → wait4 */
}
