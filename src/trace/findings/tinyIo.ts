/**
 * A file or pipe is read or written a few bytes a call. A shell has to read like that, and what the kernel makes up (/proc) is no file:
 * silent.
 */

import { baseName, evidence, isShell } from './evidence.js';
import type { Rule } from './rule.js';

export const tinyIo: Rule = {
  id: 'tiny-io',
  severity: 'info',
  concept: 'stdio',
  manPages: ['read(2)', 'write(2)', 'stdio(3)', 'setvbuf(3)'],
  blames: 'first',
  snippet: 'sys-readn',
  check: ({ observed, process: byId }) =>
    observed.tinyTransfers.runs.flatMap(
      ({ process, thread, row, lastRow, name, fd, description, startNs, calls, moved }) => {
        const image = byId(process)?.image ?? '';
        if (isShell(baseName(image)) || /^\/(proc|sys|dev)\//.test(description.name)) return [];
        return {
          cause: `${name} ${fd} ${description.name}`,
          process,
          thread,
          atNs: startNs,
          evidence: evidence(['first', row], ['last', lastRow]),
          values: { call: name, fd, what: description.name, calls, bytes: moved },
        };
      },
    ),
};
