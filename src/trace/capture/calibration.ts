/**
 * What tracing costs, measured: a loop that is known (`dd` reads and writes single bytes of /dev/zero and /dev/null, each a fraction of a
 * microsecond untraced) is run under the same strace with the same options, and its log says how far apart its calls are.
 */

import { access, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { straceArguments, type TraceCommand } from './commandLine.js';
import { formatVersion, type StraceBuild } from './straceVersion.js';

export interface MeasuredOverhead {
  /** Nanoseconds of a call's own duration, as strace prints it. */
  insideNs: number;
  /** Nanoseconds from one call to the next: all that tracing takes of the program. */
  wholeNs: number;
}

/** Read and written bytes: two calls each. */
const rounds = 400;
const roundsWithStacks = 100;
const leastCalls = 60;
const timeoutMs = 4000;
const undisturbedShare = 0.2;
const places = ['/usr/bin/dd', '/bin/dd'];

/** How the program will be traced. */
export interface CalibratedCommand extends Pick<TraceCommand, 'syscalls' | 'stringLimit'> {
  stracePath: string;
  build: StraceBuild;
  stacks: boolean;
}

/** Remembers what it measured for each strace and its options. */
export class Calibration {
  readonly #known = new Map<string, Promise<MeasuredOverhead | undefined>>();

  /** undefined when it could not be measured: the trace's own fastest calls have to do then. Never rejects. */
  measure(command: CalibratedCommand, folder: string): Promise<MeasuredOverhead | undefined> {
    const { stracePath, build, stacks, syscalls } = command;
    const key = JSON.stringify([stracePath, formatVersion(build.version), stacks, syscalls]);
    let measured = this.#known.get(key);
    if (!measured) {
      measured = runLoop(command, join(folder, 'calibration.strace')).catch(() => undefined);
      this.#known.set(key, measured);
    }
    return measured;
  }
}

async function runLoop(command: CalibratedCommand, logPath: string): Promise<MeasuredOverhead | undefined> {
  const program = await firstThere(places);
  if (program === undefined) return undefined;
  const { stracePath, build, stacks, syscalls, stringLimit } = command;
  const args = ['if=/dev/zero', 'of=/dev/null', 'bs=1', `count=${stacks ? roundsWithStacks : rounds}`];
  const traced = { logPath, program, args, environment: {}, syscalls, stringLimit, stacks };
  const { execa } = await import('execa');
  try {
    // strace ignores a polite end while its program runs; the loop ends by itself in any case.
    const options = { reject: false, timeout: timeoutMs, killSignal: 'SIGKILL', stdio: 'ignore' } as const;
    await execa(stracePath, straceArguments(build.version, traced), options);
    return overheadIn(await readFile(logPath, 'utf8'));
  } finally {
    await rm(logPath, { force: true });
  }
}

async function firstThere(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths)
    try {
      await access(path);
      return path;
    } catch {
      // the next one
    }
  return undefined;
}

/**
 * What most of the loop's calls took at least: other work on the machine (the compiler's, for one) only adds to some of them. undefined when the log has too few of them (they were filtered out, or strace could not trace). */
export function overheadIn(log: string): MeasuredOverhead | undefined {
  const calls = [...log.matchAll(/^\d+ +(\d+)\.(\d+) (?:read\(0|write\(1)[^\n]* = 1 <(\d+\.\d+)>$/gm)];
  if (calls.length < leastCalls) return undefined;
  const firstSecond = Number(calls[0]?.[1]);
  const startsNs = calls.map(
    ([, s, fraction = '']) => (Number(s) - firstSecond) * 1e9 + Number(fraction.padEnd(9, '0')),
  );
  const gaps = startsNs.slice(1).map((start, i) => start - startsNs[i]!);
  const insideNs = usual(calls.map(([, , , duration]) => Number(duration) * 1e9));
  return { insideNs: Math.round(insideNs), wholeNs: Math.round(usual(gaps)) };
}

function usual(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * undisturbedShare)] ?? 0;
}
