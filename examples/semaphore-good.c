/* expects: nothing */
/*
 * semaphore-good - what takes the semaphore gives it back on every way out.
 *
 * One function takes it, calls the work and gives it back, so that no return in between can forget it. With
 * SEM_UNDO the kernel would give it back even for a process that dies.
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
    return number == 0; /* whatever happens here, it is given back */
}

static int locked_work(int number)
{
    change(-1);
    int result = work(number);
    change(+1);
    return result;
}

int main(void)
{
    set = semget(IPC_PRIVATE, 1, 0600); /* its value is not defined before SETVAL */
    if (set == -1 || semctl(set, 0, SETVAL, 1) == -1)
        err(EXIT_FAILURE, "semget");

    locked_work(0);
    pid_t child = fork(); /* → clone */
    if (child == 0) {
        alarm(1); /* a watchdog */
        _exit(locked_work(1)); /* → exit_group */
    }
    int status;
    if (child == -1 || waitpid(child, &status, 0) == -1) /* → wait4 */
        err(EXIT_FAILURE, "child");
    printf("child: %s\n", WIFSIGNALED(status) ? "waited until the watchdog came" : "done");
    return semctl(set, 0, IPC_RMID) == -1; /* a set that nobody removes stays until the next boot */
}
