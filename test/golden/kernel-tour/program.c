/* A short tour of what a process can have: pipe, dup, sockets, shared and private mappings, a copy loop, sendfile. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int pipefd[2], pair[2];
    char buffer[4096];
    if (pipe2(pipefd, O_CLOEXEC) || socketpair(AF_UNIX, SOCK_STREAM, 0, pair))
        return 1;
    int in = open("/etc/services", O_RDONLY | O_CLOEXEC);
    char name[] = "/tmp/tourXXXXXX";
    int out = mkostemp(name, O_CLOEXEC);
    unlink(name);
    struct stat st;
    fstat(in, &st);
    void *file = mmap(NULL, st.st_size, PROT_READ, MAP_PRIVATE, in, 0);
    int *shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    dup2(out, 20);
    pid_t child = fork();
    if (child == 0) {
        close(pipefd[1]);
        while (read(pipefd[0], buffer, sizeof buffer) > 0)
            *shared += 1;
        write(pair[1], "done", 4);
        _exit(0);
    }
    close(pipefd[0]);
    for (ssize_t n; (n = read(in, buffer, sizeof buffer)) > 0;)
        write(out, buffer, n);
    lseek(in, 0, SEEK_SET);
    while (sendfile(20, in, NULL, 65536) > 0)
        ;
    write(pipefd[1], "tick", 4);
    usleep(20000);
    write(pipefd[1], "tock", 4);
    close(pipefd[1]);
    read(pair[0], buffer, sizeof buffer);
    waitpid(child, NULL, 0);
    munmap(file, st.st_size);
    return 0;
}
