/* expects: segfault */
/*
 * memory-map - where things live in a process, and what happens where nothing lives.
 *
 * From low to high: the NULL page (never mapped), code (.text), constants, data (.data), zeroes (.bss), the
 * heap (brk, growing up), then mmap's area with libraries and large blocks, and the stack (growing down).
 * malloc takes small blocks from the heap and asks mmap for large ones: both calls are in the trace.
 */
#include <err.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static int data = 1; /* .data: has a value, so it takes room in the file */
static int bss;      /* .bss: zero, so the file only says how much */

static void touch(const char *what, volatile char *address)
{
    int status;
    pid_t child = fork(); /* → clone */
    if (child == -1)
        err(EXIT_FAILURE, "fork");
    if (child == 0) {
        *address = 1;
        _exit(0); /* → exit_group */
    }
    if (waitpid(child, &status, 0) == -1) /* → wait4 */
        err(EXIT_FAILURE, "waitpid");
    printf("write to %-12s %s\n", what, /* → write */
           WIFSIGNALED(status) ? strsignal(WTERMSIG(status)) : "works");
}

int main(void)
{
    int stack;
    setlinebuf(stdout);
    if (setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0}) == -1) /* → prlimit64 */
        err(EXIT_FAILURE, "setrlimit");

    char *small = malloc(1000), *large = malloc(1 << 20);
    char *constant = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (small == NULL || large == NULL || constant == MAP_FAILED)
        err(EXIT_FAILURE, "memory");

    const uintptr_t order[] = {0,                 (uintptr_t)main,  (uintptr_t)&data, (uintptr_t)&bss,
                               (uintptr_t)small, (uintptr_t)large, (uintptr_t)&stack};
    const char *const name[] = {"NULL", "code", "data", "bss", "heap", "mmap area", "stack"};
    for (int i = 1; i < 7; i++)
        printf("%-9s < %-9s %s\n", name[i - 1], name[i], order[i - 1] < order[i] ? "yes" : "no"); /* → write */

    touch("the heap", small);
    touch("NULL", NULL);                            /* SEGV_MAPERR: nothing is mapped there */
    touch("read-only", constant);                   /* SEGV_ACCERR: mapped, but not for writing */
    touch("code", (volatile char *)(uintptr_t)main); /* the same: all processes that run this share it */

    free(small);
    free(large); /* munmap at once; the heap keeps what it has */
    return 0;
}
