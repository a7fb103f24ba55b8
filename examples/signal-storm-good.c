/* expects: nothing */
/*
 * signal-storm-good - an eventfd counts hundreds of small things, and one read gets them all.
 *
 * write adds to its counter, read returns the sum and sets it to zero. It counts reliably, wakes poll and
 * epoll, and interrupts nobody.
 */
#include <err.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#define ITEMS 400

int main(void)
{
    int counter = eventfd(0, EFD_CLOEXEC); /* → eventfd2 */
    if (counter == -1)
        err(EXIT_FAILURE, "eventfd");

    for (int item = 0; item < ITEMS; item++)
        if (eventfd_write(counter, 1) == -1) /* → write */
            err(EXIT_FAILURE, "eventfd_write");

    eventfd_t seen;
    if (eventfd_read(counter, &seen) == -1) /* → read */
        err(EXIT_FAILURE, "eventfd_read");
    printf("%d items\n", (int)seen);
    close(counter);
    return 0;
}
