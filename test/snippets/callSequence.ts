/**
 * Looks for a sequence of calls in a trace. A fixture writes each as `name(text in the line&another)=result` or `name!ERRNO`, all but the
 * name optional.
 */

import type { CallRecord } from 'strace-parser';

/** Names that are one call to a C programmer, by machine and C library. */
const sameCall = new Map([
  ['fork', 'clone'],
  ['clone3', 'clone'],
  ['epoll_pwait', 'epoll_wait'],
  ['ppoll', 'poll'],
  ['ppoll_time64', 'poll'],
  ['dup3', 'dup2'],
  ['rt_sigtimedwait_time64', 'rt_sigtimedwait'],
  ['unlinkat', 'unlink'],
  ['fstat', 'newfstatat'],
  ['pipe', 'pipe2'],
  ['mknod', 'mknodat'],
]);

const canonicalName = (name: string): string => sameCall.get(name) ?? name;

function matcher(token: string): (call: CallRecord) => boolean {
  const match = /^(\w+)(?:\(([^)]*)\))?(?:!(\w+)|=(\w+))?$/.exec(token);
  if (!match) throw new Error(`Not a call pattern: ${token}`);
  const [, name, text, errno, result] = match;
  return call =>
    canonicalName(call.name) === canonicalName(name!) &&
    (text === undefined || text.split('&').every(each => call.text().includes(each))) &&
    (errno === undefined || call.errno === errno) &&
    (result === undefined || call.returnValueText() === result || call.returnText() === result);
}

/** The first call of the sequence that cannot be found, in the thread that gets furthest; undefined when one makes them all. */
export function missingCall(calls: readonly CallRecord[], sequence: readonly string[]): string | undefined {
  const matchers = sequence.map(matcher);
  let furthest = 0;
  for (const pid of new Set(calls.map(call => call.pid))) {
    let next = 0;
    for (const call of calls) if (call.pid === pid && next < matchers.length && matchers[next]!(call)) next++;
    furthest = Math.max(furthest, next);
  }
  return sequence[furthest];
}
