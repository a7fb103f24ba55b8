/** A file that was made in the folder for temporary files, with a name of its own, is still there when everybody has ended. */

import { leftBehindRule } from './leftBehindRule.js';

export const tempFileLeft = leftBehindRule(
  {
    id: 'temp-file-left',
    severity: 'info',
    concept: 'inodes',
    manPages: ['mkstemp(3)', 'unlink(2)', 'tmpfile(3)'],
  },
  'file',
  () => 'info',
);
