/* expects: nothing */
/*
 * fd-passing - an open file travels through a socket (SCM_RIGHTS).
 *
 * The child opens a file and sends the descriptor over a socket pair. What arrives is a new number in the
 * parent for the same open file: it even continues at the child's offset. That is how a privileged helper
 * hands out files, and how servers give connections to workers.
 */
#define _GNU_SOURCE
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* Room for one descriptor, aligned as the header needs it. */
union control {
    struct cmsghdr header;
    char space[CMSG_SPACE(sizeof(int))];
};

static int send_fd(int socket, int fd)
{
    char byte = 0; /* at least one byte has to go along */
    struct iovec data = {&byte, 1};
    union control control = {0};
    struct msghdr message = {
        .msg_iov = &data, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof fd);
    memcpy(CMSG_DATA(header), &fd, sizeof fd);
    return sendmsg(socket, &message, MSG_NOSIGNAL) == 1 ? 0 : -1;
}

static int receive_fd(int socket)
{
    char byte;
    int fd;
    struct iovec data = {&byte, 1};
    union control control;
    struct msghdr message = {
        .msg_iov = &data, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
    if (recvmsg(socket, &message, MSG_CMSG_CLOEXEC) != 1)
        return -1;
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    if (header == NULL || header->cmsg_type != SCM_RIGHTS || header->cmsg_len != CMSG_LEN(sizeof fd))
        return -1;
    memcpy(&fd, CMSG_DATA(header), sizeof fd);
    return fd;
}

int main(void)
{
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) == -1)
        err(EXIT_FAILURE, "socketpair");
    if (fork() == 0) { /* → clone */
        int file = memfd_create("letter", MFD_CLOEXEC);
        usleep(200 * 1000); /* → clock_nanosleep */
        if (dprintf(file, "Dear parent, read on from here.") < 0 || lseek(file, 13, SEEK_SET) == -1) /* → write */
            err(EXIT_FAILURE, "letter");
        _exit(send_fd(pair[1], file) == -1); /* → exit_group: the file lives on in the message */
    }
    char text[64] = "";
    int file = receive_fd(pair[0]);
    if (file == -1 || read(file, text, sizeof text - 1) == -1)
        err(EXIT_FAILURE, "receive");
    printf("parent: %s\n", text);
    return wait(NULL) > 0 ? 0 : 1; /* → wait4 */
}
