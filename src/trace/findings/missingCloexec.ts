/**
 * A file or socket that one program opened was still open in another that never used it.
 *
 * A shell's redirections are inherited on purpose, and so is what the new program reads or writes: silent. A program that leaks all
 * it has open has one habit, not fifty bugs: more than a few at one exec are one finding.
 */

import { baseName, evidence, isShell, leaderOf } from './evidence.js';
import type { ExecLeak } from './observers/execLeaks.js';
import type { Found, Rule } from './rule.js';

/** Leaks to one program that are told one by one. */
const few = 3;

export const missingCloexec: Rule = {
  id: 'missing-cloexec',
  severity: 'warning',
  concept: 'descriptors',
  manPages: ['open(2)', 'execve(2)', 'fcntl(2)'],
  snippet: 'sys-open-cloexec',
  check: ({ process: byId, observed }) => {
    /** By opener and heir. What a new program left open for the next one leaked once. */
    const byHeir = new Map<string, Map<ExecLeak['descriptor'], Found>>();
    for (const leak of observed.execLeaks.leaks) {
      const { descriptor, process } = leak;
      const opener = byId(leak.openedBy);
      const heir = byId(process);
      if (!opener || !heir || descriptor.calls > leak.callsBefore || descriptor.death === 'replaced') continue;
      // The opener's own exec changes its name; the one that forked has kept it.
      if (opener.id === heir.id || isShell(baseName(opener.image))) continue;
      const key = `${opener.id} ${heir.id}`;
      const leaked = byHeir.get(key) ?? new Map<ExecLeak['descriptor'], Found>();
      byHeir.set(key, leaked);
      if (leaked.has(descriptor)) continue;
      leaked.set(descriptor, {
        cause: descriptor.description.name,
        process: opener.id,
        thread: leaderOf(opener),
        atNs: leak.atNs,
        evidence: evidence(['opened', leak.openedRow], ['created', heir.createdByRow], ['exec', leak.row]),
        values: { fd: descriptor.fd, what: descriptor.description.name, image: heir.image, heir: heir.pid },
      });
    }
    return [...byHeir.values()].flatMap(leaked =>
      [...leaked.values()].map(found => (leaked.size > few ? { ...found, cause: 'everything' } : found)),
    );
  },
};
