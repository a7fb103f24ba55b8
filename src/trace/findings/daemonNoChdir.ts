/** A daemon stays in the directory that it was started in. Many servers do so on purpose: information. */

import { daemonLaunches } from './daemonLaunch.js';
import { evidence, leaderOf } from './evidence.js';
import type { Rule } from './rule.js';

export const daemonNoChdir: Rule = {
  id: 'daemon-no-chdir',
  severity: 'info',
  concept: 'daemon',
  manPages: ['chdir(2)', 'daemon(3)', 'daemon(7)', 'umount(2)'],
  blames: 'launched',
  snippet: 'sys-daemon',
  check: context =>
    daemonLaunches(context).flatMap(({ daemon, line, forkRow, launcherExitRow, stepRow, outlivedNs }) => {
      const moved = line.some(p => context.observed.daemonSteps.rowOf(p.id, 'chdir') !== undefined);
      if (stepRow === null || moved) return [];
      return {
        cause: 'directory',
        process: daemon.id,
        thread: leaderOf(daemon),
        atNs: daemon.reparented?.atNs ?? daemon.startNs,
        evidence: evidence(['launched', forkRow], ['left', launcherExitRow], ['step', stepRow]),
        values: { outlivedNs },
      };
    }),
};
