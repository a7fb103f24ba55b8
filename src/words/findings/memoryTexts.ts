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
};
