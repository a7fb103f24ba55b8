/** A vfork child worked before it executed a program or left: its parent stands still, and its memory is the parent's (vfork(2)). */

import type { Row } from '../api.js';
import { evidence, leaderOf } from './evidence.js';
import type { Rule } from './rule.js';

/** What shells and libraries do between vfork and exec is not among these: redirections, signals, groups, limits. */
const work =
  /^(write|writev|send|sendto|sendmsg|read|recv|recvfrom|nanosleep|clock_nanosleep|poll|select|pselect6|epoll_wait|fork|vfork|connect|accept4?)$/;
const maxSteps = 64;

export const vforkChildMisbehaves: Rule = {
  id: 'vfork-child-misbehaves',
  severity: 'error',
  concept: 'vfork',
  manPages: ['vfork(2)', 'posix_spawn(3)'],
  blames: 'work',
  snippet: 'sys-vfork-exec',
  check: ({ processes, events }) =>
    processes.flatMap(child => {
      if (child.createdBy !== 'vfork') return [];
      let first: Row | null = null;
      let row = events.firstRowOf(leaderOf(child));
      for (let steps = 0; row !== null && steps < maxSteps; row = events.next(row), steps++) {
        const name = events.name(row);
        if (name.startsWith('execve') || name.startsWith('exit')) break; // a failed exec is followed by a message
        if (!work.test(name)) continue;
        first = row;
        break;
      }
      if (first === null) return [];
      return {
        cause: 'work',
        process: child.id,
        thread: leaderOf(child),
        atNs: events.startNs(first),
        evidence: evidence(['created', child.createdByRow], ['work', first]),
        values: { call: events.name(first) },
      };
    }),
};
