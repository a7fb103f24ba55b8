/**
 * Calls that the kernel interrupted for a signal and started again by itself (signal(7), restart_syscall(2)). The program made one call,
 * the log has several: the same call once more, or restart_syscall, at once when no handler ran, else after the handler's rt_sigreturn,
 * unless that says EINTR. Invariant: calls are joined only when the log shows that nothing of the program ran between them.
 */

import type { Row } from '../api.js';
import { resumedCall } from '../model/resumedCall.js';
import type { Lane } from '../store/lane.js';

/** Where these calls are missing, nobody can tell a restarted call from one that the program made again. */
export const restartingCalls: readonly string[] = ['rt_sigreturn', 'sigreturn', 'restart_syscall'];

export interface RestartContext {
  nameOf(row: Row): string;
  /** '' when it did not fail. */
  errnoOf(row: Row): string;
  isSignal(row: Row): boolean;
  /** The log shows that the program handles this signal. */
  isHandled(signal: Row): boolean;
  /** What the program gave, as text. `shorter`: of a call of which only the first arguments were printed. */
  argumentsOf(row: Row): { args: readonly string[]; shorter: boolean };
}

export interface Restarts {
  /** A call that goes on with an interrupted one → the first of them. */
  firstOf: ReadonlyMap<Row, Row>;
  /** That first one → the last. */
  lastOf: ReadonlyMap<Row, Row>;
  /** Interrupted calls for which the program got EINTR. */
  failed: ReadonlySet<Row>;
}

/** An interrupted call of which it is not known yet how it went on. */
interface Interrupted {
  row: Row;
  /** Signals that came with it and whose handlers may not have returned. */
  handlers: number;
  /** Index of the only call that can be its continuation as things stand. */
  nextAt: number;
}

export function restartsIn(lane: Lane | undefined, context: RestartContext): Restarts {
  const firstOf = new Map<Row, Row>();
  const lastOf = new Map<Row, Row>();
  const failed = new Set<Row>();
  const open: Interrupted[] = [];
  if (!lane) return { firstOf, lastOf, failed };
  const { calls } = lane;
  for (let i = 0; i < calls.length; i++) {
    const row = calls.at(i);
    const errno = context.errnoOf(row);
    const last = open.at(-1);
    if (last) {
      const name = context.nameOf(row);
      if (name === 'rt_sigreturn' || name === 'sigreturn') {
        last.handlers--;
        last.nextAt = i + 1;
        if (errno === 'EINTR') failed.add(last.row);
        if (errno === 'EINTR' || last.handlers < 0) open.pop();
      } else if (i === last.nextAt) {
        const first = firstOf.get(last.row) ?? last.row;
        if (goesOnWith(first, row, context)) {
          firstOf.set(row, first);
          lastOf.set(first, row);
          open.pop();
        } else if (last.handlers === 0) open.pop();
      }
    }
    if (!errno.startsWith('ERESTART')) continue;
    const signals = signalsAfter(lane, i, context);
    // A handler that runs comes before any restart.
    open.push({ row, handlers: signals.length, nextAt: signals.some(each => context.isHandled(each)) ? -1 : i + 1 });
  }
  return { firstOf, lastOf, failed };
}

/** The signals between a call and the lane's next call. */
function signalsAfter({ calls, marks }: Lane, call: number, context: RestartContext): Row[] {
  const end = call + 1 < calls.length ? calls.at(call + 1) : Infinity;
  const signals: Row[] = [];
  for (let i = marks.lowerBound(calls.at(call)); i < marks.length && marks.at(i) < end; i++)
    if (context.isSignal(marks.at(i))) signals.push(marks.at(i));
  return signals;
}

function goesOnWith(first: Row, row: Row, context: RestartContext): boolean {
  const name = context.nameOf(first);
  const other = context.argumentsOf(row);
  const resumed = resumedCall(other.args[0] ?? '');
  if (resumed !== null || context.nameOf(row) === 'restart_syscall') return resumed === null || resumed === name;
  if (context.nameOf(row) !== name) return false;
  const { args } = context.argumentsOf(first);
  const common = other.shorter ? Math.min(args.length, other.args.length) : args.length;
  return (
    (other.shorter || args.length === other.args.length) &&
    args.slice(0, common).every((arg, i) => withoutTimes(arg) === withoutTimes(other.args[i] ?? ''))
  );
}

/** The kernel takes the time that has passed off the timeouts of select and ppoll. */
function withoutTimes(argument: string): string {
  return argument.replace(/\{tv_sec=[^{}]*\}/g, '{}');
}
