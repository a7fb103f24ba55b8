/** What /proc says about a traced process right now: descriptors, mappings, children. */

import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export interface Mapping {
  start: number;
  end: number;
  /** `rwx`, with '-'. */
  protection: string;
  shared: boolean;
  /** '' for anonymous memory. */
  path: string;
}

export interface KernelState {
  pid: number;
  /** Number → link target: `/etc/passwd`, `pipe:[1234]`, `anon_inode:[eventpoll]`. */
  descriptors: Map<number, string>;
  mappings: Mapping[];
  /** Pids of living children (zombies too), of all its threads. */
  children: number[];
  threads: number[];
  executable: string;
}

/** undefined when the process went meanwhile, or is dying or a zombie (it has no memory any more, or no descriptors). */
export function kernelState(pid: number): KernelState | undefined {
  try {
    const descriptors = new Map<number, string>();
    for (const fd of readdirSync(`/proc/${pid}/fd`)) descriptors.set(Number(fd), readlinkSync(`/proc/${pid}/fd/${fd}`));
    const maps = readFileSync(`/proc/${pid}/maps`, 'utf8').trimEnd();
    if (maps === '') return undefined;
    const mappings = maps.split('\n').map(parseMapping);
    const threads = readdirSync(`/proc/${pid}/task`).map(Number);
    const children = threads.flatMap(tid =>
      readFileSync(`/proc/${pid}/task/${tid}/children`, 'latin1').trim().split(' ').filter(Boolean).map(Number),
    );
    return { pid, descriptors, mappings, children, threads, executable: readlinkSync(`/proc/${pid}/exe`) };
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

function parseMapping(line: string): Mapping {
  const match = /^([0-9a-f]+)-([0-9a-f]+) (...)(.) \S+ \S+ \S+ *(.*)$/.exec(line);
  if (!match) throw new Error(`not a line of /proc/PID/maps: ${line}`);
  return {
    start: parseInt(match[1]!, 16),
    end: parseInt(match[2]!, 16),
    protection: match[3]!,
    shared: match[4] === 's',
    path: match[5]!.replace(/ \(deleted\)$/, ''),
  };
}

/** Stopped by a signal, or gone. */
export function isStopped(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return ['T', 'Z', 'X'].includes(stat.charAt(stat.lastIndexOf(')') + 2));
  } catch {
    return true;
  }
}

const closeOnExec = 0o2000000;

/** This process's descriptors that a program it starts finds open, too. */
export function inheritableDescriptors(): number[] {
  return readdirSync('/proc/self/fd')
    .map(Number)
    .filter(fd => {
      try {
        const flags = /^flags:\t(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'latin1'))?.[1];
        return flags !== undefined && (parseInt(flags, 8) & closeOnExec) === 0;
      } catch {
        return false; // the one that listed the folder
      }
    });
}
