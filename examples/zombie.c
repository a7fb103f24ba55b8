/* expects: zombie */
/*
 * zombie - a child that is dead but not gone.
 *
 * When a process ends, the kernel frees its memory and descriptors but keeps one small record: its pid and
 * how it ended, because the parent may still ask. Until the parent does, the child is a zombie. Here the
 * parent takes 0.8 s to ask: look for the hatched span between the child's exit and the parent's wait4.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* The state letter of a process: R running, S sleeping, Z zombie … (proc(5), field 3 of stat). */
static char state_of(pid_t pid)
{
    char path[64], state = '?';
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    FILE *stat = fopen(path, "re"); /* → openat */
    if (stat == NULL)
        return '-'; /* no such process: it has been reaped */
    if (fscanf(stat, "%*d (%*[^)]) %c", &state) != 1) /* → read */
        warnx("cannot read %s", path);
    fclose(stat); /* → close */
    return state;
}

int main(void)
{
    setlinebuf(stdout);
    pid_t child = fork(); /* → clone */
    if (child == -1)
        err(EXIT_FAILURE, "fork");
    if (child == 0)
        _exit(3); /* → exit_group */

    usleep(800 * 1000); /* → clock_nanosleep: busy with something else; the child ended at once */
    printf("before wait: state %c\n", state_of(child)); /* → write */

    int status;
    if (waitpid(child, &status, 0) == -1) /* → wait4 */
        err(EXIT_FAILURE, "waitpid");
    printf("after wait:  state %c, exit code %d\n", state_of(child), WEXITSTATUS(status)); /* → write */
    return 0;
}
