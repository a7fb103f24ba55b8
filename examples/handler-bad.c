/* expects: unsafe-signal-handler-call */
/*
 * handler-bad - a signal handler that calls malloc and printf.
 *
 * The signal comes at any moment, perhaps in the middle of another printf or malloc, with the locks held that
 * the handler then waits for: a program that works for months, and hangs one day. Here it only works, because
 * the loop below calls nothing. Good twin: handler-good.c.
 */
#include <err.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/time.h>

#define SAMPLE 100000

static volatile sig_atomic_t ticks;
static char *samples[3];

static void on_tick(int number)
{
    if (ticks == 3)
        return;
    samples[ticks] = malloc(SAMPLE); /* BUG: neither malloc nor printf is async-signal-safe */
    ticks++;
    printf("signal %d, number %d\n", number, (int)ticks);
}

int main(void)
{
    struct sigaction action = {.sa_handler = on_tick, .sa_flags = SA_RESTART};
    struct itimerval every = {.it_value.tv_usec = 50 * 1000, .it_interval.tv_usec = 50 * 1000};
    if (sigaction(SIGALRM, &action, NULL) == -1 || setitimer(ITIMER_REAL, &every, NULL) == -1) /* → rt_sigaction */
        err(EXIT_FAILURE, "setup");

    volatile unsigned long work = 0;
    while (ticks < 3)
        work++;

    struct itimerval never = {0};
    setitimer(ITIMER_REAL, &never, NULL);
    for (int i = 0; i < 3; i++)
        free(samples[i]);
    return 0;
}
