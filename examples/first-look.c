/* expects: zombie */
/*
 * first-look - a boss, two workers, a thread and sort: a second and a half that show most of the timeline.
 *
 * A thread writes a job into a pipe every 0.1 s. Whichever worker is free reads it, works, and writes the
 * result into a second pipe. The boss passes results on to sort, another program, which prints them at end
 * of file. When all is done the boss kills one worker; the other leaves by itself, at end of file. Both are
 * zombies until the boss, in no hurry, reaps them.
 */
#define _GNU_SOURCE
#include <err.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { JOBS = 8, READ = 0, WRITE = 1 };
static int jobs[2], results[2], report[2]; /* pipes, each a read end and a write end */

static void *order_jobs(void *unused)
{
    for (int number = JOBS; number > 0; number--) {
        usleep(100 * 1000); /* → clock_nanosleep */
        if (write(jobs[WRITE], &number, sizeof number) == -1)
            err(EXIT_FAILURE, "job");
    }
    return unused;
}

static void work(void)
{
    int number;
    close(jobs[WRITE]); /* a reader that keeps the write end open never sees end of file */
    while (read(jobs[READ], &number, sizeof number) == sizeof number) {
        usleep(150 * 1000); /* → clock_nanosleep */
        number *= number;
        if (write(results[WRITE], &number, sizeof number) == -1)
            err(EXIT_FAILURE, "result");
    }
    _exit(0); /* → exit_group */
}

int main(void)
{
    if (pipe2(jobs, O_CLOEXEC) == -1 || pipe2(results, O_CLOEXEC) == -1 || pipe2(report, O_CLOEXEC) == -1)
        err(EXIT_FAILURE, "pipe2");
    if (fork() == 0) { /* → clone */
        dup2(report[READ], STDIN_FILENO); /* the copy survives exec, the O_CLOEXEC originals do not */
        execlp("sort", "sort", "-n", (char *)NULL); /* → execve */
        err(127, "sort");
    }
    pid_t clumsy, other;
    if ((clumsy = fork()) == 0 || (other = fork()) == 0) /* → clone */
        work();
    if (clumsy == -1 || other == -1)
        err(EXIT_FAILURE, "fork");

    pthread_t orders; /* created after the forks: a child has a copy of the calling thread only */
    if (pthread_create(&orders, NULL, order_jobs, NULL) != 0)
        errx(EXIT_FAILURE, "no thread");

    int square;
    for (int i = 0; i < JOBS && read(results[READ], &square, sizeof square) > 0; i++)
        dprintf(report[WRITE], "%d\n", square); /* → write */
    pthread_join(orders, NULL);

    kill(clumsy, SIGTERM); /* it is asleep in read, and dies there */
    close(jobs[WRITE]);    /* the other worker reads end of file */
    usleep(600 * 1000); /* → clock_nanosleep: meanwhile: two zombies */
    close(report[WRITE]);  /* end of file for sort too: it prints */
    while (wait(NULL) > 0) { /* → wait4 */
    }
    return 0;
}
