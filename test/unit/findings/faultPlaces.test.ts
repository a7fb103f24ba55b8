/** Where a fault lies, in words: each place of the address space that a segmentation fault is told of. */

import assert from 'node:assert/strict';
import { findingWords } from '../../../src/words/findingWords.js';
import { plainTranslate } from '../../../src/words/translate.js';
import { traceOf } from './traceText.js';

const started = `10 0.0 execve("./p", ["./p"], 0x1 /* 3 vars */) = 0 <0.000100>
  10 0.0 brk(NULL) = 0x560000000000 <0.000010>
  10 0.0 brk(0x560000021000) = 0x560000021000 <0.000010>\n`;
const anonymous = (protection: string, flags = ''): string =>
  `10 0.1 mmap(NULL, 8192, ${protection}, MAP_PRIVATE|MAP_ANONYMOUS${flags}, -1, 0) = 0x7f0000000000 <0.000010>\n`;
const file = '10 0.1 mmap(NULL, 8192, PROT_READ, MAP_PRIVATE, 3</usr/share/words>, 0) = 0x7f0000000000 <0.000010>\n';
const unmapped = '10 0.2 munmap(0x7f0000000000, 8192) = 0 <0.000010>\n';

const places: readonly [what: string, before: string, code: string, address: string, message: RegExp][] = [
  ['a null pointer', '', 'SEGV_MAPERR', '0x18', /at 0x18: a null pointer/],
  ['a read-only file', file, 'SEGV_ACCERR', '0x7f0000000010', /in \/usr\/share\/words, .* the rights r-- only/],
  ['read-only memory', anonymous('PROT_READ'), 'SEGV_ACCERR', '0x7f0000000010', /in memory .* the rights r-- only/],
  ['a guard page', anonymous('PROT_NONE', '|MAP_STACK'), 'SEGV_ACCERR', '0x7f0000000010', /guard page/],
  ["the program's own code", '', 'SEGV_ACCERR', '0x55584aa281d4', /code and constants are read-only/],
  ['behind the heap', '', 'SEGV_MAPERR', '0x560000021000', /behind the end of the heap/],
  ['far behind the heap', '', 'SEGV_MAPERR', '0x560000521000', /nothing is mapped there/],
  ['below the stack', '', 'SEGV_MAPERR', '0x7ffd0349602c', /below the stack/],
  ['what was unmapped', anonymous('PROT_READ') + unmapped, 'SEGV_MAPERR', '0x7f0000000010', /had been unmapped/],
  ['no address', '', 'SI_KERNEL', 'NULL', /named no address/],
];

describe('a segmentation fault is told by where it lies:', () => {
  for (const [what, before, code, address, message] of places)
    it(what, () => {
      const fault = `10 0.3 --- SIGSEGV {si_signo=SIGSEGV, si_code=${code}, si_addr=${address}} ---
        10 0.4 +++ killed by SIGSEGV +++\n`;
      const [finding] = traceOf(started + before + fault).findings();
      assert.ok(finding);
      assert.match(findingWords(finding, plainTranslate).message, message);
    });
});
