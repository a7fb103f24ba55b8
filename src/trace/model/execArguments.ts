/**
 * Which file an execve or execveat runs and with what arguments, as far as strace printed them.
 *
 * The path is given as the program gave it: a relative one is made absolute only when strace printed the directory it is
 * relative to (execveat with a decoded descriptor); the working directory is not guessed.
 */

import type { CallRecord, Value } from 'strace-parser';

export interface ExecArguments {
  /** '' when strace printed an address instead of a path. */
  image: string;
  argv: string[];
}

const decoder = new TextDecoder();

export function execOf(record: CallRecord): ExecArguments {
  const args = record.arguments();
  if (record.name === 'execve') return { image: stringOf(args[0]), argv: stringsOf(args[1]) };
  return { image: resolve(args[0], stringOf(args[1])), argv: stringsOf(args[2]) };
}

function resolve(directory: Value | undefined, path: string): string {
  const base = directory?.kind === 'descriptor' && directory.target.kind === 'path' ? directory.target.path : '';
  if (path.startsWith('/') || base === '') return path;
  if (path === '') return base; // AT_EMPTY_PATH: the descriptor is the program
  return directory?.kind === 'descriptor' && directory.text === 'AT_FDCWD'
    ? path
    : `${base.replace(/\/$/, '')}/${path}`;
}

function stringOf(value: Value | undefined): string {
  return value?.kind === 'bytes' ? decoder.decode(value.bytes) : '';
}

function stringsOf(value: Value | undefined): string[] {
  return value?.kind === 'list' ? value.items.filter(item => item.kind === 'bytes').map(stringOf) : [];
}
