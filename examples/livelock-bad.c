/* expects: livelock */
/*
 * livelock-bad - two polite processes: each lets go of its file when the other one has the second.
 *
 * Both try without waiting (LOCK_NB), so nobody is stuck for good, and both begin again at the same moment, so
 * nobody gets both files either. Good twin: livelock-good.c.
 */
#define _GNU_SOURCE
#include <err.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define ROUNDS 12

static int open_file(const char *folder, const char *name)
{
    char path[64];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600); /* → openat */
    if (file == -1)
        err(EXIT_FAILURE, "%s", path);
    return file;
}

/* The bad luck of meeting at every step, made certain. */
static pthread_barrier_t *meeting;

static bool move(const char *folder, const char *from, const char *to)
{
    int first = open_file(folder, from), second = open_file(folder, to);
    bool done = false;
    for (int round = 0; round < ROUNDS && !done; round++) {
        flock(first, LOCK_EX); /* BUG: in the other process this is the second one */
        pthread_barrier_wait(meeting); /* → futex? */
        done = flock(second, LOCK_EX | LOCK_NB) == 0;
        pthread_barrier_wait(meeting); /* → futex? */
        flock(first, LOCK_UN);
        usleep(10 * 1000); /* → clock_nanosleep */
    }
    return done;
}

int main(void)
{
    char folder[] = "/tmp/livelock-XXXXXX";
    pthread_barrierattr_t shared;
    meeting = mmap(NULL, sizeof *meeting, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (mkdtemp(folder) == NULL || meeting == MAP_FAILED) /* → mkdir */
        err(EXIT_FAILURE, "setup");
    pthread_barrierattr_init(&shared);
    pthread_barrierattr_setpshared(&shared, PTHREAD_PROCESS_SHARED);
    pthread_barrier_init(meeting, &shared, 2);

    pid_t child = fork(); /* → clone */
    bool done = move(folder, child == 0 ? "b" : "a", child == 0 ? "a" : "b");
    if (child == 0)
        _exit(0); /* → exit_group */
    waitpid(child, NULL, 0); /* → wait4 */
    printf(done ? "moved\n" : "not moved in %d rounds\n", ROUNDS);
    if (chdir(folder) == -1 || unlink("a") == -1 || unlink("b") == -1 || rmdir(folder) == -1)
        err(EXIT_FAILURE, "%s", folder);
    return 0;
}
