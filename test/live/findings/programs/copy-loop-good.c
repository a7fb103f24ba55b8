/* expects: nothing */
/* The kernel moves a file of a megabyte into a pipe. */
#include <stdlib.h>
#include <sys/sendfile.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    static char buffer[32768];
    char name[] = "/tmp/copy-XXXXXX";
    int fd = mkstemp(name), ends[2];
    if (fd == -1 || unlink(name) == -1 || ftruncate(fd, 1 << 20) == -1 || pipe(ends) == -1)
        return 1;
    if (fork() == 0) {
        close(ends[1]);
        while (read(ends[0], buffer, sizeof buffer) > 0) {
        }
        _exit(0);
    }
    close(ends[0]);
    while (sendfile(ends[1], fd, NULL, 1 << 20) > 0) {
    }
    close(ends[1]);
    wait(NULL);
    return 0;
}
