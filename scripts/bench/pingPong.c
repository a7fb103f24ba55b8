/* pingPong TIMES: two processes that pass a byte to and fro. Nearly nothing but system calls, half of which block: what a tracer, and
 * whoever follows it, slows most. */

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv) {
  int times = argc > 1 ? atoi(argv[1]) : 0;
  int there[2], back[2];
  char byte = 'x';
  if (pipe(there) != 0 || pipe(back) != 0) return 1;
  if (fork() == 0) {
    for (int i = 0; i < times; i++)
      if (read(there[0], &byte, 1) != 1 || write(back[1], &byte, 1) != 1) return 1;
    return 0;
  }
  for (int i = 0; i < times; i++)
    if (write(there[1], &byte, 1) != 1 || read(back[0], &byte, 1) != 1) return 1;
  wait(NULL);
  return 0;
}
