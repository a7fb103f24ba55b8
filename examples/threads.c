/* expects: nothing */
/*
 * threads - four threads add up a million numbers; a mutex keeps their total right.
 *
 * On the timeline: thread lanes nested in one process. Each begins at a clone3 whose flags share everything
 * (CLONE_VM, CLONE_FILES, CLONE_THREAD …) and ends alone; the main thread waits in futex, inside
 * pthread_join. A mutex that nobody holds is taken without the kernel: futex appears only when one waits.
 */
#define _GNU_SOURCE
#include <err.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define THREADS 4
#define NUMBERS 1000000

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static long total;

static void *add_up(void *argument)
{
    int id = *(int *)argument;
    char name[16];
    snprintf(name, sizeof name, "adder %d", id);
    pthread_setname_np(pthread_self(), name); /* → prctl: shown as the lane's name */

    long sum = 0; /* add in private, share once: a lock per number would cost far more than it guards */
    for (int number = id; number < NUMBERS; number += THREADS)
        sum += number;
    usleep((unsigned)(id + 1) * 100 * 1000); /* → clock_nanosleep */

    pthread_mutex_lock(&lock); /* → futex? */
    total += sum;
    usleep(120 * 1000); /* → clock_nanosleep: held too long on purpose: the next thread has to wait, in futex */
    pthread_mutex_unlock(&lock); /* → futex? */
    return NULL;
}

int main(void)
{
    pthread_t thread[THREADS];
    int id[THREADS]; /* one for each: a pointer to the loop variable would be a race */

    for (int i = 0; i < THREADS; i++) {
        id[i] = i;
        errno = pthread_create(&thread[i], NULL, add_up, &id[i]); /* returns its error */
        if (errno != 0)
            err(EXIT_FAILURE, "pthread_create");
    }
    for (int i = 0; i < THREADS; i++)
        pthread_join(thread[i], NULL); /* returning from main would end all of them: exit_group */

    printf("total %ld\n", total);
    return 0;
}
