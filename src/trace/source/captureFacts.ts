/**
 * What a log does not say about its own making, in a small file beside it: `hello.strace.json` of `hello.strace`. A log without one (made
 * elsewhere) is read all the same.
 */

import { readFile, writeFile } from 'node:fs/promises';
import type { AddressKind } from './symbolizer.js';

export interface CaptureFacts {
  /** Whose addresses its stacks have. */
  stackBackend: Exclude<AddressKind, 'unknown'>;
}

export async function writeCaptureFacts(logPath: string, facts: CaptureFacts): Promise<void> {
  await writeFile(factsPath(logPath), `${JSON.stringify(facts)}\n`);
}

/** undefined when there are none, or none that can be trusted. Never rejects. */
export async function readCaptureFacts(logPath: string): Promise<CaptureFacts | undefined> {
  try {
    const facts: unknown = JSON.parse(await readFile(factsPath(logPath), 'utf8'));
    if (typeof facts !== 'object' || facts === null || !('stackBackend' in facts)) return undefined;
    const { stackBackend } = facts;
    return stackBackend === 'libunwind' || stackBackend === 'libdw' ? { stackBackend } : undefined;
  } catch {
    return undefined;
  }
}

function factsPath(logPath: string): string {
  return `${logPath}.json`;
}
