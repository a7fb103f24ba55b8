/* expects: lock-not-released */
/*
 * lock-bad - updates a file under a lock, and goes on with other things without giving it back.
 *
 * The kernel releases the lock when the process ends, so nothing breaks; everybody else waits for as long as
 * the process happens to live. Good twin: lock-good.c.
 */
#define _GNU_SOURCE
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

static void update(const char *path)
{
    int file = open(path, O_RDWR | O_CLOEXEC); /* → openat: an open file of its own: flock locks that */
    if (file == -1 || flock(file, LOCK_EX) == -1 || write(file, "new", 3) != 3)
        err(EXIT_FAILURE, "%s", path);
    /* BUG: neither unlocked nor closed */
}

int main(void)
{
    char path[] = "/tmp/lock-XXXXXX";
    int file = mkstemp(path); /* → openat */
    if (file == -1)
        err(EXIT_FAILURE, "%s", path);
    pid_t child = fork(); /* → clone */
    if (child == 0) {
        update(path);
        usleep(500 * 1000); /* → clock_nanosleep: something else */
        _exit(0); /* → exit_group */
    }
    usleep(100 * 1000); /* → clock_nanosleep */
    update(path); /* waits for the child's end */
    if (child == -1 || waitpid(child, NULL, 0) == -1 || unlink(path) == -1) /* → wait4 */
        err(EXIT_FAILURE, "child");
    printf("updated twice\n");
    return 0;
}
