/* pingPong TIMES [MICROSECONDS]: two processes that pass a byte to and fro, one of which computes for so long each time. Without that it
 * is nearly nothing but system calls, half of which block: what a tracer, and whoever follows it, slows most. */

#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Of processor time, so that waiting for a processor makes the program longer. */
static void compute(long microseconds) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  long long end = now.tv_sec * 1000000000LL + now.tv_nsec + microseconds * 1000LL;
  do {
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  } while (now.tv_sec * 1000000000LL + now.tv_nsec < end);
}

int main(int argc, char **argv) {
  int times = argc > 1 ? atoi(argv[1]) : 0;
  long work = argc > 2 ? atol(argv[2]) : 0;
  int there[2], back[2];
  char byte = 'x';
  if (pipe(there) != 0 || pipe(back) != 0) return 1;
  if (fork() == 0) {
    for (int i = 0; i < times; i++)
      if (read(there[0], &byte, 1) != 1 || write(back[1], &byte, 1) != 1) return 1;
    return 0;
  }
  for (int i = 0; i < times; i++) {
    if (write(there[1], &byte, 1) != 1 || read(back[0], &byte, 1) != 1) return 1;
    if (work > 0) compute(work);
  }
  wait(NULL);
  return 0;
}
