/**
 * Error numbers: what each means, why a call most likely failed with it, and what to do.
 *
 * Texts are English and original; a view translates them with the text itself as the key. `likelyCause` names the likely
 * cause, not a proven one: what is proven about an event, the findings say.
 */

import { argumentCauses } from './errnos/argumentCauses.js';
import { type LikelyCause, readCauseTable } from './errnos/causeTable.js';
import { fileCauses } from './errnos/fileCauses.js';
import { networkCauses } from './errnos/networkCauses.js';
import { processCauses } from './errnos/processCauses.js';
import { errnoTable, restartTable } from './errnos/table.js';
import { waitingCauses } from './errnos/waitingCauses.js';
import { syscallInfo } from './syscalls.js';

export type { LikelyCause } from './errnos/causeTable.js';

export interface ErrnoInfo {
  name: string;
  /** Its number on x86-64 and arm64. */
  number: number;
  /** One sentence. */
  meaning: string;
  /** Never reaches the program: how the kernel goes on after a signal (ERESTARTSYS and its like). */
  restart: boolean;
  /** The name that strace prints for the same number, when it is not this one (EAGAIN for EWOULDBLOCK). */
  aliasOf?: string;
}

const aliases: Record<string, string> = { EWOULDBLOCK: 'EAGAIN', EDEADLOCK: 'EDEADLK', ENOTSUP: 'EOPNOTSUPP' };

let causes: Map<string, Map<string, LikelyCause>> | undefined;

function causesByErrno(): Map<string, Map<string, LikelyCause>> {
  if (causes === undefined) {
    causes = new Map();
    for (const table of [waitingCauses, networkCauses, fileCauses, processCauses, argumentCauses])
      readCauseTable(table, causes);
  }
  return causes;
}

/** Number and meaning of an error by its symbolic name; undefined when it is none of Linux. */
export function errnoInfo(name: string): ErrnoInfo | undefined {
  const restart = Object.hasOwn(restartTable, name);
  const row = restart ? restartTable[name] : Object.hasOwn(errnoTable, name) ? errnoTable[name] : undefined;
  if (row === undefined) return undefined;
  const info: ErrnoInfo = { name, number: row[0], meaning: row[1], restart };
  const aliasOf = aliases[name];
  if (aliasOf !== undefined) info.aliasOf = aliasOf;
  return info;
}

/** Every name, the restart pseudo-errors last. */
export function errnoNames(): string[] {
  return [...Object.keys(errnoTable), ...Object.keys(restartTable)];
}

/**
 * Why a call most likely failed so, and what to do about it: for the call itself when there is something special to say
 * (the call it is a form of counts as itself), else what holds for the error everywhere; undefined when nothing is known.
 */
export function likelyCause(syscall: string, errno: string): LikelyCause | undefined {
  const byCall = causesByErrno().get(aliases[errno] ?? errno);
  return byCall?.get(syscall) ?? byCall?.get(syscallInfo(syscall)?.variant?.of ?? '') ?? byCall?.get('any');
}

/** What `likelyCause` has, as `[errno, syscall or "any", cause]`. */
export function allCauses(): [string, string, LikelyCause][] {
  return [...causesByErrno()].flatMap(([errno, byCall]) =>
    [...byCall].map(([call, cause]): [string, string, LikelyCause] => [errno, call, cause]),
  );
}
