/* expects: sigbus */
/* Maps two pages of a file that is one page long, and touches the second. */
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int main(void)
{
    char name[] = "/tmp/bus-XXXXXX";
    int fd = mkstemp(name);
    if (fd == -1 || ftruncate(fd, 4096) == -1)
        return 1;
    volatile char *map = mmap(NULL, 8192, PROT_READ, MAP_SHARED, fd, 0);
    if (map == MAP_FAILED)
        return 1;
    unlink(name);
    return map[4096];
}
