/* expects: nothing */
/*
 * daemon - every step that turns a program into a daemon, each with its reason.
 *
 * On the timeline: three generations of lanes. The first two end at once, the third lives on without a
 * terminal, adopted by init (or by the nearest subreaper). It ends by itself after 0.6 s.
 */
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* Goes on in a child; the caller ends, so that whoever waits for it may carry on. */
static void continue_in_child(void)
{
    pid_t child = fork(); /* → clone */
    if (child == -1)
        err(EXIT_FAILURE, "fork");
    if (child > 0)
        _exit(EXIT_SUCCESS); /* → exit_group */
}

static void become_daemon(void)
{
    /* 1. The shell gets its prompt back, and we are surely no process group leader: setsid needs that. */
    continue_in_child();

    /* 2. A new session and process group: no controlling terminal, so no SIGHUP when it closes. */
    if (setsid() == -1)
        err(EXIT_FAILURE, "setsid");

    /* 3. A session leader could get a controlling terminal by opening one. Its child can not. */
    continue_in_child();

    /* 4. Stay in no directory that somebody may want to unmount. */
    if (chdir("/") == -1)
        err(EXIT_FAILURE, "chdir");

    /* 5. The modes of the files we make are our own choice, not inherited. */
    umask(0);

    /* 6. Let go of the terminal, but keep 0, 1 and 2 occupied: a file opened later must not get these
          numbers, or a stray printf would end up inside it. */
    int null = open("/dev/null", O_RDWR); /* → openat */
    if (null == -1)
        err(EXIT_FAILURE, "/dev/null");
    for (int fd = 0; fd <= 2; fd++)
        if (dup2(null, fd) == -1)
            _exit(EXIT_FAILURE);
    if (null > 2)
        close(null);
}

int main(void)
{
    puts("launcher: starting the daemon");
    fflush(stdout); /* → write: the launcher leaves by _exit, which flushes nothing */

    become_daemon();

    for (int beat = 0; beat < 3; beat++) /* a real one would serve; this one only lives */
        usleep(200 * 1000); /* → clock_nanosleep */
    return 0;
}
