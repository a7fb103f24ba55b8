/* expects: connect-error-ignored */
/*
 * connect-bad - a client that does not look at what connect returned.
 *
 * Nobody listens on the port, so connect fails with ECONNREFUSED. The request is sent all the same and is
 * lost; who looks at nothing takes the missing answer for the server's. Good twin: connect-good.c.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct sockaddr *any = (struct sockaddr *)&address;
    socklen_t length = sizeof address;
    /* A port that is ours, and where nobody listens. */
    int reserved = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (reserved == -1 || bind(reserved, any, length) == -1 || getsockname(reserved, any, &length) == -1)
        err(EXIT_FAILURE, "port");

    int server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (server == -1)
        err(EXIT_FAILURE, "socket");
    connect(server, any, length); /* BUG: it can fail */

    char answer[64];
    ssize_t sent = send(server, "GET /\n", 6, MSG_NOSIGNAL); /* → sendto */
    ssize_t n = recv(server, answer, sizeof answer, 0); /* → recvfrom */
    printf("sent %zd bytes, got %zd\n", sent, n);
    close(server);
    return 0;
}
