/* expects: nothing */
/*
 * sendfile - a file goes out over TCP and never visits user space.
 *
 * The server sends with sendfile: the kernel hands pages of the file's cache straight to the socket. A copy
 * with read and write would take the bytes into a buffer here and back again, at two calls a buffer.
 * sendfile may stop short, when the socket's buffer is full for example, so it belongs in a loop.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/sendfile.h>
#include <sys/wait.h>
#include <unistd.h>

#define SIZE (3 << 20)
#define PIECE (512 << 10)

static void download(const struct sockaddr_in *server)
{
    static char buffer[256 << 10];
    size_t total = 0;
    ssize_t n;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), window = 64 << 10;
    if (fd == -1 || setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &window, sizeof window) == -1 ||
        connect(fd, (const struct sockaddr *)server, sizeof *server) == -1)
        err(EXIT_FAILURE, "client");
    while ((n = read(fd, buffer, sizeof buffer)) > 0) {
        total += (size_t)n;
        usleep(5 * 1000); /* → clock_nanosleep: a slow reader with a small window: the sender has to wait */
    }
    _exit(total == SIZE ? 0 : 1); /* → exit_group */
}

int main(void)
{
    char path[] = "/tmp/sendfile-XXXXXX";
    int file = mkstemp(path); /* → openat */
    if (file == -1 || unlink(path) == -1 || ftruncate(file, SIZE) == -1)
        err(EXIT_FAILURE, "file");

    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (listener == -1 || bind(listener, (struct sockaddr *)&address, sizeof address) == -1 ||
        listen(listener, 1) == -1 || getsockname(listener, (struct sockaddr *)&address, &length) == -1)
        err(EXIT_FAILURE, "listener");
    pid_t client = fork(); /* → clone */
    if (client == 0)
        download(&address);

    int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    if (fd == -1)
        err(EXIT_FAILURE, "accept4");
    for (off_t offset = 0; offset < SIZE;) { /* sendfile moves offset itself */
        ssize_t n = sendfile(fd, file, &offset, PIECE);
        if (n == -1 && errno != EINTR)
            err(EXIT_FAILURE, "sendfile");
        if (n == 0)
            errx(EXIT_FAILURE, "the file became shorter");
    }
    close(fd); /* the client reads end of file */

    int status;
    if (waitpid(client, &status, 0) == -1 || status != 0) /* → wait4 */
        errx(EXIT_FAILURE, "the client did not get it all");
    printf("sent %d bytes\n", SIZE);
    return 0;
}
