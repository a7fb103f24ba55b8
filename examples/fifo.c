/* expects: nothing */
/*
 * fifo - a pipe with a name, for processes that are not related.
 *
 * open blocks until the other end is open too: the reader's open is a long span here, ended by the writer's.
 * (O_NONBLOCK: a reader's open succeeds at once, a writer's fails with ENXIO.) Data never touch the disk.
 */
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    char directory[] = "/tmp/fifo-XXXXXX", path[64];
    if (mkdtemp(directory) == NULL) /* → mkdir */
        err(EXIT_FAILURE, "mkdtemp");
    snprintf(path, sizeof path, "%s/queue", directory);
    if (mkfifo(path, 0600) == -1) /* → mknodat */
        err(EXIT_FAILURE, "mkfifo");

    pid_t reader = fork(); /* → clone */
    if (reader == -1)
        err(EXIT_FAILURE, "fork");
    if (reader == 0) {
        char text[64] = "";
        int fd = open(path, O_RDONLY | O_CLOEXEC); /* → openat: waits for a writer */
        if (fd == -1)
            err(EXIT_FAILURE, "open to read");
        while (read(fd, text, sizeof text - 1) > 0)
            dprintf(STDOUT_FILENO, "reader: %s\n", text); /* → write */
        _exit(0); /* → exit_group */
    }

    usleep(300 * 1000); /* → clock_nanosleep */
    int fd = open(path, O_WRONLY | O_CLOEXEC); /* → openat */
    if (fd == -1 || dprintf(fd, "through a file that holds nothing") < 0) /* → write */
        err(EXIT_FAILURE, "write");
    close(fd); /* the last writer: end of file for the reader */

    int status;
    if (waitpid(reader, &status, 0) == -1) /* → wait4 */
        err(EXIT_FAILURE, "waitpid");
    if (unlink(path) == -1 || rmdir(directory) == -1) /* unlike a pipe, the name stays until removed */
        err(EXIT_FAILURE, "cleaning up");
    return WEXITSTATUS(status);
}
