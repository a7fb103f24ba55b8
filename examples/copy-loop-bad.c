/* expects: copy-loop-could-be-sendfile */
/*
 * copy-loop-bad - a file goes to a socket through a buffer of ours, 4 KiB at a time: 256 calls.
 *
 * Every byte is copied into user space and back, by two calls for each piece, and nobody here ever looks at
 * it. sendfile leaves it in the kernel. Good twin: copy-loop-good.c.
 */
#define _GNU_SOURCE
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define SIZE (512 << 10)

static void send_all(int out, int file)
{
    char buffer[4096];
    ssize_t n;
    while ((n = read(file, buffer, sizeof buffer)) > 0) /* BUG: a copy that nobody needs */
        if (send(out, buffer, (size_t)n, MSG_NOSIGNAL) != n) /* → sendto */
            err(EXIT_FAILURE, "send");
}

int main(void)
{
    char path[] = "/tmp/copy-loop-XXXXXX";
    int file = mkstemp(path), pair[2], status; /* → openat */
    if (file == -1 || unlink(path) == -1 || ftruncate(file, SIZE) == -1 ||
        socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) == -1)
        err(EXIT_FAILURE, "setup");

    pid_t reader = fork(); /* → clone */
    if (reader == 0) {
        static char buffer[SIZE];
        _exit(recv(pair[1], buffer, SIZE, MSG_WAITALL) != SIZE); /* → recvfrom, exit_group */
    }
    send_all(pair[0], file);
    if (waitpid(reader, &status, 0) == -1 || status != 0) /* → wait4 */
        errx(EXIT_FAILURE, "not everything arrived");
    printf("%d bytes sent\n", SIZE);
    return 0;
}
