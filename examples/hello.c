/* expects: nothing */
/*
 * hello - the smallest program, and what even that one asks of the kernel.
 *
 * main() below makes one system call: write. Everything before it in the trace is the dynamic loader at
 * work: execve starts the image, mmap places libc, mprotect seals what must not change, brk makes a heap.
 * printf itself makes no call: it fills a buffer, which reaches the kernel at a newline when standard output
 * is a terminal, and at exit otherwise.
 */
#include <stdio.h>

int main(void)
{
    printf("Hello, kernel.\n");
    return 0; /* exit_group(0): the code a parent, or your shell's $?, gets to see */
}
