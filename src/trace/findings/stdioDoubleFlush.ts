/**
 * Text that waited in a stdio buffer at fork was written by parent and child.
 *
 * Warning when one writes exactly what the other begins with. Both beginning alike and going on differently is information: the part
 * they have in common was copied, or they say similar things on purpose. So is all else of which the log shows too little.
 */

import { evidence } from './evidence.js';
import type { BufferWrite } from './observers/stdioBuffers.js';
import type { Rule } from './rule.js';

/** Less in common is no text. */
const leastCommon = 2;

export const stdioDoubleFlush: Rule = {
  id: 'stdio-double-flush',
  severity: 'warning',
  concept: 'stdio',
  manPages: ['fork(2)', 'stdio(3)', 'setvbuf(3)', 'fflush(3)', '_exit(2)'],
  blames: 'forked',
  snippet: 'sys-fflush-fork',
  check: ({ observed, process: byId, events }) =>
    observed.stdioBuffers.copied().flatMap(({ owner, fd, waits, row, forkRow, writes }) => {
      const [first, ...others] = writes;
      return others.flatMap(again => {
        if (!first || first.process === again.process || first.description !== again.description) return [];
        const common = commonStart(first.text, again.text);
        if (common.length < leastCommon) return [];
        const whole = [first, again].some(({ text }) => text.length === common.length);
        if (!whole && waits !== 'first') return [];
        if (waits === 'unknown' && !isSame(first, again)) return [];
        return {
          cause: `fd ${fd}`,
          severity: whole && waits === 'first' ? 'warning' : 'info',
          process: owner,
          thread: forkRow < 0 ? first.thread : events.thread(forkRow),
          atNs: again.atNs,
          evidence: evidence(['used', row], ['forked', forkRow], ['first', first.row], ['again', again.row]),
          values: { text: common, first: byId(first.process)?.pid ?? 0, again: byId(again.process)?.pid ?? 0, fd },
        };
      });
    }),
};

/** What two texts begin with alike; a backslash that is left at the end belongs to a character that differs. */
function commonStart(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  if (length === a.length || length === b.length) return a.slice(0, length);
  return a.slice(0, length).replace(/(?<!\\)((?:\\\\)*)\\$/, '$1');
}

function isSame(a: BufferWrite, b: BufferWrite): boolean {
  return a.text === b.text && a.cut === b.cut;
}
