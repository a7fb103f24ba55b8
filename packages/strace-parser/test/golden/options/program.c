/*
 * The traced program of this folder: a pipe, a child that fails, a thread that is killed while it waits, a socket, epoll, a
 * signal. Small on purpose; record.sh traces it under options that change strace's output.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static int idle[2];

static void onUser(int signo) { (void)signo; }

static void *wait_for_ever(void *unused) {
  char byte;
  (void)unused;
  if (read(idle[0], &byte, 1) < 0) return NULL;
  return NULL;
}

int main(void) {
  int ends[2];
  char text[16] = "";
  struct stat facts;
  struct sigaction action = {.sa_handler = onUser};
  struct iovec parts[2] = {{"a) = 3", 6}, {"<b>\n\"", 5}};
  struct epoll_event event = {.events = EPOLLIN | EPOLLET, .data.u64 = 0x7f0012345678};

  prctl(PR_SET_NAME, "odd <\"name>");
  if (pipe2(ends, O_CLOEXEC) < 0 || pipe(idle) < 0) return 1;
  sigaction(SIGUSR1, &action, NULL);
  pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    usleep(5000);
    if (write(ends[1], "caf\xc3\xa9\n", 6) < 0) _exit(1);
    kill(getppid(), SIGUSR1);
    _exit(3);
  }
  close(ends[1]);
  if (read(ends[0], text, sizeof text) < 0) return 1;
  while (waitpid(child, NULL, 0) < 0) continue;

  printf("half a line");
  fflush(stdout);
  printf(" and its end\nnext line\n");
  fflush(stdout);

  mkdir("/tmp/strace-parser-golden", 0700);
  int file = open("/tmp/strace-parser-golden/o\"dd <file>", O_RDWR | O_CREAT | O_EXCL, 0640);
  unlink("/tmp/strace-parser-golden/o\"dd <file>");
  fstat(file, &facts);
  rmdir("/tmp/strace-parser-golden");
  if (writev(open("/dev/null", O_WRONLY), parts, 2) < 0) return 1;
  close(99);

  int watcher = epoll_create1(EPOLL_CLOEXEC);
  int counter = eventfd(3, EFD_NONBLOCK);
  epoll_ctl(watcher, EPOLL_CTL_ADD, counter, &event);
  epoll_wait(watcher, &event, 1, 10);
  struct pollfd polled = {.fd = counter, .events = POLLIN | POLLOUT};
  poll(&polled, 1, 10);
  fd_set none;
  FD_ZERO(&none);
  select(0, &none, NULL, NULL, &(struct timeval){0, 1000});

  int sockets[2];
  socketpair(AF_UNIX, SOCK_STREAM, 0, sockets);
  int tcp = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  bind(tcp, (struct sockaddr *)&address, sizeof address);
  listen(tcp, 1);
  connect(tcp, (struct sockaddr *)&address, sizeof address);

  sigset_t set;
  sigfillset(&set);
  sigdelset(&set, SIGINT);
  sigprocmask(SIG_SETMASK, &set, NULL);

  pthread_t thread;
  pthread_create(&thread, NULL, wait_for_ever, NULL);
  usleep(20000);
  return 7;
}
