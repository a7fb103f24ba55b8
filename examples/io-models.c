/* expects: nothing */
/*
 * io-models - one message, received in five ways. Compare the spans between asking and having.
 *
 *   blocking        read sleeps until the message is there
 *   non-blocking    read answers EAGAIN at once; we look again from time to time
 *   multiplexed     poll sleeps, for many descriptors if need be; read then finds data
 *   signal-driven   SIGIO says that there is something; read fetches it
 *   asynchronous    aio_read is given the buffer, and tells when it is full (glibc: a thread that reads)
 * In the first four the copying is done by our own read call: they are all synchronous.
 */
#define _GNU_SOURCE
#include <aio.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static char text[16];

static ssize_t blocking(int fd)
{
    return read(fd, text, sizeof text);
}

static ssize_t non_blocking(int fd)
{
    ssize_t n;
    fcntl(fd, F_SETFL, O_NONBLOCK);
    while ((n = read(fd, text, sizeof text)) == -1 && errno == EAGAIN)
        usleep(50 * 1000); /* → clock_nanosleep: other work; without any this would be a busy loop */
    return n;
}

static ssize_t multiplexed(int fd)
{
    while (poll(&(struct pollfd){.fd = fd, .events = POLLIN}, 1, -1) == -1 && errno == EINTR) {
    }
    return read(fd, text, sizeof text);
}

static ssize_t signal_driven(int fd)
{
    sigset_t io;
    int number;
    sigemptyset(&io);
    sigaddset(&io, SIGIO);
    sigprocmask(SIG_BLOCK, &io, NULL); /* → rt_sigprocmask: taken by sigwait below rather than by a handler */
    fcntl(fd, F_SETOWN, getpid());
    fcntl(fd, F_SETFL, O_ASYNC | O_NONBLOCK);
    sigwait(&io, &number); /* → rt_sigtimedwait */
    return read(fd, text, sizeof text);
}

static ssize_t asynchronous(int fd)
{
    struct aiocb request = {.aio_fildes = fd, .aio_buf = text, .aio_nbytes = sizeof text};
    const struct aiocb *const list[] = {&request};
    if (aio_read(&request) == -1)
        return -1;
    while (aio_error(&request) == EINPROGRESS)
        aio_suspend(list, 1, NULL);
    return aio_return(&request);
}

int main(void)
{
    ssize_t (*const model[])(int) = {blocking, non_blocking, multiplexed, signal_driven, asynchronous};
    const char *const name[] = {"blocking", "non-blocking", "multiplexed", "signal-driven", "asynchronous"};
    setlinebuf(stdout);
    for (int i = 0; i < 5; i++) {
        int pair[2];
        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) == -1)
            err(EXIT_FAILURE, "socketpair");
        pid_t child = fork(); /* → clone */
        if (child == 0) {
            usleep(200 * 1000); /* → clock_nanosleep */
            _exit(write(pair[1], "message", 7) != 7); /* → exit_group */
        }
        printf("%-14s %zd bytes\n", name[i], model[i](pair[0])); /* → write */
        waitpid(child, NULL, 0); /* → wait4 */
        close(pair[0]);
        close(pair[1]);
    }
    return 0;
}
