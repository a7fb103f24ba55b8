/**
 * A file or socket that one program opened was still open in another that never used it.
 *
 * A shell's redirections are inherited on purpose, and so is what the new program reads or writes: silent.
 */

import { baseName, evidence, leaderOf } from './evidence.js';
import type { Rule } from './rule.js';

const shell = /^(sh|dash|bash|zsh|ksh|busybox|fish|env|xargs|nohup|setsid|sudo)$/;

export const missingCloexec: Rule = {
  id: 'missing-cloexec',
  severity: 'warning',
  concept: 'descriptors',
  manPages: ['open(2)', 'execve(2)', 'fcntl(2)'],
  check: ({ process: byId, observed }) =>
    observed.execLeaks.leaks.flatMap(leak => {
      const { descriptor, process } = leak;
      const opener = byId(leak.openedBy);
      const heir = byId(process);
      if (!opener || !heir || descriptor.calls > leak.callsBefore || descriptor.death === 'replaced') return [];
      // The opener's own exec changes its name; the one that forked has kept it.
      if (opener.id === heir.id || shell.test(baseName(opener.image))) return [];
      return {
        cause: descriptor.description.name,
        process: opener.id,
        thread: leaderOf(opener),
        atNs: leak.atNs,
        evidence: evidence(['opened', leak.openedRow], ['created', heir.createdByRow], ['exec', leak.row]),
        values: { fd: descriptor.fd, what: descriptor.description.name, image: heir.image, heir: heir.pid },
      };
    }),
};
