/* expects: mmap-failed-used */
/*
 * mmap-failed-bad - mmap fails, the test is for NULL, and so it does not notice.
 *
 * mmap says that it failed with MAP_FAILED, which is -1: the last address of all, where nothing can be. Here
 * it fails with ENOMEM, because nobody has that much address space. Good twin: mmap-failed-good.c.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#define WANTED ((size_t)1 << 60)

int main(void)
{
    setlinebuf(stdout);

    volatile char *table = mmap(NULL, WANTED, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (table == NULL) { /* BUG: MAP_FAILED is not NULL */
        printf("a large table: %s\n", strerror(errno));
        return 0;
    }
    puts("there is a table, or so it seems"); /* → write */
    table[0] = 'x';
    return 0;
}
