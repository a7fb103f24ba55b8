/* expects: nothing */
/*
 * unix-socket - sockets without a network: stream and datagram, named by a file.
 *
 * bind creates the file and fails with EADDRINUSE when it exists, even when nobody listens any more; so a
 * server removes a stale one first. Datagrams keep their borders and, unlike UDP, are neither lost nor
 * reordered. SO_PEERCRED tells who is at the other end.
 */
#define _GNU_SOURCE
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static struct sockaddr_un address = {.sun_family = AF_UNIX};

static int bound(int type)
{
    int fd = socket(AF_UNIX, type | SOCK_CLOEXEC, 0);
    unlink(address.sun_path); /* ENOENT, most of the time, and that is fine */
    if (fd == -1 || bind(fd, (struct sockaddr *)&address, sizeof address) == -1)
        err(EXIT_FAILURE, "bind");
    return fd;
}

static void say(int type, const char *const words[2])
{
    int fd = socket(AF_UNIX, type | SOCK_CLOEXEC, 0);
    if (fd == -1 || connect(fd, (struct sockaddr *)&address, sizeof address) == -1)
        err(EXIT_FAILURE, "connect");
    for (int i = 0; i < 2; i++)
        if (write(fd, words[i], strlen(words[i])) == -1)
            err(EXIT_FAILURE, "write");
    _exit(0); /* → exit_group */
}

int main(void)
{
    const char *const words[2] = {"one", "two"};
    char directory[] = "/tmp/unix-XXXXXX", text[64];
    if (mkdtemp(directory) == NULL) /* → mkdir */
        err(EXIT_FAILURE, "mkdtemp");
    snprintf(address.sun_path, sizeof address.sun_path, "%s/socket", directory);

    int listener = bound(SOCK_STREAM);
    if (listen(listener, 8) == -1)
        err(EXIT_FAILURE, "listen");
    pid_t client = fork(); /* → clone */
    if (client == 0)
        say(SOCK_STREAM, words);
    int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    struct ucred peer;
    socklen_t length = sizeof peer;
    if (fd == -1 || getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &length) == -1)
        err(EXIT_FAILURE, "accept4");
    ssize_t n = recv(fd, text, 6, MSG_WAITALL); /* → recvfrom */
    printf("stream: \"%.*s\" from %s\n", (int)n, text, peer.pid == client ? "my child" : "a stranger");
    close(fd);

    int receiver = bound(SOCK_DGRAM);
    if (fork() == 0) /* → clone */
        say(SOCK_DGRAM, words);
    for (int i = 0; i < 2 && (n = recv(receiver, text, sizeof text, 0)) > 0; i++) /* → recvfrom */
        printf("datagram: \"%.*s\"\n", (int)n, text);
    while (wait(NULL) > 0) { /* → wait4 */
    }
    return unlink(address.sun_path) == 0 && rmdir(directory) == 0 ? 0 : 1;
}
