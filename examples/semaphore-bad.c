/* expects: semaphore-never-posted */
/*
 * semaphore-bad - a worker takes the semaphore and forgets to give it back on one way out.
 *
 * semop(-1) waits until the value is above 0, however long that takes. The worker's early return skips the
 * semop(+1), so the next one to ask waits for ever: here until its watchdog ends it. Good twin:
 * semaphore-good.c.
 */
#define _GNU_SOURCE
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/sem.h>
#include <sys/wait.h>
#include <unistd.h>

static int set;

static void change(short by)
{
    struct sembuf operation = {.sem_num = 0, .sem_op = by};
    if (semop(set, &operation, 1) == -1) /* → semtimedop */
        err(EXIT_FAILURE, "semop");
}

static int work(int number)
{
    change(-1);
    if (number == 0)
        return 1; /* BUG: nothing to do, and the semaphore stays taken */
    change(+1);
    return 0;
}

int main(void)
{
    set = semget(IPC_PRIVATE, 1, 0600); /* its value is not defined before SETVAL */
    if (set == -1 || semctl(set, 0, SETVAL, 1) == -1)
        err(EXIT_FAILURE, "semget");

    work(0);
    pid_t child = fork(); /* → clone */
    if (child == 0) {
        alarm(1); /* a watchdog */
        _exit(work(1));
    }
    int status;
    if (child == -1 || waitpid(child, &status, 0) == -1) /* → wait4 */
        err(EXIT_FAILURE, "child");
    printf("child: %s\n", WIFSIGNALED(status) ? "waited until the watchdog came" : "done");
    return semctl(set, 0, IPC_RMID) == -1; /* a set that nobody removes stays until the next boot */
}
