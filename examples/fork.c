/* expects: nothing */
/*
 * fork - one call, two returns; what the child copies and what it shares.
 *
 * fork returns twice: 0 in the child, the child's pid in the parent, and which of them runs first is up to
 * the scheduler. Private memory is copied (page by page, when somebody writes: copy on write). A MAP_SHARED
 * mapping is one memory for both, and so is an open file: both descriptors point at one offset.
 */
#define _GNU_SOURCE
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int private = 1;
    int *shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    int file = memfd_create("both write here", MFD_CLOEXEC);
    if (shared == MAP_FAILED || file == -1)
        err(EXIT_FAILURE, "setup");
    *shared = 1;

    pid_t child = fork(); /* → clone */
    switch (child) {
    case -1: /* EAGAIN: a limit on processes; ENOMEM */
        err(EXIT_FAILURE, "fork");
    case 0:
        private = 2;  /* the kernel copies this page now; the parent keeps its own */
        *shared = 2;  /* no copy: the parent sees it */
        dprintf(file, "child "); /* → write */
        usleep(200 * 1000); /* → clock_nanosleep */
        _exit(private); /* → exit_group */
    default:
        break;
    }

    if (waitpid(child, NULL, 0) == -1) /* → wait4 */
        err(EXIT_FAILURE, "waitpid");
    dprintf(file, "parent"); /* → write: lands behind the child's word: the offset is shared */

    char text[16] = "";
    if (pread(file, text, sizeof text - 1, 0) == -1) /* → pread64 */
        err(EXIT_FAILURE, "pread");
    printf("private %d, shared %d, file \"%s\"\n", private, *shared, text);
    return 0;
}
