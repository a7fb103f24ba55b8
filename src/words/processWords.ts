/** Processes and threads in words: their state, how they ended, who reaped them, how they came to be. */

import type { ExitStatus, ProcessInfo, ProcessState } from '../trace/api.js';
import { durationText } from './quantities.js';
import type { Translate } from './translate.js';

/** Every process is a zombie for some microseconds; shorter times are not worth words. */
const notableZombieNs = 1e6;

/** `exited 0`, `killed by SIGSEGV (core dumped)` */
export function exitWords(status: ExitStatus, t: Translate): string {
  if ('code' in status) return t('exited {0}', status.code);
  return status.coreDumped ? t('killed by {0} (core dumped)', status.signal) : t('killed by {0}', status.signal);
}

/**
 * State of a process or thread: `waiting in epoll_wait on 5`, `zombie 1.2 s`, `exited 0`, `killed by SIGPIPE`.
 * `nowNs`: the trace's end so far. `pidOf` names a vfork child.
 */
export function stateWords(
  subject: { state: ProcessState; exit?: ExitStatus | null },
  nowNs: number,
  t: Translate,
  pidOf?: (process: number) => number | undefined,
): string {
  const { state, exit } = subject;
  switch (state.kind) {
    case 'running':
      return t('running');
    case 'waiting':
      return state.fd === null
        ? t('waiting in {0}', state.syscall)
        : t('waiting in {0} on {1}', state.syscall, state.fd);
    case 'stopped':
      return t('stopped by {0}', state.signal);
    case 'vforkSuspended': {
      const pid = pidOf?.(state.child);
      return pid === undefined ? t('suspended by its vfork child') : t('suspended by its vfork child {0}', pid);
    }
    case 'zombie':
      return t('zombie {0}', durationText(Math.max(0, nowNs - state.sinceNs)));
    case 'dead':
      return exit ? exitWords(exit, t) : t('ended');
    case 'lost':
      return t('running when the trace ended');
  }
}

/** `reaped by 2010`, `reaped by 2010 after 150 ms as a zombie`, … ; '' while there is nothing to say. */
export function reapWords(process: ProcessInfo, t: Translate): string {
  const asZombie = process.zombieNs >= notableZombieNs ? durationText(process.zombieNs) : '';
  if (process.reapedBy) {
    return asZombie === ''
      ? t('reaped by {0}', process.reapedBy.pid)
      : t('reaped by {0} after {1} as a zombie', process.reapedBy.pid, asZombie);
  }
  if (process.endNs === null) return '';
  if (process.autoReaped) return t('reaped by the kernel: its parent ignores SIGCHLD');
  if (process.state.kind === 'zombie') return t('not reaped');
  if (process.reparented?.pid === null) {
    return asZombie === '' ? '' : t('never reaped by its parent: a zombie for {0}', asZombie);
  }
  return '';
}

/** `adopted by init`, `adopted by 2010`; '' when its parent did not die first. */
export function adoptionWords(process: ProcessInfo, t: Translate): string {
  if (!process.reparented) return '';
  const { pid } = process.reparented;
  return pid === null ? t('orphan, adopted outside the trace (init)') : t('orphan, adopted by {0}', pid);
}

/** Everything about a process in one line, as the tree's description says it: state, reaper, adoption. */
export function processWords(
  process: ProcessInfo,
  nowNs: number,
  t: Translate,
  pidOf?: (process: number) => number | undefined,
): string {
  const zombieEnd = process.exit && process.state.kind === 'zombie' ? exitWords(process.exit, t) : '';
  return [zombieEnd, stateWords(process, nowNs, t, pidOf), adoptionWords(process, t), reapWords(process, t)]
    .filter(part => part !== '')
    .join(', ');
}

/** Name to show: the process's own, else its pid. */
export function processName(process: Pick<ProcessInfo, 'name' | 'pid'>, t: Translate): string {
  return process.name === '' ? t('process {0}', process.pid) : process.name;
}
