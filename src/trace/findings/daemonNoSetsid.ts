/** A daemon is still in the session of whoever started it (setsid(2)). Information only when nothing but its launch says that it is one. */

import { daemonLaunches } from './daemonLaunch.js';
import { evidence, leaderOf } from './evidence.js';
import type { ProcessInfo } from '../api.js';
import type { FindingContext } from './context.js';
import type { Rule } from './rule.js';

export const daemonNoSetsid: Rule = {
  id: 'daemon-no-setsid',
  severity: 'warning',
  concept: 'daemon',
  manPages: ['setsid(2)', 'daemon(3)', 'daemon(7)', 'credentials(7)'],
  blames: 'launched',
  snippet: 'sys-daemon',
  check: context =>
    daemonLaunches(context).flatMap(({ daemon, launcher, forkRow, launcherExitRow, stepRow, outlivedNs }) => {
      if (hasOwnSession(daemon, context)) return [];
      return {
        cause: 'session',
        severity: stepRow === null ? 'info' : 'warning',
        process: daemon.id,
        thread: leaderOf(daemon),
        atNs: daemon.reparented?.atNs ?? daemon.startNs,
        evidence: evidence(['launched', forkRow], ['left', launcherExitRow], ['step', stepRow]),
        values: { launcher: launcher.pid, outlivedNs },
      };
    }),
};

/** It, or an ancestor from which it inherited that, made a session. */
function hasOwnSession(daemon: ProcessInfo, { observed, process: byId }: FindingContext): boolean {
  for (let p: ProcessInfo | undefined = daemon; p; p = p.parent === null ? undefined : byId(p.parent))
    if (observed.daemonSteps.rowOf(p.id, 'setsid') !== undefined) return true;
  return false;
}
