/**
 * The systems that the product shows, detects and teaches: what each is, in two sentences, and where to read on.
 *
 * Right by the man pages. Texts are English and original; a view translates them with the text itself as the key.
 * This file is data that grows a few lines a row, so it passes 300 lines.
 */

export interface Concept {
  /** Stable, for links and for translation. */
  id: string;
  title: string;
  explanation: string;
  /** Where to read on, the closest first. */
  manPages: readonly string[];
}

export const concepts: readonly Concept[] = [
  {
    id: 'fork',
    title: 'fork: one call, two returns',
    explanation:
      "fork makes a copy of the process and returns in both: 0 in the child, the child's pid in the parent. Which of them runs first is not fixed, so nothing may depend on it.",
    manPages: ['fork(2)'],
  },
  {
    id: 'vfork',
    title: 'vfork: the parent stands still',
    explanation:
      "A vfork child borrows the parent's memory and stack, and the parent's thread stands still until the child executes a program or calls _exit. The child may do nothing else: not even return from the function or call exit.",
    manPages: ['vfork(2)', 'posix_spawn(3)'],
  },
  {
    id: 'clone',
    title: 'clone: processes and threads',
    explanation:
      'clone makes a child that shares with its creator what its flags name, and gets copies of the rest. A thread is a child that shares memory, descriptors, signal handlers and the thread group; a process shares none of these.',
    manPages: ['clone(2)', 'pthreads(7)'],
  },
  {
    id: 'exec',
    title: 'The exec family',
    explanation:
      'exec replaces the program of a process and keeps its pid, its parent and every descriptor that is not close-on-exec. On success it does not return; the other threads of the process end.',
    manPages: ['execve(2)', 'exec(3)'],
  },
  {
    id: 'zombie',
    title: 'Zombie processes',
    explanation:
      'A child that has ended stays as a zombie, an entry with its exit status, until its parent waits for it. A parent that never waits fills the process table; when the parent ends, the adopter reaps them.',
    manPages: ['wait(2)', 'signal(7)'],
  },
  {
    id: 'orphan',
    title: 'Orphans and subreapers',
    explanation:
      'When a parent ends first, each of its children goes to the nearest living ancestor that is marked as subreaper, else to the init process of its pid namespace. The adopter then has to wait for it.',
    manPages: ['prctl(2)', 'pid_namespaces(7)'],
  },
  {
    id: 'wait',
    title: 'Waiting for children',
    explanation:
      "waitpid's first argument chooses among children: above 0 one pid, -1 any, 0 the own process group, below -1 another group. WNOHANG returns at once when none has ended, and the status tells the exit code or the signal.",
    manPages: ['wait(2)'],
  },
  {
    id: 'sigchld',
    title: 'SIGCHLD',
    explanation:
      'The kernel sends SIGCHLD when a child ends, stops or continues; it merges while one is pending, so one signal can stand for many children. With SIG_IGN or SA_NOCLDWAIT the kernel reaps children by itself, while the default, which does nothing either, leaves zombies.',
    manPages: ['signal(7)', 'sigaction(2)', 'wait(2)'],
  },
  {
    id: 'sigpipe',
    title: 'SIGPIPE and EPIPE',
    explanation:
      'Writing to a pipe without a reader, or to a connection that is broken, sends SIGPIPE, which kills by default; ignored, the write fails with EPIPE. On TCP the first write after the peer has closed often succeeds and draws a reset, and the next one fails.',
    manPages: ['pipe(7)', 'send(2)', 'signal(7)'],
  },
  {
    id: 'daemon',
    title: 'Becoming a daemon',
    explanation:
      'A daemon leaves its terminal: fork and end the parent, setsid, fork again so that it can never get a terminal, chdir to a safe place, set umask and point descriptors 0 to 2 elsewhere. A service manager makes these steps needless.',
    manPages: ['daemon(7)', 'daemon(3)', 'setsid(2)'],
  },
  {
    id: 'session',
    title: 'Process groups, sessions and the terminal',
    explanation:
      "A session holds process groups, and one group is in the foreground of the session's controlling terminal: it gets the signals of Ctrl-C and Ctrl-Z. When the terminal goes, the session leader gets SIGHUP; nohup ignores it, setsid leaves the session.",
    manPages: ['credentials(7)', 'setpgid(2)', 'setsid(2)'],
  },
  {
    id: 'processStates',
    title: 'Process states',
    explanation:
      'A thread runs or is ready to run, sleeps in a call until something happens, is stopped by a signal or tracer, or is a zombie that waits to be reaped. A tracer of system calls sees the sleeping, the stops and the end, but not who has the processor.',
    manPages: ['proc(5)', 'ps(1)'],
  },
  {
    id: 'exitStatus',
    title: 'Exit codes and killing signals',
    explanation:
      'A process ends by exit with a code of which the parent sees the low 8 bits, or by a signal, maybe with a core dump. The parent learns which with the W macros; shells show a signal as 128 plus its number.',
    manPages: ['wait(2)', 'exit(3)'],
  },
  {
    id: 'pipe',
    title: 'Pipes',
    explanation:
      'A pipe carries bytes one way through a buffer in the kernel (64 KiB by default): reading waits while it is empty, writing while it is full. The reader sees end of file only after every copy of the write end is closed, its own included.',
    manPages: ['pipe(7)', 'pipe(2)'],
  },
  {
    id: 'fifo',
    title: 'FIFOs',
    explanation:
      'A FIFO is a pipe with a name in the file tree. Opening one end waits until the other end is opened; with O_NONBLOCK reading opens at once and writing fails with ENXIO while there is no reader.',
    manPages: ['fifo(7)', 'mkfifo(3)'],
  },
  {
    id: 'messageQueues',
    title: 'Message queues',
    explanation:
      'System V queues hold messages with types that a receiver can choose by; POSIX queues deliver the oldest message of the highest priority. Both outlive the processes that use them until they are removed.',
    manPages: ['mq_overview(7)', 'sysvipc(7)', 'msgop(2)'],
  },
  {
    id: 'sharedMemory',
    title: 'Shared memory',
    explanation:
      'Processes share memory by a MAP_SHARED mapping (of a file, of shm_open, or anonymous and inherited by fork) or by a System V segment. Nothing orders their accesses, so a semaphore or mutex goes with it; named objects stay until they are removed.',
    manPages: ['shm_overview(7)', 'mmap(2)', 'shmget(2)'],
  },
  {
    id: 'semaphores',
    title: 'Semaphores',
    explanation:
      'A semaphore is a counter: waiting lowers it and sleeps while it is 0, posting raises it and wakes a waiter. POSIX semaphores live in memory and ask the kernel (futex) only when somebody must wait; System V ones change in sets by semop.',
    manPages: ['sem_overview(7)', 'semop(2)', 'futex(7)'],
  },
  {
    id: 'unixSockets',
    title: 'UNIX sockets and passing descriptors',
    explanation:
      'UNIX sockets connect processes of one machine as streams, datagrams or sequenced packets, and can pass open descriptors with SCM_RIGHTS. Binding makes a socket file that stays after the server ends, so a new bind fails with EADDRINUSE until the file is unlinked.',
    manPages: ['unix(7)', 'cmsg(3)', 'sendmsg(2)'],
  },
  {
    id: 'tcp',
    title: 'TCP connections',
    explanation:
      'A server calls socket, bind, listen and accept, a client socket and connect; the kernel does the handshake before accept returns. shutdown ends one direction for all copies of the socket, close only this descriptor; after a close, TIME_WAIT can keep the port from a new bind unless SO_REUSEADDR is set.',
    manPages: ['tcp(7)', 'listen(2)', 'accept(2)', 'shutdown(2)'],
  },
  {
    id: 'signals',
    title: 'Signals',
    explanation:
      'Standard signals (1 to 31) merge while one is pending; real-time signals (SIGRTMIN to SIGRTMAX, 34 to 64 in programs that use glibc) queue and carry a value. A handler may call only functions that are safe in handlers; each thread has its own mask, while handlers belong to the process.',
    manPages: ['signal(7)', 'signal-safety(7)', 'sigaction(2)'],
  },
  {
    id: 'multiplexing',
    title: 'select, poll and epoll',
    explanation:
      "select and poll hand over all their descriptors in every call, and the kernel looks at each; select's sets end at 1023 on every machine, poll takes an array of any length. epoll keeps an interest list in the kernel, and each wait copies out only the ready events.",
    manPages: ['epoll(7)', 'poll(2)', 'select(2)'],
  },
  {
    id: 'edgeTriggered',
    title: 'Level-triggered and edge-triggered',
    explanation:
      'Level-triggered, epoll reports a descriptor as long as it is ready; edge-triggered, only when something new comes, so the program has to read or write until EAGAIN on a non-blocking descriptor. EPOLLONESHOT reports once until it is armed again, and EPOLLEXCLUSIVE wakes fewer of several waiters.',
    manPages: ['epoll(7)', 'epoll_ctl(2)'],
  },
  {
    id: 'reactor',
    title: 'The reactor pattern',
    explanation:
      'One loop waits for events and calls the handler of each ready descriptor, which works without ever waiting. When output does not fit, the handler asks to hear of room (EPOLL_CTL_MOD with EPOLLOUT) and goes back to reading after it was written.',
    manPages: ['epoll(7)', 'epoll_ctl(2)'],
  },
  {
    id: 'thunderingHerd',
    title: 'Thundering herd',
    explanation:
      'When several workers wait for one listening socket through epoll, a connection can wake many of them: one accepts, the others get EAGAIN and have woken for nothing. The kernel wakes only one of those that wait in accept itself; EPOLLEXCLUSIVE, or one SO_REUSEPORT socket a worker, cures the rest.',
    manPages: ['epoll_ctl(2)', 'socket(7)', 'accept(2)'],
  },
  {
    id: 'ioModels',
    title: 'I/O models',
    explanation:
      'A thread can wait inside the call (blocking), try and get EAGAIN (non-blocking), wait for many descriptors at once (multiplexed), be told by SIGIO (signal-driven), or hand over the whole operation and learn of its end (asynchronous: aio, io_uring). Only the last needs no further call that copies the data.',
    manPages: ['fcntl(2)', 'aio(7)', 'io_uring(7)', 'epoll(7)'],
  },
  {
    id: 'mmap',
    title: 'The rules of mmap',
    explanation:
      "A file mapping needs a file open for reading (and for writing too, if shared and writable), a length above 0 and a page-aligned offset; it outlives the descriptor. It shows the page cache itself, which saves the copy into a buffer; touching a page past the file's end gives SIGBUS, and failure is MAP_FAILED, not NULL.",
    manPages: ['mmap(2)', 'msync(2)'],
  },
  {
    id: 'zeroCopy',
    title: 'Zero copy',
    explanation:
      'A read and write loop copies every byte into user memory and back and needs two calls a buffer. sendfile, splice, tee and copy_file_range move bytes inside the kernel; mmap with write saves one of the two copies.',
    manPages: ['sendfile(2)', 'splice(2)', 'tee(2)', 'copy_file_range(2)'],
  },
  {
    id: 'addressSpace',
    title: 'The virtual address space',
    explanation:
      'From low to high, a process typically has an unmapped first page, its program (.text, .data, .bss), the heap that brk moves, then mappings and libraries, and the stack near the top. An access outside of a mapping, or against its protection, gives SIGSEGV.',
    manPages: ['proc(5)', 'elf(5)', 'brk(2)'],
  },
  {
    id: 'copyOnWrite',
    title: 'Copy on write',
    explanation:
      'After fork, parent and child share all private pages read-only, and the first write to one makes a copy of that page alone. Shared mappings stay shared, so both see the changes.',
    manPages: ['fork(2)', 'mmap(2)'],
  },
  {
    id: 'stdio',
    title: 'Buffers of stdio',
    explanation:
      'stdio gathers output in memory: by line to a terminal, in full blocks to a file or pipe, not at all for stderr. fork copies what is still in the buffer, so both processes write it; fflush before fork, or _exit in the child, prevents that.',
    manPages: ['stdio(3)', 'setbuf(3)', 'fork(2)'],
  },
  {
    id: 'descriptors',
    title: 'File descriptors',
    explanation:
      'A descriptor is a small number in a table of the process that leads to an open file with its position and flags. fork and dup make more descriptors of the same open file, so they share its position; the number of descriptors is bounded by RLIMIT_NOFILE.',
    manPages: ['open(2)', 'dup(2)', 'getrlimit(2)'],
  },
  {
    id: 'fileTypes',
    title: 'File types',
    explanation:
      'There are seven: regular file (-), directory (d), symbolic link (l), socket (s), pipe or FIFO (p), block device (b) and character device (c). Not every call works on each: only some can seek, be mapped or be watched.',
    manPages: ['inode(7)', 'stat(2)'],
  },
  {
    id: 'inodes',
    title: 'Names, inodes and unlink',
    explanation:
      'A directory entry is a name for an inode, and an inode can have several (hard links, on one filesystem). unlink removes a name; the file lives on while a name or an open descriptor is left.',
    manPages: ['inode(7)', 'link(2)', 'unlink(2)'],
  },
  {
    id: 'deadlock',
    title: 'Deadlock and livelock',
    explanation:
      'A deadlock needs four things at once: exclusive use, holding while waiting, no taking away, and a circle of waiters; one fixed order of locks breaks the circle. In a livelock the threads keep running and retrying, yet none gets on.',
    manPages: ['pthread_mutex_lock(3p)', 'futex(7)'],
  },
  {
    id: 'locks',
    title: 'Mutex, spin lock and condition variable',
    explanation:
      'A mutex sleeps in futex when somebody else holds it, a spin lock burns the processor instead and makes no call. A condition variable releases the mutex while it waits, and since it can wake without reason, the condition is checked in a loop.',
    manPages: ['futex(7)', 'pthread_mutex_lock(3p)', 'pthread_cond_wait(3p)'],
  },
  {
    id: 'fileLocks',
    title: 'File locks',
    explanation:
      'flock locks belong to the open file and pass to children by fork; fcntl locks belong to the process and go when it closes any descriptor of that file. Both only hold back programs that ask; a daemon keeps its PID file locked as long as it lives.',
    manPages: ['flock(2)', 'fcntl(2)'],
  },
  {
    id: 'threads',
    title: 'Threads',
    explanation:
      'The threads of a process share memory, descriptors, signal handlers and ids, and each has its own stack, signal mask and errno. exit_group, exec or a deadly signal ends all of them; pthread_join waits on a futex that the kernel clears when a thread ends.',
    manPages: ['pthreads(7)', 'clone(2)', 'exit_group(2)'],
  },
  {
    id: 'namespaces',
    title: 'Namespaces and cgroups',
    explanation:
      'A namespace gives its processes a view of their own: mounts, pids, network, host name, ipc, users, cgroups or clocks. A cgroup bounds what its processes use; making most namespaces needs CAP_SYS_ADMIN or a user namespace.',
    manPages: ['namespaces(7)', 'cgroups(7)', 'unshare(2)'],
  },
  {
    id: 'errors',
    title: 'Error codes',
    explanation:
      'A failed call returns -1 and says why in errno, which means nothing after a success. Some errors ask for another try (EINTR, EAGAIN after waiting), some tell of the peer (EPIPE, ECONNRESET), some of a mistake in the program (EBADF, EFAULT).',
    manPages: ['errno(3)', 'signal(7)'],
  },
  {
    id: 'time',
    title: 'Where time goes',
    explanation:
      'Real time is time on the processor in the program (user) and in the kernel for it (sys), plus waiting. With several threads, user and sys together can exceed real time.',
    manPages: ['time(1)', 'time(7)', 'getrusage(2)'],
  },
  {
    id: 'limits',
    title: 'Limits',
    explanation:
      'Each process has soft limits that take effect and hard limits up to which it may raise them; children inherit both. Reaching one shows as an error (EMFILE, EAGAIN, ENOMEM) or a signal (SIGXCPU, SIGXFSZ, or SIGSEGV for the stack).',
    manPages: ['getrlimit(2)', 'limits.conf(5)'],
  },
  {
    id: 'bound',
    title: 'CPU-bound and I/O-bound',
    explanation:
      'A program that spends its time computing gains from more processors, one that spends it in waiting calls gains from waiting for several things at once. Between its system calls a trace sees computing and waiting for a processor as one.',
    manPages: ['time(7)', 'sched(7)', 'getrusage(2)'],
  },
  {
    id: 'prefork',
    title: 'Master and workers',
    explanation:
      'A master process opens the listening sockets and forks workers that inherit them and serve connections; it restarts those that end and hands out signals. nginx and other servers are built so, and each worker runs an event loop.',
    manPages: ['fork(2)', 'epoll(7)', 'socket(7)'],
  },
];

/** A concept by its id; undefined when there is none. */
export function concept(id: string): Concept | undefined {
  return concepts.find(c => c.id === id);
}
