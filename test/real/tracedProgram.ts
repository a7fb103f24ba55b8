/**
 * A real program under strace, with the options that the extension uses, and its log compared with /proc at instants in between.
 *
 * A comparison stops strace itself (SIGSTOP): every tracee then halts at its next system call. A call in flight may have
 * had its effect already while its line is not complete, so a process may agree with the log either at the stop or right after
 * its next complete line.
 */

import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { allProcesses } from '../../src/cli/allProcesses.js';
import { straceArguments } from '../../src/trace/capture/commandLine.js';
import { probeStrace } from '../../src/trace/capture/probe.js';
import { traceesOf } from '../../src/trace/capture/procfs.js';
import { MemoryLog } from '../../src/trace/store/logReader.js';
import { Trace } from '../../src/trace/trace.js';
import { descriptorDifferences, memoryDifferences } from './agreement.js';
import { inheritableDescriptors, isStopped, kernelState, type KernelState } from './kernelState.js';

/** What the program finds open: the standard three, and what this process itself was handed without O_CLOEXEC. */
const inherited: ReadonlySet<number> = new Set([0, 1, 2, ...inheritableDescriptors()]);

export interface Comparison {
  /** Processes compared. */
  processes: number;
  differences: string[];
}

export class TracedProgram {
  /** What has been read of the log so far. */
  private readonly reader = new LogFollower();

  private constructor(
    readonly strace: ChildProcess,
    private readonly logPath: string,
    private readonly folder: string,
  ) {}

  static async start(
    program: string,
    args: string[],
    options: { cwd?: string; syscalls?: 'focus' | 'all'; environment?: Record<string, string> } = {},
  ): Promise<TracedProgram> {
    const build = await probeStrace('strace');
    const folder = mkdtempSync(path.join(tmpdir(), 'syscape-real-'));
    const logPath = path.join(folder, 'log.strace');
    const command = straceArguments(build.version, {
      logPath,
      program,
      args,
      environment: options.environment ?? {},
      syscalls: options.syscalls ?? 'focus',
      stringLimit: 64,
    });
    const strace = spawn('strace', command, { stdio: ['ignore', 'ignore', 'ignore'], cwd: options.cwd ?? folder });
    const traced = new TracedProgram(strace, logPath, folder);
    while (!existsSync(logPath) && !traced.hasEnded) await sleep(5);
    return traced;
  }

  get hasEnded(): boolean {
    return this.strace.exitCode !== null || this.strace.signalCode !== null;
  }

  /** Waits for the program's end; kills it after `limitMs`. Resolves with strace's exit code. */
  async ended(limitMs = 60_000): Promise<number | null> {
    const deadline = Date.now() + limitMs;
    while (!this.hasEnded && Date.now() < deadline) await sleep(20);
    if (!this.hasEnded) {
      this.signal('SIGKILL');
      throw new Error(`the traced program did not end in ${limitMs} ms`);
    }
    return this.strace.exitCode;
  }

  /** Signals every traced process. */
  signal(signal: NodeJS.Signals): void {
    for (const pid of traceesOf(this.strace.pid!)) {
      try {
        process.kill(pid, signal);
      } catch {
        // It ended meanwhile.
      }
    }
  }

  log(): Uint8Array {
    return readFileSync(this.logPath);
  }

  /** Trace of the whole log of a program that has ended. */
  trace(): Trace {
    const log = this.log();
    this.reader.readTo(log, log.length);
    this.reader.trace.end();
    return this.reader.trace;
  }

  /** Compares every living tracee with the log, at one instant; nothing when the program has just ended. */
  async compare(): Promise<Comparison> {
    if (!this.toStrace('SIGSTOP')) return { processes: 0, differences: [] };
    let states: KernelState[] = [];
    let stopBytes = 0;
    try {
      await this.standsStill();
      states = traceesOf(this.strace.pid!).flatMap(pid => kernelState(pid) ?? []);
      stopBytes = this.log().length;
    } finally {
      this.toStrace('SIGCONT');
    }
    await sleep(100);
    return this.compareStates(stopBytes, states);
  }

  /** On a busy machine a signal takes its time: waits until strace is stopped, then a little for its tracees to halt. */
  private async standsStill(): Promise<void> {
    while (!this.hasEnded && !isStopped(this.strace.pid!)) await sleep(5);
    await sleep(100);
  }

  /** False when strace has ended. */
  private toStrace(signal: NodeJS.Signals): boolean {
    try {
      return process.kill(this.strace.pid!, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
      throw error;
    }
  }

  /** Every state must be the model's right where the log stood, or after a line that completes what was in flight. */
  private compareStates(stopBytes: number, states: readonly KernelState[]): Comparison {
    const log = this.log();
    const { reader } = this;
    reader.readTo(log, log.lastIndexOf(10, stopBytes - 1) + 1);
    const open = new Map<KernelState, string[]>();
    for (const state of states) {
      const before = differencesOf(reader.trace, state);
      if (before.length > 0) open.set(state, before);
    }
    const instants = [...open.keys()]
      .flatMap(state => nextInstantsOf(log, stopBytes, state).map(end => ({ state, end })))
      .sort((a, b) => a.end - b.end);
    for (const { state, end } of instants) {
      if (!open.has(state)) continue;
      reader.readTo(log, end);
      if (differencesOf(reader.trace, state).length === 0) open.delete(state);
    }
    const differences = [...open].flatMap(([state, before]) =>
      before.map(d => `pid ${state.pid} (${state.executable}): ${d}`),
    );
    return { processes: states.length, differences };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A trace that is fed a growing log piece by piece. */
class LogFollower {
  readonly trace: Trace;
  private readonly log = new MemoryLog();
  private position = 0;

  constructor() {
    this.trace = new Trace({ log: this.log });
  }

  /** Reads on until a position of the log; what is read already is read. */
  readTo(log: Uint8Array, end: number): void {
    if (end <= this.position) return;
    const bytes = log.subarray(this.position, end);
    this.position = end;
    this.log.append(bytes);
    this.trace.ingest(bytes);
  }
}

function differencesOf(trace: Trace, state: KernelState): string[] {
  const process = processWithPid(trace, state.pid);
  if (process === null) return ['the model has no such living process'];
  const children = childrenOf(trace, process);
  return [
    ...descriptorDifferences(trace.kernel.descriptors({ process, atNs: null }), state, inherited),
    ...memoryDifferences(trace.kernel.memory({ process, atNs: null }), state),
    ...state.children.filter(pid => !children.includes(pid)).map(pid => `child ${pid} is not in the model`),
    ...children
      .filter(pid => !state.children.includes(pid))
      .map(pid => `the model has a child ${pid}, which is no child`),
  ];
}

/** Pids of the children that the kernel would let a process wait for: its own, and those it adopted. */
function childrenOf(trace: Trace, parent: number): number[] {
  return allProcesses(trace)
    .filter(({ process: p }) => (p.reparented ? p.reparented.to : p.parent) === parent)
    .filter(({ process: p }) => p.reapedBy === null && !p.autoReaped)
    .map(({ process: p }) => p.pid);
}

function processWithPid(trace: Trace, pid: number): number | null {
  return allProcesses(trace).find(({ process: p }) => p.pid === pid && p.endNs === null)?.process.id ?? null;
}

/**
 * Ends of the lines after a position that may bring the log to where a process was: the one that tells of its birth, and the
 * first that one of its threads completes.
 */
function nextInstantsOf(log: Uint8Array, from: number, state: KernelState): number[] {
  const start = log.lastIndexOf(10, from - 1) + 1;
  const text = Buffer.from(log.buffer, log.byteOffset + start, log.byteLength - start).toString('latin1');
  const endOf = (pattern: string): number[] => {
    const line = new RegExp(pattern, 'gm');
    return line.test(text) ? [start + line.lastIndex] : [];
  };
  return [
    ...endOf(`^\\d+ [^\\n]*clone[^\\n]* = ${state.pid}\\b[^\\n]*\\n`),
    ...endOf(`^\\d+ [^\\n]*v?fork[^\\n]* = ${state.pid}\\b[^\\n]*\\n`),
    ...endOf(`^(?:${state.threads.join('|')}) +[^\\n]*(?: = |\\+\\+\\+)[^\\n]*\\n`),
  ];
}
