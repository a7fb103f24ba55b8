/* Groups, sessions, ids, namespaces and names: a child leads a session, its child a group; one gives up being root. Run as root. */
#define _GNU_SOURCE
#include <grp.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    gid_t groups[] = {4, 5};
    prctl(PR_SET_NAME, "parent-with-a-long-name");
    if (fork() == 0) {
        setsid();
        pid_t child = fork();
        if (child == 0) {
            setpgid(0, 0);
            prctl(PR_SET_NAME, "grandchild");
            _exit(0);
        }
        wait(NULL);
        _exit(0);
    }
    wait(NULL);
    if (fork() == 0) {
        setgroups(2, groups);
        setresgid(100, 100, -1);
        setreuid(-1, 1000); /* real 0, effective 1000, saved 1000 */
        seteuid(0);
        setuid(1001);       /* all three */
        if (setuid(0) == 0)
            _exit(1);
        _exit(0);
    }
    wait(NULL);
    if (unshare(CLONE_NEWUTS) == 0)
        getppid();
    return 0;
}
