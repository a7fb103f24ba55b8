/* expects: segfault */
/*
 * exit - the ways to end, and what the parent can learn about each.
 *
 * An exit code is one byte: exit(256) is success, exit(-1) is 255. A process killed by a signal has no exit
 * code at all (a shell shows 128 + the signal's number). exit flushes stdio and runs atexit handlers, _exit
 * goes straight to the kernel, and so does death by signal.
 */
#include <err.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static int *volatile nowhere; /* volatile: or the compiler would see through the mistake */

static void end_well(void) { exit(0); } /* → exit_group */
static void end_with_3(void) { exit(3); } /* → exit_group */
static void end_with_256(void) { exit(256); } /* → exit_group */
static void end_with_minus_1(void) { exit(-1); } /* → exit_group */
static void end_by_abort(void) { abort(); }
static void end_by_null(void) { *nowhere = 1; }
static void end_by_kill(void) { raise(SIGKILL); }
static void end_by_alarm(void) { alarm(1); pause(); }

int main(void)
{
    static const struct {
        const char *name;
        void (*run)(void);
    } ways[] = {{"exit(0)", end_well},      {"exit(3)", end_with_3},        {"exit(256)", end_with_256},
                {"exit(-1)", end_with_minus_1}, {"abort()", end_by_abort}, {"write to NULL", end_by_null},
                {"raise(SIGKILL)", end_by_kill}, {"alarm", end_by_alarm}};
    setlinebuf(stdout);
    if (setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0}) == -1) /* → prlimit64: no core files from this */
        err(EXIT_FAILURE, "setrlimit");

    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        pid_t child = fork(); /* → clone */
        if (child == -1)
            err(EXIT_FAILURE, "fork");
        if (child == 0) {
            ways[i].run();
            _exit(99);
        }
        int status;
        if (waitpid(child, &status, 0) == -1) /* → wait4 */
            err(EXIT_FAILURE, "waitpid");
        if (WIFEXITED(status))
            printf("%-15s exited with %d\n", ways[i].name, WEXITSTATUS(status)); /* → write */
        else
            printf("%-15s killed: %s\n", ways[i].name, strsignal(WTERMSIG(status))); /* → write */
    }
    return 0;
}
