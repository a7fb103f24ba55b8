/** Says before strace does, and better, why a program cannot be run. */

import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { CaptureError, errnoOf } from './captureError.js';

/** Throws a CaptureError unless `path` is a file that this user may execute. */
export async function checkProgram(path: string): Promise<void> {
  try {
    if ((await stat(path)).isDirectory()) throw new CaptureError({ kind: 'programIsDirectory', path });
    await access(path, constants.X_OK);
  } catch (error) {
    if (error instanceof CaptureError) throw error;
    const missing = errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR';
    throw new CaptureError({ kind: missing ? 'programMissing' : 'programNotExecutable', path }, { cause: error });
  }
}
