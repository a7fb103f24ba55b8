/**
 * What is known about each system call, by the name that strace prints.
 *
 * The class of a call colours its slice and answers `classes:` filters, so borderline calls are placed by what a reader
 * looks for: pipes and System V or POSIX queues and segments are "ipc", semaphores, futexes and flock are "sync", sockets
 * (socketpair too) are "network", "wait" is waiting on many descriptors, and waiting for a child is "process".
 *
 * Texts are English and original. A view translates them with the text itself as the key, as vscode.l10n does.
 */

import type { SyscallClass } from '../api.js';
import type { SyscallInfo } from './syscallInfo.js';
import { readSyscallTable } from './syscallTable.js';
import { fileTable } from './syscalls/file.js';
import { fileSystemTable } from './syscalls/fileSystem.js';
import { ipcTable } from './syscalls/ipc.js';
import { memoryTable } from './syscalls/memory.js';
import { networkTable } from './syscalls/network.js';
import { otherTable } from './syscalls/other.js';
import { processTable } from './syscalls/process.js';
import { signalTable } from './syscalls/signal.js';
import { syncTable } from './syscalls/sync.js';
import { timeTable } from './syscalls/time.js';
import { unimplemented, variants, type VariantRow } from './syscalls/variants.js';
import { waitTable } from './syscalls/wait.js';

function readTables(): Map<string, SyscallInfo> {
  const known = new Map([
    ...readSyscallTable('process', processTable),
    ...readSyscallTable('file', fileTable),
    ...readSyscallTable('file', fileSystemTable),
    ...readSyscallTable('wait', waitTable),
    ...readSyscallTable('network', networkTable),
    ...readSyscallTable('memory', memoryTable),
    ...readSyscallTable('signal', signalTable),
    ...readSyscallTable('sync', syncTable),
    ...readSyscallTable('time', timeTable),
    ...readSyscallTable('ipc', ipcTable),
    ...readSyscallTable('other', otherTable),
  ]);
  for (const [name, row] of variants) known.set(name, variant(name, row, known.get(row.of)));
  for (const name of unimplemented) {
    known.set(name, {
      class: 'other',
      meaning: 'Stands for a call that Linux does not have; fails with ENOSYS.',
      args: [],
      returns: 'zero',
      man: 'unimplemented(2)',
    });
  }
  return known;
}

function variant(name: string, row: VariantRow, base: SyscallInfo | undefined): SyscallInfo {
  if (base === undefined) throw new Error(`${name} is a form of ${row.of}, which no table has`);
  const info: SyscallInfo = {
    ...base,
    man: base.man ?? `${row.of}(2)`,
    variant: { of: row.of, difference: row.difference },
  };
  if (row.args !== undefined) {
    const args = row.args.split(', ');
    const fd = args.findIndex(arg => arg.endsWith('*'));
    info.args = args.map(arg => arg.replace('*', ''));
    if (fd === -1) delete info.fd;
    else info.fd = fd;
  }
  return info;
}

let tables: Map<string, SyscallInfo> | undefined;

/** Everything by name; read at first use, so that loading the extension costs nothing. */
function table(): Map<string, SyscallInfo> {
  return (tables ??= readTables());
}

/** What is known about a call; undefined for a name that is in no table (a newer kernel's, or `syscall_0x1d8`). */
export function syscallInfo(name: string): SyscallInfo | undefined {
  return table().get(name);
}

/** Class of a call; 'other' when the name is unknown. */
export function syscallClass(name: string): SyscallClass {
  return table().get(name)?.class ?? 'other';
}

/** True when waiting for something outside the thread is part of the call's ordinary job. */
export function canWait(name: string): boolean {
  return table().get(name)?.waits === true;
}

/** Man page of a call, `open(2)` for openat; undefined for an unknown name. */
export function syscallManPage(name: string): string | undefined {
  const info = table().get(name);
  return info && (info.man ?? `${name}(2)`);
}

/** Every name in the tables. */
export function syscallNames(): string[] {
  return [...table().keys()];
}
