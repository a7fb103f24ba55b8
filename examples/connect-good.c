/* expects: nothing */
/*
 * connect-good - a client that looks at what connect returned.
 *
 * The state of a socket after a failure is not specified: to try again, close it and make a new one.
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
    if (connect(server, any, length) == -1) {
        printf("nobody is there: try another address, or tell the user\n");
        close(server);
        return 0;
    }

    char answer[64];
    ssize_t sent = send(server, "GET /\n", 6, MSG_NOSIGNAL);
    ssize_t n = recv(server, answer, sizeof answer, 0);
    printf("sent %zd bytes, got %zd\n", sent, n);
    close(server); /* not reached */
    return 0;
}
