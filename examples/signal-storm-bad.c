/* expects: signal-storm */
/*
 * signal-storm-bad - a signal for each of hundreds of small things.
 *
 * Each one stops the program, saves all its registers, runs the handler and puts everything back: three
 * switches into the kernel to add one. Had the sender been another process, many would have been merged, and
 * lost. Good twin: signal-storm-good.c.
 */
#include <err.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define ITEMS 400

static volatile sig_atomic_t seen;

static void on_item(int number)
{
    (void)number;
    seen++;
}

int main(void)
{
    struct sigaction action = {.sa_handler = on_item, .sa_flags = SA_RESTART};
    if (sigaction(SIGUSR1, &action, NULL) == -1) /* → rt_sigaction */
        err(EXIT_FAILURE, "sigaction");

    for (int item = 0; item < ITEMS; item++)
        kill(getpid(), SIGUSR1); /* BUG: signals are for rare events */
    printf("%d items\n", (int)seen);
    return 0;
}
