/* Datagrams: UDP to an address and over a connection, UNIX by path, packets of a pair; a receiver that cuts one; several in one call. */
#define _GNU_SOURCE
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

int main(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct sockaddr_un path = {.sun_family = AF_UNIX, .sun_path = "socket"};
    socklen_t length = sizeof address;
    char buffer[64];
    int to = socket(AF_INET, SOCK_DGRAM, 0), from = socket(AF_INET, SOCK_DGRAM, 0);
    bind(to, (void *)&address, sizeof address);
    getsockname(to, (void *)&address, &length);
    sendto(from, "abc", 3, 0, (void *)&address, sizeof address);
    recv(to, buffer, sizeof buffer, MSG_PEEK);
    recvfrom(to, buffer, sizeof buffer, 0, NULL, NULL);
    connect(from, (void *)&address, sizeof address);
    send(from, "defgh", 5, 0);
    recv(to, buffer, 2, 0); /* the rest is lost */
    struct iovec one = {"12", 2}, two = {"345", 3}, into[2] = {{buffer, 10}, {buffer + 10, 10}};
    struct mmsghdr messages[2] = {{.msg_hdr = {.msg_iov = &one, .msg_iovlen = 1}}, {.msg_hdr = {.msg_iov = &two, .msg_iovlen = 1}}};
    sendmmsg(from, messages, 2, 0);
    for (int i = 0; i < 2; i++)
        messages[i].msg_hdr.msg_iov = &into[i];
    recvmmsg(to, messages, 2, 0, NULL);
    int local = socket(AF_UNIX, SOCK_DGRAM, 0), sender = socket(AF_UNIX, SOCK_DGRAM, 0), pair[2];
    bind(local, (void *)&path, sizeof path);
    sendto(sender, "q", 1, 0, (void *)&path, sizeof path);
    recv(local, buffer, sizeof buffer, 0);
    unlink("socket");
    socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair);
    write(pair[0], "xyz", 3);
    write(pair[0], "uv", 2);
    read(pair[1], buffer, 1);
    read(pair[1], buffer, 10);
    close(pair[0]);
    return (int)read(pair[1], buffer, 10);
}
