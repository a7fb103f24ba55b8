/* A number's lives: dup2 over another, onto itself, close_range, exec with and without close-on-exec, unlink while open, a shared table. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static char stack[65536];

static int inTheSameTable(void *fd)
{
    close(*(int *)fd);
    return open("/dev/null", O_WRONLY | O_CLOEXEC);
}

int main(int argc, char **argv)
{
    if (argc > 1)
        return 0;
    int file = open("file", O_RDWR | O_CREAT | O_APPEND, 0600);
    int copy = dup(file);
    dup2(copy, copy);
    write(file, "abc", 3);
    lseek(copy, 0, SEEK_SET);
    char buffer[8];
    read(copy, buffer, sizeof buffer);
    unlink("file");
    dup2(copy, 20);
    dup2(STDERR_FILENO, 20);
    fcntl(20, F_SETFD, FD_CLOEXEC);
    close(99);
    for (int i = 0; i < 3; i++)
        fcntl(file, F_DUPFD, 30);
    close_range(31, ~0U, 0);
    int pid = clone(inTheSameTable, stack + sizeof stack, CLONE_FILES | CLONE_VM | SIGCHLD, &file);
    waitpid(pid, NULL, 0);
    if (fork() == 0)
        execl("/proc/self/exe", argv[0], "again", NULL);
    wait(NULL);
    return 0;
}
