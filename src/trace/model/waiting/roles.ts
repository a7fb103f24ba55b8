/** What each syscall is to somebody who waits for descriptors: a wait, or a transfer that says whether there is more. */

import type { CallRecord } from 'strace-parser';
import type { ReadinessInfo } from '../../modelApi.js';
import type { WaitKind } from './multiplexCounts.js';

/** What a call on a descriptor that was reported does with it. */
type Transfer = 'read' | 'readParts' | 'write' | 'accept' | 'close';

/** What a syscall is here: a wait, a transfer, or neither, which is epoll_ctl. */
export interface Role {
  wait: WaitKind | undefined;
  transfer: Transfer | undefined;
}

const waits: ReadonlyMap<string, WaitKind> = new Map<string, WaitKind>([
  ['epoll_wait', 'epoll'],
  ['epoll_pwait', 'epoll'],
  ['epoll_pwait2', 'epoll'],
  ['poll', 'poll'],
  ['ppoll', 'poll'],
  ['select', 'select'],
  ['pselect6', 'select'],
  ['_newselect', 'select'],
]);

const ioCalls = /^(p?(read|write)(64|v2?)?$|recv|send|accept|splice|close$|shutdown$)/;

/** Whether a syscall has a role at all. */
export function hasRole(syscall: string): boolean {
  return waits.has(syscall) || syscall === 'epoll_ctl' || ioCalls.test(syscall);
}

/** Of a syscall that has one. */
export function roleOf(syscall: string): Role {
  const wait = waits.get(syscall);
  return { wait, transfer: wait !== undefined || syscall === 'epoll_ctl' ? undefined : transferOf(syscall) };
}

function transferOf(syscall: string): Transfer {
  if (syscall === 'close' || syscall === 'shutdown') return 'close';
  if (syscall.startsWith('accept')) return 'accept';
  if (/^(p?write|send)/.test(syscall)) return 'write';
  return /^p?readv|msg/.test(syscall) ? 'readParts' : 'read';
}

/** What a call on a ready descriptor says about whether there is more. */
export function outcomeOf(
  record: CallRecord,
  transfer: Transfer,
  before: ReadinessInfo['outcome'],
): ReadinessInfo['outcome'] {
  const failed = record.errnoId !== 0;
  if (failed && (record.errno === 'EAGAIN' || record.errno === 'EWOULDBLOCK')) return 'eagain';
  if (transfer === 'close') return before === 'unserved' ? 'other' : before;
  if (failed) return 'error';
  if (transfer === 'accept') return 'notDrained';
  if (transfer === 'write') return before === 'unserved' || before === 'notDrained' ? 'other' : before;
  if (record.returnValue === 0) return 'eof';
  const asked = record.argumentNumber(2);
  if (transfer === 'readParts' || Number.isNaN(asked)) return 'other';
  return record.returnValue < asked ? 'shortRead' : 'notDrained';
}
