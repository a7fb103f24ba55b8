/* timed free|one COMMAND...: runs the command and prints what it took, with all that it waited for, as JSON: milliseconds of time, of
 * user time and of system time. `one` keeps it and its children on one processor. */

#define _GNU_SOURCE
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* The last but one of the processors that this process may use: the first ones serve most interrupts, and the follower keeps to the last. */
static int keepOnOne(void) {
  cpu_set_t allowed, one;
  if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) return -1;
  int last = 0, before = 0;
  for (int cpu = 0; cpu < CPU_SETSIZE; cpu++)
    if (CPU_ISSET(cpu, &allowed)) before = last, last = cpu;
  CPU_ZERO(&one);
  CPU_SET(before, &one);
  return sched_setaffinity(0, sizeof one, &one);
}

static double ms(struct timeval time) { return time.tv_sec * 1e3 + time.tv_usec / 1e3; }

int main(int argc, char **argv) {
  if (argc < 3) return 2;
  struct timespec begin, end;
  clock_gettime(CLOCK_MONOTONIC, &begin);
  pid_t child = fork();
  if (child == 0) {
    if (strcmp(argv[1], "one") == 0 && keepOnOne() != 0) _exit(126);
    execvp(argv[2], argv + 2);
    _exit(127);
  }
  int status;
  struct rusage used;
  if (child < 0 || wait4(child, &status, 0, &used) != child) return 1;
  clock_gettime(CLOCK_MONOTONIC, &end);
  double wall = (end.tv_sec - begin.tv_sec) * 1e3 + (end.tv_nsec - begin.tv_nsec) / 1e6;
  printf("{\"wall\":%.3f,\"user\":%.3f,\"system\":%.3f}\n", wall, ms(used.ru_utime), ms(used.ru_stime));
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
