/** What the rules about descriptors, pipes and files say. */

import type { FindingTexts } from './findingText.js';

export const descriptorTexts: FindingTexts = {
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
  'too-many-open-files': {
    title: 'Too many open files',
    message: '{0} failed: the process may have no more descriptors ({1} are open as far as the trace knows)',
    cases: { ENFILE: '{0} failed: the whole system has as many files open as it may have' },
    values: ['call', 'open'],
    explanation:
      'Each process may have RLIMIT_NOFILE descriptors (EMFILE), and the system as a whole those of /proc/sys/fs/file-max (ENFILE). Often descriptors are not closed on some way out, and pile up. A server that really needs that many raises its soft limit with setrlimit, and takes EMFILE from accept as a sign to wait.',
    steps: { last: 'the last one that there was room for', refused: 'the next one is refused' },
  },
  'close-twice': {
    title: 'Descriptor closed twice',
    message: 'descriptor {0} was closed a second time',
    values: ['fd'],
    explanation:
      "A number that was closed is free, and the next open or accept gets it. Closing it again fails with EBADF if nobody has; if another thread has, it closes what is that one's, and no error tells. Give a descriptor one owner, and set the variable to -1 after close.",
    steps: { opened: 'the descriptor is made', closed: 'closed', again: 'and closed again' },
  },
  'error-ignored': {
    title: 'Failed call taken for a success',
    message: '{1} failed with {2}, and {0} was called with -1 for a descriptor',
    cases: {
      unknown: '{0} was called with -1 for a descriptor',
      kill: '{1} failed with {2}, and {0} was called with -1 for a pid: that is every process that may be signalled',
    },
    values: ['call', 'maker', 'errno'],
    explanation:
      'open, socket, accept and their like return -1 when they fail, and say why in errno. -1 is no descriptor: whatever is done with it fails with EBADF, and that hides the first error. fork returns -1, too, and kill(-1) means everybody. Look at each result before it is used.',
    steps: { failed: 'the call fails, and returns -1', used: '-1 is used as if it had worked' },
  },
  'copy-loop-could-be-sendfile': {
    title: 'Copy loop that sendfile could do',
    message: '{0} went from {1} to {2} through a buffer, in {3} calls',
    values: ['bytes', 'from', 'to', 'calls'],
    explanation:
      'Each byte was copied into the process and out again. sendfile moves a file into a socket or pipe inside the kernel, copy_file_range a file into a file, splice anything from or into a pipe: fewer calls, and no copies through user memory.',
    steps: { opened: 'the file is opened', firstRead: 'the first piece is read', firstWrite: 'and written' },
  },
  'tiny-io': {
    title: 'A few bytes a call',
    message: '{0} on descriptor {1} moved {2} in {3} calls, one after the other',
    values: ['call', 'fd', 'bytes', 'calls'],
    explanation:
      'A system call costs about as much as copying some thousand bytes, whatever it moves. Read and write blocks of 4 KiB or more, or let stdio do so: getc and putc only call the kernel when their buffer is empty or full. A stream that was made unbuffered with setvbuf loses that.',
    steps: { first: 'the first of them', last: 'the last one, with nothing else in between' },
  },
  'limit-hit': {
    title: 'Limit hit',
    message: '{0} met a limit of the process',
    cases: {
      RLIMIT_FSIZE: '{0}: the file may not become any larger ({1})',
      RLIMIT_CPU: '{0}: the process has used up its processor time ({1})',
      RLIMIT_AS: '{0} was refused: the address space is limited ({1})',
      RLIMIT_DATA: '{0} was refused: the data segment is limited ({1})',
    },
    values: ['call', 'limit'],
    explanation:
      'Limits are inherited from the shell or the service manager (ulimit -a shows them). A write beyond RLIMIT_FSIZE raises SIGXFSZ, or fails with EFBIG if that is ignored; used-up processor time raises SIGXCPU each second, and SIGKILL at the hard limit; memory beyond RLIMIT_AS is refused with ENOMEM. The soft limit may be raised up to the hard one with setrlimit.',
    steps: { set: 'the limit is set', refused: 'and met', exit: 'the process is killed' },
  },
};
