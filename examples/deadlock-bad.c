/* expects: deadlock */
/*
 * deadlock-bad - two transfers in opposite directions, each waiting for the lock the other holds.
 *
 * A deadlock needs four things at once: exclusive locks, holding one while waiting for another, no taking
 * away, and a circle of waiting. All are here. The watchdog's SIGALRM ends it. Good twin: deadlock-good.c.
 */
#include <err.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct account {
    pthread_mutex_t lock;
    int balance;
};
static struct account a = {PTHREAD_MUTEX_INITIALIZER, 100}, b = {PTHREAD_MUTEX_INITIALIZER, 100};

struct transfer {
    struct account *from, *to;
    int amount;
};

static void *run(void *argument)
{
    struct transfer *transfer = argument;
    struct account *first = transfer->from, *second = transfer->to; /* BUG: the order depends on the caller */
    pthread_mutex_lock(&first->lock);
    usleep(100 * 1000); /* → clock_nanosleep: give the other thread time to take its first lock */
    pthread_mutex_lock(&second->lock);
    transfer->from->balance -= transfer->amount;
    transfer->to->balance += transfer->amount;
    pthread_mutex_unlock(&second->lock);
    pthread_mutex_unlock(&first->lock);
    return NULL;
}

int main(void)
{
    struct transfer there = {&a, &b, 30}, back = {&b, &a, 10};
    pthread_t thread[2];
    alarm(1); /* a watchdog: ends the process when a thread is stuck */

    if ((errno = pthread_create(&thread[0], NULL, run, &there)) != 0 ||
        (errno = pthread_create(&thread[1], NULL, run, &back)) != 0)
        err(EXIT_FAILURE, "pthread_create");
    pthread_join(thread[0], NULL);
    pthread_join(thread[1], NULL);
    printf("balances: %d and %d\n", a.balance, b.balance);
    return 0;
}
