/**
 * Processes that look like daemons: their launcher ended well and on purpose, and they went on for long, in the same program.
 *
 * A job that a shell left behind is none, and neither is what runs another program by now: how that sees itself is not known. That
 * the launcher had nothing left to do after fork is a hint; a step that only daemons make (setsid, chdir, umask, /dev/null) is more.
 */

import type { ProcessInfo, Row } from '../api.js';
import type { FindingContext } from './context.js';
import { baseName, isShell } from './evidence.js';
import type { DaemonStep } from './observers/daemonSteps.js';

export interface DaemonLaunch {
  daemon: ProcessInfo;
  launcher: ProcessInfo;
  /** From the launcher to the daemon: each the parent of the next. */
  line: readonly ProcessInfo[];
  /** The call that made the launcher's child. */
  forkRow: Row | null;
  launcherExitRow: Row | null;
  outlivedNs: number;
  /** A step that the daemon or one between made on the way; null: it only looks like a daemon. */
  stepRow: Row | null;
}

const steps: readonly DaemonStep[] = ['setsid', 'chdir', 'umask'];

export function daemonLaunches(context: FindingContext): DaemonLaunch[] {
  return context.processes.flatMap(process => launchOf(process, context) ?? []);
}

function launchOf(daemon: ProcessInfo, context: FindingContext): DaemonLaunch | null {
  const { observed, nowNs, settings, family } = context;
  if (!daemon.reparented || observed.daemonSteps.executed.has(daemon.id)) return null;
  const outlivedNs = (daemon.endNs ?? nowNs) - daemon.reparented.atNs;
  if (outlivedNs < settings.stuckMs * 1e6) return null;
  const line = lineTo(daemon, context);
  const [launcher, child] = line;
  if (!launcher || !child || isShell(baseName(launcher.image))) return null;
  const stepRow = stepOf(line.slice(1), context);
  const forkRow = child.createdByRow;
  if (stepRow === null && !leftAtOnce(forkRow, context)) return null;
  const launcherExitRow = family.exitRow(launcher.id);
  return { daemon, launcher, line, forkRow, launcherExitRow, outlivedNs, stepRow };
}

/** The daemon's ancestors that ended well before it did, up to the one that was a program of its own. */
function lineTo(daemon: ProcessInfo, { process: byId, observed }: FindingContext): ProcessInfo[] {
  const line = [daemon];
  for (let first = daemon; !observed.daemonSteps.executed.has(first.id);) {
    const parent = first.parent === null ? undefined : byId(first.parent);
    const endedWell = parent?.exit && 'code' in parent.exit && parent.exit.code === 0;
    if (!parent || !endedWell || first.createdBy === 'vfork') break;
    line.unshift(parent);
    first = parent;
  }
  return line;
}

function stepOf(line: readonly ProcessInfo[], { observed, kernel, nowNs }: FindingContext): Row | null {
  for (const { id, endNs, startNs } of line) {
    for (const step of steps) {
      const row = observed.daemonSteps.rowOf(id, step);
      if (row !== undefined) return row;
    }
    const atNs = endNs === null ? nowNs : endNs - 1;
    const put = kernel.descriptorModel
      .openOf(id, atNs)
      .find(d => d.fd <= 2 && d.birth !== 'fork' && d.openNs > startNs && d.description.name === '/dev/null');
    if (put && put.birthRow !== null) return put.birthRow;
  }
  return null;
}

/** Nothing was left to do for the launcher after fork. */
function leftAtOnce(forkRow: Row | null, { events }: FindingContext): boolean {
  const next = forkRow === null ? null : events.next(forkRow);
  return next !== null && events.name(next).startsWith('exit');
}
