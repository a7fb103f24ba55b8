/* expects: nothing */
/*
 * handler-good - a signal handler that counts, and a loop that does the work.
 *
 * A variable of type volatile sig_atomic_t may be written in a handler, and the functions listed in
 * signal-safety(7) may be called: write is one of them, malloc and printf are not.
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
    (void)number;
    ticks++;
}

int main(void)
{
    struct sigaction action = {.sa_handler = on_tick, .sa_flags = SA_RESTART};
    struct itimerval every = {.it_value.tv_usec = 50 * 1000, .it_interval.tv_usec = 50 * 1000};
    if (sigaction(SIGALRM, &action, NULL) == -1 || setitimer(ITIMER_REAL, &every, NULL) == -1) /* → rt_sigaction */
        err(EXIT_FAILURE, "setup");

    int told = 0;
    volatile unsigned long work = 0;
    while (told < 3) {
        if (ticks > told) {
            samples[told] = malloc(SAMPLE);
            printf("signal %d, number %d\n", SIGALRM, ++told);
        }
        work++;
    }

    struct itimerval never = {0};
    setitimer(ITIMER_REAL, &never, NULL);
    for (int i = 0; i < 3; i++)
        free(samples[i]);
    return 0;
}
