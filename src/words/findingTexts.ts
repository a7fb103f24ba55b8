/**
 * What each rule of src/trace/findings says: one sentence about this case, an explanation that is right by the man pages, and what
 * each event of the evidence is there for. Placeholders are filled from the finding's values, in the order of `values`.
 */

export interface FindingText {
  title: string;
  /** `{0}`, `{1}` …: the values named in `values`. Times and sizes are put into words by their names (`…Ns`, `bytes`). */
  message: string;
  values: readonly string[];
  explanation: string;
  steps: Readonly<Record<string, string>>;
}

const created = 'the child is created';
const childExit = 'the child ends';

export const findingTexts: Readonly<Record<string, FindingText>> = {
  zombie: {
    title: 'Zombie',
    message: 'child {0} was dead for {1} before anybody waited for it',
    values: ['child', 'zombieNs'],
    explanation:
      'A process that has ended stays in the process table until its parent asks how it ended. Until then it is a zombie: it holds a pid and nothing else. Call waitpid soon after SIGCHLD, in a loop with WNOHANG, or set SIGCHLD to SIG_IGN if the status does not matter.',
    steps: { created, exit: childExit, reap: 'it is reaped, late' },
  },
  'zombie-never-reaped': {
    title: 'Zombie that nobody reaped',
    message: 'child {0} was a zombie for {1}, until its parent ended',
    values: ['child', 'zombieNs'],
    explanation:
      'The parent never waited for this child. When the parent ended, init (or the nearest subreaper) inherited the zombie and reaped it. In a program that runs for long such children add up, until fork fails with EAGAIN because no pid is left.',
    steps: { created, exit: childExit, parentExit: 'the parent ends without having waited' },
  },
  'lost-sigchld': {
    title: 'Lost SIGCHLD',
    message: 'child {0} ended, and the SIGCHLD handler did not reap it',
    values: ['child'],
    explanation:
      'Standard signals do not queue: while one SIGCHLD is pending, further ones are merged into it. So one signal can stand for several children, and a handler that waits once reaps only one of them. Call waitpid(-1, &status, WNOHANG) in a loop until it returns 0 or -1.',
    steps: {
      exit: childExit,
      signal: 'SIGCHLD arrives, perhaps for several children',
      wait: 'the handler waits once',
      handlerEnd: 'it returns without asking for more',
    },
  },
  orphan: {
    title: 'Orphan',
    message: 'outlived its parent by {0}',
    values: ['outlivedNs'],
    explanation:
      'The parent of this process ended first. The kernel gave it to the nearest ancestor that is a subreaper, or to init, which reaps it. That is how daemons start; in other programs a wait is missing.',
    steps: { created: 'the process is created', parentExit: 'its parent ends first' },
  },
  'et-not-drained': {
    title: 'Edge-triggered descriptor not read until EAGAIN',
    message: 'descriptor {0}: one read filled its buffer ({1} bytes), then the thread slept for {2}',
    values: ['fd', 'read', 'sleptNs'],
    explanation:
      'With EPOLLET, epoll_wait reports that something arrived, not that something is there. A read that fills its buffer may have left bytes behind, and no event will tell of them until more arrive. Read until the call fails with EAGAIN or returns less than was asked for.',
    steps: {
      ready: 'epoll reports the descriptor, once',
      served: 'the last read fills its buffer',
      sleep: 'the thread waits for the next event',
    },
  },
  'et-blocking-fd': {
    title: 'Edge-triggered on a blocking descriptor',
    message: 'descriptor {0} is blocking: {1} slept for {2}',
    values: ['fd', 'call', 'sleptNs'],
    explanation:
      'An edge-triggered descriptor has to be read until EAGAIN, and a blocking descriptor never says EAGAIN: the last call of the loop sleeps, and all other descriptors of that thread wait with it. Set O_NONBLOCK (or SOCK_NONBLOCK) on every descriptor that is watched with EPOLLET.',
    steps: {
      ready: 'epoll reports the descriptor',
      served: 'the first call on it',
      asleep: 'a call on it goes to sleep',
    },
  },
  'et-accept-not-looped': {
    title: 'Edge-triggered listener, one accept an event',
    message: 'listener {0}: one connection was accepted, then the thread slept for {1}',
    values: ['fd', 'sleptNs'],
    explanation:
      'Several connections can arrive before epoll_wait returns, and with EPOLLET they are one event. Those that are not accepted now wait until another client happens to connect. Call accept until it fails with EAGAIN, or watch the listener level-triggered.',
    steps: {
      ready: 'epoll reports the listener, once',
      accepted: 'one connection is accepted',
      sleep: 'the thread waits for the next event',
    },
  },
  'thundering-herd': {
    title: 'Thundering herd',
    message: 'listener {0}: {1} workers woke up {2} times in vain for {3} connections',
    values: ['fd', 'workers', 'vain', 'accepted'],
    explanation:
      'Every worker watches the same listener, so one connection wakes all of them; one gets it, and accept fails with EAGAIN in the others. Add EPOLLEXCLUSIVE to the registration, so that one or a few are woken, or give each worker a listener of its own with SO_REUSEPORT.',
    steps: {
      won: 'one worker gets the connection',
      woken: 'another worker is woken for it, too',
      vain: 'its accept finds nothing',
    },
  },
  'busy-poll': {
    title: 'Busy polling',
    message: '{0} on descriptor {1} was called {2} times in {3} and had nothing to give',
    values: ['call', 'fd', 'calls', 'lastedNs'],
    explanation:
      'The call does not wait, and the loop asks again at once: that keeps a processor busy with nothing. Wait with poll or epoll_wait until the descriptor is ready, or let the call block.',
    steps: { first: 'the first vain call', last: 'the last one, with nothing but the same in between' },
  },
  'sigpipe-death': {
    title: 'Killed by SIGPIPE',
    message: 'killed in {0} on descriptor {1}: nobody reads there any more',
    values: ['call', 'fd'],
    explanation:
      'Writing to a pipe without readers, or to a connection that the peer has closed, raises SIGPIPE, and its default action is to end the process. A server should not end because a client leaves: ignore SIGPIPE, or send with MSG_NOSIGNAL, and handle EPIPE.',
    steps: { write: 'the write finds no reader', signal: 'SIGPIPE is delivered', exit: 'the process is killed' },
  },
  'eintr-not-retried': {
    title: 'Interrupted call not made again',
    message: '{0} on descriptor {1} was interrupted by {2} and not made again',
    values: ['call', 'fd', 'signal'],
    explanation:
      'A signal whose handler was installed without SA_RESTART makes a blocked call fail with EINTR. Nothing was transferred and nothing is lost; the call only has to be made again. Retry in a loop while errno is EINTR, or install the handler with SA_RESTART.',
    steps: {
      cut: 'the call is interrupted',
      signal: 'by this signal',
      eintr: 'the handler returns, and the call fails with EINTR',
      instead: 'the program gives up',
    },
  },
  'pipe-reader-hangs': {
    title: 'Pipe reader waits for itself',
    message: 'waits for the end of the pipe on descriptor {0}, and holds its write end itself as descriptor {1}',
    values: ['fd', 'writeFd'],
    explanation:
      'A reader of a pipe sees end of file when the last descriptor of the write end is closed, in whichever process that is. This process got a copy of the write end from fork and is the only one that still holds it. Close the end that is not used right after fork.',
    steps: {
      inherited: 'the write end comes into this process',
      lastClose: 'the other holder closes it',
      read: 'the read that can never return',
    },
  },
  'fifo-open-blocked': {
    title: 'FIFO opened by one side only',
    message: 'open of {0} waited for {1} for the other end',
    values: ['path', 'waitedNs'],
    explanation:
      'Opening a FIFO for reading waits until somebody opens it for writing, and the other way round. Nobody did. Two processes that open two FIFOs in opposite order wait for each other for ever; open them in the same order, or with O_NONBLOCK (which fails with ENXIO for a writer without a reader).',
    steps: { open: 'the open that waits', exit: 'the process is killed, still waiting' },
  },
  'addr-in-use': {
    title: 'Address already in use',
    message: 'bind to {0} failed: the address is in use',
    values: ['address'],
    explanation:
      'The name of a UNIX socket stays in the file system when the socket is closed: unlink it before bind. A TCP port stays taken for about a minute after its server closed a connection first (TIME_WAIT): set SO_REUSEADDR before bind. If another server really listens there, this one must not start.',
    steps: { earlierBind: 'the address was bound before', bind: 'and cannot be bound again' },
  },
  'missing-cloexec': {
    title: 'Descriptor leaked into another program',
    message: '{1} was still open, as descriptor {0}, when {2} was executed; that never used it',
    values: ['fd', 'what', 'image'],
    explanation:
      'Descriptors stay open across execve unless they are marked close-on-exec. The new program can read and write what it was never meant to see, and files and connections stay open for as long as it runs. Open with O_CLOEXEC, SOCK_CLOEXEC or accept4, so that no thread can fork in between.',
    steps: {
      opened: 'opened without close-on-exec',
      created: 'the child gets a copy',
      exec: 'the new program still has it',
    },
  },
  'fd-leak': {
    title: 'Descriptor leak',
    message: '{0} is open {1} times at once',
    values: ['path', 'open'],
    explanation:
      'The process opens the same file again and again and does not close it. Each takes a number from the table, and at the limit (RLIMIT_NOFILE) open fails with EMFILE. Close what is no longer needed, also on the ways out of a function that report an error.',
    steps: { first: 'opened for the first time', second: 'opened again', last: 'and once more' },
  },
  'vfork-child-misbehaves': {
    title: 'vfork child does more than it may',
    message: 'a vfork child called {0} before it executed a program or left',
    values: ['call'],
    explanation:
      "Until a vfork child calls execve or _exit it runs in its parent's memory, on its parent's stack, and the parent's thread stands still. Anything else it does is undefined behaviour. Use fork, or posix_spawn, which does the usual steps between the two.",
    steps: { created: 'vfork: the parent is suspended', work: 'the child works meanwhile' },
  },
  deadlock: {
    title: 'Deadlock',
    message: 'all {0} threads wait for one another, {1} of them for locks, for {2}',
    values: ['threads', 'locks', 'stuckNs'],
    explanation:
      'Every thread of the process waits for a lock or for another thread, without a time limit, so nobody is left to wake anybody. Usually two threads took two locks in opposite order, or one took the same lock twice. Take locks in one fixed order everywhere.',
    steps: { lock: 'this thread waits for a lock', join: 'this thread waits for another one' },
  },
  'mmap-eacces': {
    title: 'mmap asks for more than the descriptor allows',
    message: 'mmap of descriptor {0} with {1}, {2} was refused: it was not opened for that',
    values: ['fd', 'protection', 'flags'],
    explanation:
      'The descriptor must be open for reading whatever the protection, and for reading and writing when a shared mapping is to be written. A private mapping may be written with a descriptor that is open for reading only.',
    steps: { opened: 'how the file was opened', refused: 'the mapping that this does not allow' },
  },
  'mmap-zero-length': {
    title: 'mmap of length 0',
    message: 'mmap of descriptor {0} with length 0 was refused',
    values: ['fd'],
    explanation:
      'A mapping of no bytes fails with EINVAL. The length is often the size of a file, and the file was empty: look at st_size first and treat an empty file as a case of its own.',
    steps: { opened: 'the file', refused: 'the mapping of nothing' },
  },
  'mmap-unaligned': {
    title: 'mmap at an offset inside a page',
    message: 'mmap of descriptor {0} at offset {1} was refused',
    values: ['fd', 'offset'],
    explanation:
      'Memory is mapped in pages, so the offset in the file must be a multiple of the page size (sysconf(_SC_PAGESIZE)). Map from the page that holds the first byte, and add the rest to the address that mmap returns.',
    steps: { opened: 'the file', refused: 'the mapping that starts inside a page' },
  },
  'munmap-mismatch': {
    title: 'munmap of what mmap did not return',
    message: 'munmap of {0} bytes was refused: that address is not the start of a page, or the length is wrong',
    values: ['length'],
    explanation:
      'munmap takes the address that mmap returned, or a page inside that mapping, and a length that is not 0. A pointer that was moved along while reading is not that address any more: keep the original.',
    steps: { refused: 'the call that was refused' },
  },
  sigbus: {
    title: 'SIGBUS: mapping touched past the end of its file',
    message: 'byte {1} of the mapping of {0} lies past the end of the file',
    values: ['path', 'at'],
    explanation:
      'A file can be mapped beyond its end, but touching a page that lies wholly past the end raises SIGBUS. Make the file long enough with ftruncate first, and do not shrink a file that somebody has mapped.',
    steps: { mapped: 'the file is mapped', fault: 'a page without file is touched' },
  },
  'copy-loop-could-be-sendfile': {
    title: 'Copy loop that sendfile could do',
    message: '{0} went from {1} to {2} through a buffer, in {3} calls',
    values: ['bytes', 'from', 'to', 'calls'],
    explanation:
      'Each byte was copied into the process and out again. sendfile moves a file into a socket or pipe inside the kernel, copy_file_range a file into a file, splice anything from or into a pipe: fewer calls, and no copies through user memory.',
    steps: { opened: 'the file is opened', firstRead: 'the first piece is read', firstWrite: 'and written' },
  },
};
