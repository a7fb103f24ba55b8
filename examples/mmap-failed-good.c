/* expects: nothing */
/*
 * mmap-failed-good - the result of mmap is compared with MAP_FAILED, and there is a way out.
 *
 * mmap still fails with ENOMEM, because nobody has that much address space; but the program says so, and
 * does with less.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#define WANTED ((size_t)1 << 60)
#define ENOUGH ((size_t)1 << 20)

int main(void)
{
    setlinebuf(stdout);

    volatile char *table = mmap(NULL, WANTED, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (table == MAP_FAILED) {
        printf("a large table: %s\n", strerror(errno)); /* → write */
        table = mmap(NULL, ENOUGH, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (table == MAP_FAILED)
            return 1;
    }
    table[0] = 'x';
    puts("there is a table"); /* → write */
    return 0;
}
