/** What the rules about memory say. */

import type { FindingTexts } from './findingText.js';

export const memoryTexts: FindingTexts = {
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
  'mmap-failed-used': {
    title: 'Failed mmap used as memory',
    message: 'mmap failed, and the program was killed when it used the address that it got',
    cases: { munmap: 'mmap failed, and what it returned was given to munmap' },
    values: [],
    explanation:
      'When mmap fails it returns MAP_FAILED, which is -1 and not NULL; a test for NULL does not notice. Nothing is ever mapped at that address, so the first access is a fault, and munmap fails with EINVAL. Compare the result with MAP_FAILED before it is used.',
    steps: {
      failed: 'mmap fails',
      fault: 'its result is used as an address',
      exit: 'the process is killed',
      unmapped: 'its result is unmapped',
    },
  },
  segfault: {
    title: 'Segmentation fault',
    message: 'killed by SIGSEGV at {0}: nothing is mapped there',
    cases: {
      null: 'killed by SIGSEGV at {0}: a null pointer was followed',
      file: 'killed by SIGSEGV at {0}, in {1}, which is mapped with the rights {2} only',
      memory: 'killed by SIGSEGV at {0}, in memory that is mapped with the rights {2} only',
      guard: 'killed by SIGSEGV at {0}, in memory without any rights: the guard page at the end of a stack, as a rule',
      protected: 'killed by SIGSEGV at {0}: that memory is there, but not for this (code and constants are read-only)',
      pastHeap: 'killed by SIGSEGV at {0}, behind the end of the heap',
      stack: 'killed by SIGSEGV at {0}, below the stack: it could not grow any further',
      afterMunmap: 'killed by SIGSEGV at {0}, in memory that had been unmapped',
      noAddress: 'killed by SIGSEGV, and the processor named no address: the pointer was none, or misaligned',
    },
    values: ['address', 'path', 'rights'],
    explanation:
      'SIGSEGV tells of an access to an address where nothing is mapped, or where the mapping does not allow it; its default action ends the process. Where the address lies says most of the cause: near 0 a null pointer, behind the heap a block that was too short for its index, below the stack recursion without end. A debugger, or the core file (ulimit -c), shows the line.',
    steps: { mapped: 'what is, or was, mapped there', fault: 'the access', exit: 'the process is killed' },
  },
};
