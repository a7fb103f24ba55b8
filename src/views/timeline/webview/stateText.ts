/** The state of a process or thread in words, as the name column says it. */

import type { ExitStatus, ProcessInfo, ProcessState, ThreadInfo } from '../protocol.js';
import type { Translate } from './context.js';
import { formatDuration } from './format.js';

/** Every process is a zombie for some microseconds; shorter spans than this are not worth words. */
const zombieWorthSayingNs = 1e6;

export function processStateText(process: ProcessInfo, nowNs: number, t: Translate): string {
  const { state, exit, reapedBy } = process;
  if (state.kind === 'zombie') {
    const zombie = t('stateZombie', formatDuration(Math.max(0, nowNs - state.sinceNs)));
    return exit ? `${exitText(exit, t)}, ${zombie}` : zombie;
  }
  if (exit && (state.kind === 'dead' || process.endNs !== null)) {
    if (!reapedBy) return exitText(exit, t);
    if (process.zombieNs >= zombieWorthSayingNs) {
      const zombie = t('stateZombieReaped', formatDuration(process.zombieNs), reapedBy.pid);
      // That it exited well needs no words beside that.
      return 'code' in exit && exit.code === 0 ? zombie : `${exitText(exit, t)}, ${zombie}`;
    }
    return 'code' in exit
      ? t('stateExitedReaped', exit.code, reapedBy.pid)
      : t('stateKilledReaped', exit.signal, reapedBy.pid);
  }
  return stateText(state, t);
}

export function threadStateText(thread: ThreadInfo, t: Translate): string {
  return stateText(thread.state, t);
}

function exitText(exit: ExitStatus, t: Translate): string {
  return 'code' in exit ? t('stateExited', exit.code) : t('stateKilled', exit.signal);
}

function stateText(state: ProcessState, t: Translate): string {
  switch (state.kind) {
    case 'running':
      return t('stateRunning');
    case 'waiting':
      return state.fd === null ? t('stateWaiting', state.syscall) : t('stateWaitingFd', state.syscall, state.fd);
    case 'stopped':
      return t('stateStopped', state.signal);
    case 'vforkSuspended':
      return t('stateVfork');
    // Only whole processes become zombies: a thread is gone at once.
    case 'zombie':
    case 'dead':
      return t('stateDead');
    case 'lost':
      return t('stateLost');
  }
}
