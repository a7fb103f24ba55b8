/**
 * Descriptors 0, 1 and 2 of a daemon are still what its launcher got them as, and that is a terminal, a pipe or a socket. A file was
 * given on purpose: silent.
 */

import type { Descriptor } from '../model/descriptors/description.js';
import type { FindingContext } from './context.js';
import { daemonLaunches, type DaemonLaunch } from './daemonLaunch.js';
import { evidence, leaderOf } from './evidence.js';
import type { Rule } from './rule.js';

const terminal = /^\/dev\/(pts\/\d|tty|console)/;

export const daemonTerminalFdsOpen: Rule = {
  id: 'daemon-terminal-fds-open',
  severity: 'warning',
  concept: 'daemon',
  manPages: ['daemon(3)', 'daemon(7)', 'dup(2)', 'null(4)'],
  blames: 'launched',
  snippet: 'sys-daemon',
  check: context =>
    daemonLaunches(context).flatMap(launch => {
      const { daemon, forkRow, launcherExitRow, stepRow } = launch;
      const kept = stepRow === null ? [] : inherited(launch, context);
      if (kept.length === 0) return [];
      return {
        cause: 'descriptors',
        process: daemon.id,
        thread: leaderOf(daemon),
        atNs: daemon.reparented?.atNs ?? daemon.startNs,
        evidence: evidence(['launched', forkRow], ['left', launcherExitRow], ['step', stepRow]),
        values: { fds: kept.map(d => d.fd).join(', '), what: kept[0]!.description.name || kept[0]!.description.kind },
      };
    }),
};

function inherited(
  { daemon, launcher, forkRow }: DaemonLaunch,
  { kernel, events, nowNs }: FindingContext,
): Descriptor[] {
  const atNs = daemon.endNs === null ? nowNs : daemon.endNs - 1;
  const forkNs = forkRow === null ? launcher.startNs : events.startNs(forkRow);
  return kernel.descriptorModel.openOf(daemon.id, atNs).filter(({ fd, description }) => {
    const { kind, name } = description;
    if (fd > 2 || !(kind === 'pipe' || kind === 'fifo' || kind === 'socket' || terminal.test(name))) return false;
    const given = kernel.descriptorModel.find(launcher.id, fd, forkNs);
    return given?.description === description && (given.birth === 'unknown' || given.birth === 'fork');
  });
}
