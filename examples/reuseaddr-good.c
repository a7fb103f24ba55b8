/* expects: nothing */
/*
 * reuseaddr-good - a TCP server restarts at once on the port it just used.
 *
 * The side that closes a connection first keeps it in TIME_WAIT for a minute, so that late packets find no
 * new connection to confuse. While the server's port has such an entry, bind fails with EADDRINUSE, unless
 * SO_REUSEADDR was set, on the new listener, before bind. (Two *listeners* on a port need SO_REUSEPORT.)
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static int start_server(struct sockaddr_in *address)
{
    socklen_t length = sizeof *address;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;
    if (fd == -1 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == -1)
        err(EXIT_FAILURE, "socket");
    if (bind(fd, (struct sockaddr *)address, length) == -1 || listen(fd, 8) == -1) {
        puts("server: can not start, the address is in use");
        close(fd); /* not reached */
        return -1;
    }
    puts("server: listening");
    getsockname(fd, (struct sockaddr *)address, &length); /* keep the port for the next start */
    return fd;
}

int main(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int listener = start_server(&address);
    int client = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (client == -1 || connect(client, (struct sockaddr *)&address, sizeof address) == -1)
        err(EXIT_FAILURE, "connect");
    int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    if (fd == -1)
        err(EXIT_FAILURE, "accept4");

    close(fd); /* the server closes first: TIME_WAIT will be on its side */
    usleep(100 * 1000); /* → clock_nanosleep */
    close(client);
    close(listener);

    usleep(100 * 1000); /* → clock_nanosleep */
    listener = start_server(&address); /* the restart */
    if (listener != -1)
        close(listener);
    return 0;
}
