/* expects: mmap-eacces mmap-unaligned mmap-zero-length munmap-mismatch */
/* Every way in which mmap refuses: length 0, an offset inside a page, more rights than the descriptor has; and munmap of no page. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
    char name[] = "/tmp/map-XXXXXX";
    int made = mkstemp(name), fd = open(name, O_RDONLY | O_CLOEXEC), failed = 0;
    if (made == -1 || fd == -1 || ftruncate(made, 8192) == -1)
        return 1;
    failed += mmap(NULL, 0, PROT_READ, MAP_PRIVATE, fd, 0) == MAP_FAILED;
    failed += mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0) == MAP_FAILED;
    failed += syscall(SYS_mmap, NULL, 4096, PROT_READ, MAP_PRIVATE, fd, 100) == -1; /* glibc's would not ask the kernel */
    char *map = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, fd, 0);
    if (map == MAP_FAILED)
        return 1;
    failed += munmap(map + 1, 4096) == -1;
    unlink(name);
    return failed != 4;
}
