// The shell runs a pipeline of three programs, found along PATH.
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    setenv("PATH", "/nowhere:/usr/bin:/bin", 1);
    int status = system("echo one two | tr a-z A-Z | wc -w");
    return WEXITSTATUS(status);
}
