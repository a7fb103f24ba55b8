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
  'copy-loop-could-be-sendfile': {
    title: 'Copy loop that sendfile could do',
    message: '{0} went from {1} to {2} through a buffer, in {3} calls',
    values: ['bytes', 'from', 'to', 'calls'],
    explanation:
      'Each byte was copied into the process and out again. sendfile moves a file into a socket or pipe inside the kernel, copy_file_range a file into a file, splice anything from or into a pipe: fewer calls, and no copies through user memory.',
    steps: { opened: 'the file is opened', firstRead: 'the first piece is read', firstWrite: 'and written' },
  },
};
