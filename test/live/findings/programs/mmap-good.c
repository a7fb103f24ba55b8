/* expects: nothing */
/* The same done right; and half of a mapping unmapped, which is allowed. */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int main(void)
{
    char name[] = "/tmp/map-XXXXXX";
    int fd = mkstemp(name);
    if (fd == -1 || ftruncate(fd, 8192) == -1)
        return 1;
    char *map = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (map == MAP_FAILED)
        return 1;
    map[0] = 1;
    unlink(name);
    return munmap(map, 4096) == -1 || munmap(map + 4096, 4096) == -1;
}
