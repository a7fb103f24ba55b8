/* expects: nothing */
/*
 * msgqueue - messages, not bytes: System V queues (msgget) and POSIX queues (mq_open).
 *
 * Both keep the borders between messages, and both outlive the process: a queue nobody removes stays until
 * the next boot. System V: received by type, in any order. POSIX: the highest priority first, a descriptor
 * that poll understands, a name under /dev/mqueue.
 */
#define _GNU_SOURCE
#include <err.h>
#include <fcntl.h>
#include <mqueue.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/msg.h>
#include <sys/wait.h>
#include <unistd.h>

struct message {
    long type; /* must be positive */
    char text[32];
};

static void system_v(void)
{
    int queue = msgget(IPC_PRIVATE, 0600);
    if (queue == -1)
        err(EXIT_FAILURE, "msgget");
    pid_t child = fork(); /* → clone */
    if (child == 0) {
        usleep(200 * 1000); /* → clock_nanosleep */
        struct message first = {1, "of type 1"}, second = {2, "of type 2"};
        _exit(msgsnd(queue, &first, sizeof first.text, 0) == -1 || /* → exit_group */
              msgsnd(queue, &second, sizeof second.text, 0) == -1);
    }
    for (long type = 2; type >= 1; type--) { /* type 2 first, although it was sent last */
        struct message message;
        if (msgrcv(queue, &message, sizeof message.text, type, 0) == -1)
            err(EXIT_FAILURE, "msgrcv");
        printf("System V: %s\n", message.text); /* → write */
    }
    if (msgctl(queue, IPC_RMID, NULL) == -1) /* the size given to msgsnd and msgrcv leaves out the type */
        err(EXIT_FAILURE, "msgctl");
    waitpid(child, NULL, 0); /* → wait4 */
}

static void posix(void)
{
    char name[32], text[64];
    snprintf(name, sizeof name, "/example-%d", getpid());
    struct mq_attr shape = {.mq_maxmsg = 4, .mq_msgsize = sizeof text};
    mqd_t queue = mq_open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600, &shape);
    if (queue == (mqd_t)-1 || mq_unlink(name) == -1) /* no name any more: it ends with its descriptors */
        err(EXIT_FAILURE, "mq_open");
    if (mq_send(queue, "routine", 8, 1) == -1 || mq_send(queue, "urgent", 7, 9) == -1) /* → mq_timedsend */
        err(EXIT_FAILURE, "mq_send");
    for (int i = 0; i < 2; i++) {
        unsigned priority; /* the buffer must hold mq_msgsize bytes, or EMSGSIZE */
        if (mq_receive(queue, text, sizeof text, &priority) == -1) /* → mq_timedreceive */
            err(EXIT_FAILURE, "mq_receive");
        printf("POSIX: %s, priority %u\n", text, priority); /* → write */
    }
    mq_close(queue); /* → close */
}

int main(void)
{
    setlinebuf(stdout);
    system_v();
    posix();
    return 0;
}
