/* expects: nothing */
/*
 * not-connected-good - a server that reads from what accept returned.
 *
 * The listener stays in its place and hands out one descriptor for each connection.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct sockaddr *any = (struct sockaddr *)&address;
    socklen_t length = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (listener == -1 || bind(listener, any, length) == -1 || listen(listener, 8) == -1 ||
        getsockname(listener, any, &length) == -1)
        err(EXIT_FAILURE, "listener");

    pid_t client = fork(); /* → clone */
    if (client == 0) {
        int server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        _exit(server == -1 || connect(server, any, length) == -1 || /* → exit_group */
              send(server, "hello", 5, MSG_NOSIGNAL) != 5); /* → sendto */
    }

    char text[16];
    int connection = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    if (connection == -1)
        err(EXIT_FAILURE, "accept4");
    ssize_t n = recv(connection, text, sizeof text, 0); /* → recvfrom */
    if (n == -1)
        perror("recv");
    else
        printf("%.*s\n", (int)n, text);
    close(connection);
    waitpid(client, NULL, 0); /* → wait4 */
    return n == -1;
}
