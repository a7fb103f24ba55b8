/**
 * What a returned wait4, waitpid or waitid call says: which child, how it ended, and whether the call took it out of the
 * kernel's table (wait(2): WNOWAIT and reports of stops and continues leave it there).
 */

import type { CallRecord } from 'strace-parser';
import type { ExitStatus } from '../api.js';

export interface WaitResult {
  /** Number of the child in the waiter's pid namespace; NaN when the call did not print it. */
  pid: number;
  /** The child's pid in strace's namespace, when strace printed that, too (--decode-pids); else NaN. */
  outerPid: number;
  /** The status as printed, '' when the caller did not ask for it. */
  text: string;
  status: ExitStatus | null;
  /** `reaped`: a dead child is gone. `left`: it stays. `unknown`: no status was printed, and a stop could have been meant. */
  effect: 'reaped' | 'left' | 'unknown';
}

const waits: ReadonlySet<string> = new Set(['wait4', 'waitpid', 'waitid', 'osf_wait4']);

export function waitsForChild(name: string): boolean {
  return waits.has(name);
}

/** null when the call reported no child (it failed, or WNOHANG found none). */
export function waitResultOf(record: CallRecord): WaitResult | null {
  if (record.errno !== '' || Number.isNaN(record.returnValue)) return null;
  return record.name === 'waitid' ? waitidResult(record) : wait4Result(record);
}

function wait4Result(record: CallRecord): WaitResult | null {
  const pid = record.returnValue;
  if (!(pid > 0)) return null;
  const text = record.argumentText(1);
  const printed = text.startsWith('[');
  const status = printed ? wait4Status(text) : null;
  const options = record.argumentText(2);
  const effect = status
    ? 'reaped'
    : printed && /WIF(STOPPED|CONTINUED)/.test(text)
      ? 'left'
      : /WUNTRACED|WSTOPPED|WCONTINUED/.test(options)
        ? 'unknown'
        : 'reaped';
  return { pid, outerPid: outerPidOf(record), text: printed ? text : '', status, effect };
}

/** `[{WIFEXITED(s) && WEXITSTATUS(s) == 3}]`, `[{WIFSIGNALED(s) && WTERMSIG(s) == SIGABRT && WCOREDUMP(s)}]` */
function wait4Status(text: string): ExitStatus | null {
  const code = /WEXITSTATUS\(s\) == (\d+)/.exec(text);
  if (code) return { code: Number(code[1]) };
  const signal = /WTERMSIG\(s\) == ([\w]+)/.exec(text);
  return signal ? { signal: signal[1] ?? '', coreDumped: text.includes('WCOREDUMP(s)') } : null;
}

function waitidResult(record: CallRecord): WaitResult | null {
  if (record.returnValue !== 0) return null;
  const info = record.argumentText(2);
  const options = record.argumentText(3);
  const printed = info.startsWith('{');
  const field = (name: string): string => new RegExp(`\\b${name}=([^,}\\s]+)`).exec(info)?.[1] ?? '';
  const infoPid = Number(field('si_pid') || NaN);
  if (printed && !(infoPid > 0)) return null; // WNOHANG found nothing: a zeroed siginfo
  const idType = record.argumentText(0);
  const pid = printed ? infoPid : idType === 'P_PID' ? record.argumentNumber(1) : pidfdTarget(record.argumentText(1));
  const code = field('si_code');
  const how = field('si_status');
  const status: ExitStatus | null =
    code === 'CLD_EXITED'
      ? { code: Number(how) }
      : code === 'CLD_KILLED' || code === 'CLD_DUMPED'
        ? { signal: how, coreDumped: code === 'CLD_DUMPED' }
        : null;
  const stays = options.includes('WNOWAIT') || (printed && status === null);
  const effect = stays
    ? 'left'
    : !printed && /WSTOPPED|WUNTRACED|WCONTINUED|WNOHANG/.test(options)
      ? 'unknown'
      : 'reaped';
  return { pid, outerPid: outerPidIn(info), text: printed ? info : '', status, effect };
}

/** `5<pid:23873>` → 23873 */
function pidfdTarget(text: string): number {
  return Number(/<pid:(\d+)/.exec(text)?.[1] ?? NaN);
}

/** `= 2<sh> /* 7130 in strace's PID NS *\/` → 7130 */
export function outerPidOf(record: CallRecord): number {
  return outerPidIn(record.returnAsValue()?.comment ?? '');
}

function outerPidIn(text: string): number {
  return Number(/(\d+) in strace's PID NS/.exec(text)?.[1] ?? NaN);
}
