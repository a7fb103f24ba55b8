/* expects: nothing */
/*
 * reactor - epoll, edge-triggered, non-blocking, and a callback for each descriptor.
 *
 * Every watched descriptor carries its state and the function to call. A connection turns around and around:
 * readable → read the request → watch for writable (EPOLL_CTL_MOD) → write the answer → watch for readable.
 * The loop at the end knows nothing of connections, so it never needs to change.
 */
#define _GNU_SOURCE
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

struct watch {
    int fd;
    size_t length;
    char buffer[64];
    void (*ready)(struct watch *);
};
static int ep, open_count;

static void arm(struct watch *watch, int operation, uint32_t events, void (*ready)(struct watch *))
{
    watch->ready = ready;
    struct epoll_event event = {.events = events | EPOLLET, .data.ptr = watch};
    if (epoll_ctl(ep, operation, watch->fd, &event) == -1)
        err(EXIT_FAILURE, "epoll_ctl");
}

static void on_readable(struct watch *watch);

static void on_writable(struct watch *watch)
{
    if (write(watch->fd, watch->buffer, watch->length) != (ssize_t)watch->length)
        errx(EXIT_FAILURE, "short write"); /* a real server keeps the rest and waits for EPOLLOUT again */
    watch->length = 0;
    arm(watch, EPOLL_CTL_MOD, EPOLLIN, on_readable);
}

static void on_readable(struct watch *watch)
{
    ssize_t n;
    while ((n = read(watch->fd, watch->buffer + watch->length, sizeof watch->buffer - watch->length)) > 0)
        watch->length += (size_t)n;
    if (n == -1 && errno == EAGAIN) {
        arm(watch, EPOLL_CTL_MOD, EPOLLOUT, on_writable);
        return;
    }
    close(watch->fd); /* end of file, or a request that fills the buffer; close ends the watch too */
    free(watch);
    open_count--;
}

static void connect_client(unsigned pause_ms)
{
    int pair[2];
    struct watch *watch = calloc(1, sizeof *watch);
    if (watch == NULL || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) == -1)
        err(EXIT_FAILURE, "client");
    if (fork() == 0) { /* → clone */
        char answer[5] = "hello";
        close(pair[0]);
        for (int i = 0; i < 4; i++) {
            usleep(pause_ms * 1000); /* → clock_nanosleep */
            if (write(pair[1], answer, 5) != 5 || read(pair[1], answer, 5) != 5)
                err(EXIT_FAILURE, "no echo");
        }
        _exit(0); /* → exit_group */
    }
    close(pair[1]);
    fcntl(pair[0], F_SETFL, O_NONBLOCK); /* this end only */
    watch->fd = pair[0];
    arm(watch, EPOLL_CTL_ADD, EPOLLIN, on_readable);
    open_count++;
}

int main(void)
{
    ep = epoll_create1(EPOLL_CLOEXEC);
    if (ep == -1)
        err(EXIT_FAILURE, "epoll_create1");
    connect_client(80);
    connect_client(130);

    while (open_count > 0) {
        struct epoll_event event[4];
        int count = epoll_wait(ep, event, 4, -1); /* -1 with EINTR: no turns of the loop below */
        for (int i = 0; i < count; i++) {
            struct watch *watch = event[i].data.ptr;
            watch->ready(watch);
        }
    }
    while (wait(NULL) > 0) { /* → wait4 */
    }
    return 0;
}
