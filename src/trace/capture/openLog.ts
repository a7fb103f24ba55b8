/** Opens what a user calls a trace: one log, or the folder of a `-ff` set. */

import { statSync } from 'node:fs';
import { mergeFolder } from './followFolder.js';
import { LogFile } from './followLog.js';

/** Throws a TraceError when there is nothing to read. */
export function openLog(path: string): LogFile {
  const found = statSync(path, { throwIfNoEntry: false });
  return found?.isDirectory() === true ? mergeFolder(path) : LogFile.open(path);
}
