/* expects: nothing */
/*
 * lock - a PID file that lets only one instance run.
 *
 * The lock is what counts, not the file: a file survives a crash, a lock does not. fcntl's F_SETLK fails
 * with EAGAIN or EACCES while another process holds it, F_SETLKW waits. Such locks belong to the process:
 * fork does not hand them on, and closing *any* descriptor of the file drops them.
 */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* Returns a descriptor to be kept open as long as the instance lives, or -1 when there is another. */
static int lock_pid_file(const char *path, int command)
{
    struct flock whole_file = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644); /* → openat */
    if (fd == -1)
        err(EXIT_FAILURE, "%s", path);
    if (fcntl(fd, command, &whole_file) == -1) {
        if (errno != EAGAIN && errno != EACCES)
            err(EXIT_FAILURE, "fcntl");
        close(fd);
        return -1;
    }
    if (ftruncate(fd, 0) == -1 || dprintf(fd, "%d\n", getpid()) < 0) /* → write */
        err(EXIT_FAILURE, "write");
    return fd;
}

static void instance(const char *name, const char *path, int command)
{
    int fd = lock_pid_file(path, command);
    printf("%s: %s\n", name, fd == -1 ? "another instance is running" : "running"); /* → write */
    if (fd != -1)
        usleep(300 * 1000); /* → clock_nanosleep */
    exit(0); /* → exit_group */
}

int main(void)
{
    char directory[] = "/tmp/lock-XXXXXX", path[64];
    setlinebuf(stdout);
    if (mkdtemp(directory) == NULL) /* → mkdir */
        err(EXIT_FAILURE, "mkdtemp");
    snprintf(path, sizeof path, "%s/daemon.pid", directory);

    if (fork() == 0) /* → clone */
        instance("first", path, F_SETLK);
    usleep(100 * 1000); /* → clock_nanosleep */
    if (fork() == 0) /* → clone */
        instance("second", path, F_SETLK);
    usleep(100 * 1000); /* → clock_nanosleep */
    if (fork() == 0) /* → clone */
        instance("third, patient", path, F_SETLKW);
    while (wait(NULL) > 0) { /* → wait4 */
    }
    return unlink(path) == 0 && rmdir(directory) == 0 ? 0 : 1;
}
