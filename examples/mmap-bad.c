/* expects: mmap-eacces mmap-zero-length mmap-unaligned sigbus munmap-mismatch */
/*
 * mmap-bad - five rules of mmap, each broken once. Good twin: mmap-good.c.
 */
#define _GNU_SOURCE
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static char path[] = "/tmp/mmap-XXXXXX";

static void tell(const char *what, int failed)
{
    printf("%s: %s\n", what, failed ? strerror(errno) : "no error"); /* → write */
}

int main(void)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    int fd = mkstemp(path), empty = memfd_create("empty", MFD_CLOEXEC); /* → openat */
    if (fd == -1 || empty == -1 || dprintf(fd, "%0*d", (int)page, 7) < 0) /* → write */
        err(EXIT_FAILURE, "files");
    setlinebuf(stdout);
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0}); /* → prlimit64: no core file from the SIGBUS below */

    /* BUG: a shared writable mapping of a file that is open for reading only: EACCES */
    int read_only = open(path, O_RDONLY | O_CLOEXEC); /* → openat */
    char *map = mmap(NULL, page, PROT_READ | PROT_WRITE, MAP_SHARED, read_only, 0);
    tell("write a read-only file", map == MAP_FAILED);
    close(read_only);

    /* BUG: a length of 0, as of an empty file: EINVAL */
    map = mmap(NULL, 0, PROT_READ, MAP_PRIVATE, empty, 0);
    tell("map nothing", map == MAP_FAILED);

    /* BUG: an offset that is no multiple of the page size: EINVAL. (The call is made directly, because
       glibc's mmap notices before it bothers the kernel, and the trace would show nothing.) */
    long address = syscall(SYS_mmap, NULL, page, PROT_READ, MAP_PRIVATE, fd, 100L);
    tell("map from offset 100", address == -1);

    /* BUG: touches a page that lies wholly beyond the end of the file: SIGBUS */
    map = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (map == MAP_FAILED)
        err(EXIT_FAILURE, "mmap");
    pid_t child = fork(); /* → clone */
    if (child == 0) {
        map[page] = '2';
        _exit(0);
    }
    int status;
    if (child == -1 || waitpid(child, &status, 0) == -1) /* → wait4 */
        err(EXIT_FAILURE, "child");
    printf("touch the page after the last: %s\n", /* → write */
           WIFSIGNALED(status) ? strsignal(WTERMSIG(status)) : "fine");

    /* BUG: another address than mmap gave: EINVAL; then only half of what was mapped: half of it stays */
    tell("unmap another address", munmap(map + 100, page) == -1);
    tell("unmap one page of two", munmap(map, page) == -1);

    return unlink(path);
}
