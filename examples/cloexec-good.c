/* expects: nothing */
/*
 * cloexec-good - a secret stays at home, because its descriptor is close-on-exec.
 *
 * Ask for the flag in the call that makes the descriptor: O_CLOEXEC, SOCK_CLOEXEC, EPOLL_CLOEXEC and so on.
 * Setting it with fcntl afterwards leaves a gap in which another thread may fork and exec.
 */
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int secret = open("/etc/hostname", O_RDONLY | O_CLOEXEC); /* → openat */
    if (secret == -1)
        err(EXIT_FAILURE, "open");

    char name[16];
    snprintf(name, sizeof name, "%d", secret);
    pid_t child = fork(); /* → clone */
    if (child == -1)
        err(EXIT_FAILURE, "fork");
    if (child == 0) {
        execl("/bin/sh", "sh", "-c", /* → execve */
              "[ -e /proc/self/fd/$0 ] && echo I can read it || echo nothing to see", name, (char *)NULL);
        _exit(127);
    }
    if (waitpid(child, NULL, 0) == -1) /* → wait4 */
        err(EXIT_FAILURE, "waitpid");
    close(secret);
    return 0;
}
