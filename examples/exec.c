/* expects: nothing */
/*
 * exec - the same process, another program.
 *
 * exec replaces memory, handlers and threads; pid, parent, directory and open descriptors stay, except those
 * marked close-on-exec. On success it does not return: the line after it is always the error path. The lane
 * keeps its pid and changes its name.
 */
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static int run(const char *file, char *const argv[], char *const envp[])
{
    int status;
    pid_t child = fork(); /* → clone */
    if (child == -1)
        err(EXIT_FAILURE, "fork");
    if (child == 0) {
        execve(file, argv, envp);
        _exit(errno == ENOENT ? 127 : 126); /* → exit_group: as shells do: not found, found but not runnable */
    }
    if (waitpid(child, &status, 0) == -1) /* → wait4 */
        err(EXIT_FAILURE, "waitpid");
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int main(void)
{
    setlinebuf(stdout);

    /* argv[0] is only a convention: it is what the program will call itself. */
    char *const hello[] = {"greeter", "-c", "sleep 0.2; echo \"$0 says $GREETING\"", NULL};
    char *const environment[] = {"GREETING=hello", "PATH=/usr/bin:/bin", NULL}; /* nothing is inherited */
    printf("exit status %d\n", run("/bin/sh", hello, environment)); /* → write */

    char *const missing[] = {"missing", NULL};
    printf("exit status %d: no such file\n", run("/nonexistent/program", missing, environment)); /* → write */
    printf("exit status %d: not executable\n", run("/etc/passwd", missing, environment)); /* → write */
    return 0;
}
