/* expects: nothing */
/*
 * shm - two processes, one memory, and semaphores to take turns.
 *
 * After shm_open, ftruncate and mmap the kernel has no more part in moving data: the trace shows only the
 * waiting (futex, inside sem_wait) and the waking (futex, inside sem_post, and only when somebody waits).
 */
#define _GNU_SOURCE
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct shared {
    sem_t request, answer;
    int number;
};

static void wait_for(sem_t *semaphore)
{
    while (sem_wait(semaphore) == -1) /* → futex? */
        if (errno != EINTR) /* a signal handler ran: wait again */
            err(EXIT_FAILURE, "sem_wait");
}

int main(void)
{
    char name[32];
    snprintf(name, sizeof name, "/example-%d", getpid());
    int fd = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0600); /* → openat: always close-on-exec */
    if (fd == -1 || shm_unlink(name) == -1 || ftruncate(fd, sizeof(struct shared)) == -1) /* → unlink */
        err(EXIT_FAILURE, "shm_open");
    struct shared *shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (shared == MAP_FAILED)
        err(EXIT_FAILURE, "mmap");
    close(fd);
    if (sem_init(&shared->request, 1, 0) == -1 || sem_init(&shared->answer, 1, 0) == -1) /* 1: processes */
        err(EXIT_FAILURE, "sem_init");

    pid_t child = fork(); /* → clone */
    if (child == -1)
        err(EXIT_FAILURE, "fork");
    for (int i = 0; child == 0 && i < 3; i++) {
        wait_for(&shared->request);
        usleep(100 * 1000); /* → clock_nanosleep */
        shared->number *= shared->number;
        sem_post(&shared->answer); /* → futex? */
    }
    if (child == 0)
        _exit(0); /* → exit_group */

    for (int i = 2; i <= 4; i++) {
        shared->number = i;
        sem_post(&shared->request); /* → futex?: orders memory too: the child surely sees the number */
        wait_for(&shared->answer);
        printf("%d squared is %d\n", i, shared->number);
    }
    waitpid(child, NULL, 0); /* → wait4 */
    return 0;
}
