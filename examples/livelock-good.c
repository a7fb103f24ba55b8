/* expects: nothing */
/*
 * livelock-good - two processes take both files in the same order, and wait for the first one.
 *
 * Who has the first lock gets the second one, too: nobody has it who would not have the first.
 */
#define _GNU_SOURCE
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

static int open_file(const char *folder, const char *name)
{
    char path[64];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600); /* → openat */
    if (file == -1)
        err(EXIT_FAILURE, "%s", path);
    return file;
}

static void move(const char *folder)
{
    int first = open_file(folder, "a"), second = open_file(folder, "b"); /* whatever is moved where */
    if (flock(first, LOCK_EX) == -1 || flock(second, LOCK_EX) == -1)
        err(EXIT_FAILURE, "flock");
    usleep(10 * 1000); /* → clock_nanosleep */
    flock(second, LOCK_UN);
    flock(first, LOCK_UN);
}

int main(void)
{
    char folder[] = "/tmp/livelock-XXXXXX";
    if (mkdtemp(folder) == NULL) /* → mkdir */
        err(EXIT_FAILURE, "setup");

    pid_t child = fork(); /* → clone */
    move(folder);
    if (child == 0)
        _exit(0); /* → exit_group */
    waitpid(child, NULL, 0); /* → wait4 */
    printf("moved\n");
    if (chdir(folder) == -1 || unlink("a") == -1 || unlink("b") == -1 || rmdir(folder) == -1)
        err(EXIT_FAILURE, "%s", folder);
    return 0;
}
