/* expects: nothing */
/*
 * copy-loop-good - a file goes to a socket with sendfile: the kernel moves it, and nothing comes up here.
 */
#define _GNU_SOURCE
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define SIZE (512 << 10)

static void send_all(int out, int file)
{
    ssize_t n;
    while ((n = sendfile(out, file, NULL, 64 << 10)) != 0)
        if (n == -1 && errno != EINTR)
            err(EXIT_FAILURE, "sendfile");
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
