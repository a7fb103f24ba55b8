/* expects: queue-not-removed segment-not-removed semaphore-not-removed */
/*
 * ipc-bad - a queue, a segment and a semaphore set that stay when the program is gone.
 *
 * System V objects belong to nobody: exit closes descriptors and unmaps memory, and leaves these alone, with
 * what is in them, until the next boot. Look with ipcs; ipcrm -Q, -M and -S remove by key. Good twin:
 * ipc-good.c.
 */
#define _GNU_SOURCE
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <unistd.h>

struct message {
    long type;
    char text[16];
};

int main(void)
{
    key_t key = 0x53000000 | getpid(); /* others find them by it */
    int queue = msgget(key, IPC_CREAT | IPC_EXCL | 0600);
    int segment = shmget(key, 4096, IPC_CREAT | IPC_EXCL | 0600);
    int semaphores = semget(key, 1, IPC_CREAT | IPC_EXCL | 0600);
    if (queue == -1 || segment == -1 || semaphores == -1)
        err(EXIT_FAILURE, "System V objects");

    char *shared = shmat(segment, NULL, 0);
    if (shared == (void *)-1 || semctl(semaphores, 0, SETVAL, 1) == -1)
        err(EXIT_FAILURE, "shmat");
    strcpy(shared, "state");
    struct message message = {1, "unread"};
    if (msgsnd(queue, &message, sizeof message.text, 0) == -1 || shmdt(shared) == -1)
        err(EXIT_FAILURE, "msgsnd");
    printf("one message is sent, and the state is saved\n");
    return 0; /* BUG: all three stay */
}
