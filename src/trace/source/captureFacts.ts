/**
 * What a log does not say about its own making, in a small file beside it: `hello.strace.json` of `hello.strace`. A log without one (made
 * elsewhere) is read all the same.
 */

import { readFileSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import type { MeasuredOverhead } from '../capture/calibration.js';
import { startedProgramIn, type StartedProgram } from './startedProgram.js';
import type { AddressKind } from './symbolizer.js';

/** What tells one build of an executable or library from another. */
export interface ObjectIdentity {
  /** Hex digits of its build id; '' when it has none. */
  buildId: string;
  /** Milliseconds since 1970. */
  modifiedMs: number;
}

export interface CaptureFacts {
  /** Whose addresses its stacks have; undefined when it has none. */
  stackBackend?: Exclude<AddressKind, 'unknown'>;
  /** What tracing took of each call; undefined when it was not measured. */
  overhead?: MeasuredOverhead;
  /** How the program was started; undefined when nobody noted it. */
  started?: StartedProgram;
  /** Executables and libraries as they were when the program ran, by path. */
  objects: Readonly<Record<string, ObjectIdentity>>;
}

/** Replaces what was known. The file appears whole or not at all. */
export async function writeCaptureFacts(logPath: string, facts: CaptureFacts): Promise<void> {
  const path = factsPath(logPath);
  await writeFile(`${path}.new`, `${JSON.stringify(facts)}\n`);
  await rename(`${path}.new`, path);
}

/** undefined when there are none, or none that can be trusted. Never rejects. */
export async function readCaptureFacts(logPath: string): Promise<CaptureFacts | undefined> {
  try {
    return factsIn(await readFile(factsPath(logPath), 'utf8'));
  } catch {
    return undefined;
  }
}

/** The measured cost of tracing beside a log, at once; undefined when there is none. Never throws. */
export function measuredOverhead(logPath: string): MeasuredOverhead | undefined {
  try {
    return factsIn(readFileSync(factsPath(logPath), 'utf8'))?.overhead;
  } catch {
    return undefined;
  }
}

/** Throws when the text is no JSON. */
function factsIn(text: string): CaptureFacts | undefined {
  const facts: unknown = JSON.parse(text);
  if (!isRecord(facts)) return undefined;
  const { stackBackend, objects, overhead } = facts;
  const started = startedProgramIn(facts['started']);
  return {
    ...(stackBackend === 'libunwind' || stackBackend === 'libdw' ? { stackBackend } : {}),
    ...(isOverhead(overhead) ? { overhead } : {}),
    ...(started && { started }),
    objects: isRecord(objects) ? Object.fromEntries(Object.entries(objects).flatMap(identityEntry)) : {},
  };
}

function isOverhead(value: unknown): value is MeasuredOverhead {
  if (!isRecord(value)) return false;
  const { insideNs, wholeNs } = value;
  return typeof insideNs === 'number' && typeof wholeNs === 'number' && insideNs >= 0 && wholeNs >= 0;
}

function identityEntry([path, value]: [string, unknown]): [string, ObjectIdentity][] {
  if (!isRecord(value)) return [];
  const { buildId, modifiedMs } = value;
  return typeof buildId === 'string' && typeof modifiedMs === 'number' ? [[path, { buildId, modifiedMs }]] : [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function factsPath(logPath: string): string {
  return `${logPath}.json`;
}
