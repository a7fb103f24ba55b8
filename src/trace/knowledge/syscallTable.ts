/**
 * Reads the tables in syscalls/: one line a call, written like a strace line so that it can be held against a man page.
 *
 *     read(fd*, buf, count) = bytes, waits: Reads bytes from a descriptor into memory.
 *
 * - the argument with a star is the descriptor that the call works or waits on;
 * - the word after `=` is a `ReturnMeaning`; text in double quotes says which number it is (`value "the previous mask"`);
 * - `waits`: waiting for something outside the thread is part of the call's ordinary job;
 * - `man page(section)`: the man page, when it is not `name(2)`.
 *
 * Invariant: a line that does not read like this throws while the tables load, so a slip cannot reach a user.
 */

import type { SyscallClass } from '../api.js';
import type { ReturnMeaning, SyscallInfo } from './syscallInfo.js';

const returnMeanings: Record<ReturnMeaning, true> = {
  zero: true,
  fd: true,
  bytes: true,
  pid: true,
  address: true,
  count: true,
  flags: true,
  id: true,
  never: true,
  value: true,
};

const row =
  /^(?<name>\w+)\((?<args>[^)]*)\) = (?<returns>\w+)(?: "(?<result>[^"]+)")?(?<waits>, waits)?(?:, man (?<man>[^:]+\(\d\w*\)))?: (?<meaning>.+)$/;

function isReturnMeaning(word: string): word is ReturnMeaning {
  return Object.hasOwn(returnMeanings, word);
}

function readRow(syscallClass: SyscallClass, line: string): [string, SyscallInfo] {
  const { name, args, returns = '', result, waits, man, meaning } = row.exec(line)?.groups ?? {};
  if (name === undefined || args === undefined || meaning === undefined || !isReturnMeaning(returns)) {
    throw new Error(`syscall table: cannot read "${line}"`);
  }
  const marked = args === '' ? [] : args.split(', ');
  const info: SyscallInfo = {
    class: syscallClass,
    meaning,
    args: marked.map(arg => arg.replace('*', '')),
    returns,
  };
  const fd = marked.findIndex(arg => arg.endsWith('*'));
  if (fd !== -1) info.fd = fd;
  if (result !== undefined) info.result = result;
  if (waits !== undefined) info.waits = true;
  if (man !== undefined) info.man = man;
  return [name, info];
}

/** The rows of a table: blank lines and lines that start with `#` are for its reader. Throws on any other line that is no row. */
export function readSyscallTable(syscallClass: SyscallClass, table: string): [string, SyscallInfo][] {
  return table
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('#'))
    .map(line => readRow(syscallClass, line));
}
