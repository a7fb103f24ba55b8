/**
 * One run of a program under strace, from the compiler to the last byte of the log. The order of its life:
 * compile (if a source) → check → open the log → start strace in a terminal → strace ends → read the log to its end → say how it went.
 * Invariants: the session ends when strace has ended *and* its log is read; whatever ends it, no process of it stays behind.
 */

import { realpath, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Uri, l10n } from 'vscode';
import type { MeasuredOverhead } from '../trace/capture/calibration.js';
import { CaptureError } from '../trace/capture/captureError.js';
import { straceArguments, survivorsAreBroken, type TraceCommand } from '../trace/capture/commandLine.js';
import { diagnoseStrace } from '../trace/capture/probe.js';
import { isAlive, type ProcessIdentity } from '../trace/capture/procfs.js';
import { checkProgram } from '../trace/capture/programCheck.js';
import { stackCostMs } from '../trace/capture/stackCost.js';
import { killTraceesNow, stopTracees } from '../trace/capture/stop.js';
import { formatVersion, type StackBackend } from '../trace/capture/straceVersion.js';
import { writeCaptureFacts } from '../trace/source/captureFacts.js';
import { readElf } from '../trace/source/elf.js';
import type { StartedProgram } from '../trace/source/startedProgram.js';
import type { TraceSource } from '../trace/traceSource.js';
import { BaseSession } from './baseSession.js';
import { compileSource, programName } from './compileSource.js';
import { mainProcess, withoutCore } from './mainProcess.js';
import { pathOf, type LaunchTarget } from './launchTarget.js';
import type { RunServices } from './runServices.js';
import { readSettings, type Settings } from './settings.js';
import type { StackWish } from './sourceLinesChoice.js';
import { endSurvivors } from './survivors.js';
import type { TracedTask } from './tracedTask.js';
import { CancelledError } from './userError.js';

const lookIntervalMs = 300;
const leastCostToldSeconds = 1;

export class RunSession extends BaseSession {
  readonly title: string;
  readonly saved = false;
  readonly logPath: string;
  override readonly sourcePath: string | undefined;
  /** Resolves when the session has ended, in any way; rejects with why it could not run. */
  readonly done: Promise<void>;
  /** Set at the end, with the notice that says by how much. */
  sourceLinesHurt = false;

  readonly #abort = new AbortController();
  readonly #settings: Settings;
  #task: TracedTask | undefined;
  #tracer: ProcessIdentity | undefined;
  #stopping: Promise<void> | undefined;

  constructor(
    readonly id: string,
    readonly folder: string,
    readonly target: LaunchTarget,
    private readonly stackWish: StackWish,
    private readonly services: RunServices,
  ) {
    super('compiling');
    const path = pathOf(target);
    this.title = target.kind === 'source' ? programName(path) : basename(path);
    this.sourcePath = target.kind === 'source' ? path : undefined;
    this.logPath = join(folder, `${this.title}.strace`);
    this.#settings = readSettings(Uri.file(path));
    this.done = this.#run().catch((error: unknown) => {
      this.update({ phase: 'failed' });
      throw error;
    });
  }

  /** The terminal, with the keyboard when `focus`. */
  async showTerminal(focus: boolean): Promise<void> {
    await this.#task?.show(focus);
  }

  /** Asks politely first; asked again while it is still stopping, it kills. Resolves when the session has ended. */
  async stop(): Promise<void> {
    if (this.phase === 'ended' || this.phase === 'failed') return;
    this.stopAsked = true;
    if (this.#stopping) this.killNow();
    this.#stopping ??= this.#stop();
    await this.#stopping;
  }

  /** For the moment when nobody will be there to wait. */
  killNow(): void {
    if (this.#tracer) killTraceesNow(this.#tracer);
  }

  async #stop(): Promise<void> {
    this.#abort.abort(new CancelledError('Stopped'));
    if (this.#tracer) await this.#endTracees(this.#tracer);
    await this.done.catch(() => {}); // told to whoever waits for `done`
  }

  async #run(): Promise<void> {
    const { probe, calibration, tasks, running, openTrace, log } = this.services;
    const build = await probe.build(this.#settings.stracePath);
    this.#decideStacks(build.stackBackend);
    const stacks = this.stackBackend !== undefined;
    // While the program is compiled: what this strace takes of each call.
    const measuring = calibration.measure({ ...this.#settings, build, stacks }, this.folder);
    const program = await this.#program();
    await checkProgram(program.path);
    this.#abort.signal.throwIfAborted();

    await writeFile(this.logPath, '');
    const { stringLimit, syscalls } = this.#settings;
    const started = { ...program, environment: this.#environment(), stringLimit };
    this.started = this.sourcePath === undefined ? started : { ...started, sourcePath: this.sourcePath };
    await this.#recordFacts(this.started, await measuring);
    const command: TraceCommand = { ...started, program: program.path, logPath: this.logPath, syscalls, stacks };
    const args = straceArguments(build.version, command);
    log.info(`strace ${formatVersion(build.version)}, stacks by ${build.stackBackend}: ${args.join(' ')}`);

    const trace = openTrace({ path: this.logPath, live: true });
    this.update({ phase: 'live', trace });
    const unwatch = this.#watchMain(trace);
    try {
      this.#task = await tasks.start({
        title: this.title,
        target: this.target.kind === 'source' ? this.target.sourcePath : program.path,
        command: this.#settings.stracePath,
        args,
        cwd: program.cwd,
        reveal: this.#settings.showOnTrace === 'terminal',
      });
      this.#tracer = this.#task.pid === 0 ? undefined : await running.add(this.id, this.#task.pid, this.folder);
      if (this.#abort.signal.aborted && this.#tracer) await this.#endTracees(this.#tracer);
      const exitCode = await this.#task.ended;
      if (this.#tracer && isAlive(this.#tracer)) {
        // The terminal was closed. That is no end: strace ignores the hang-up, and so may the program.
        this.stopAsked = true;
        await this.#endTracees(this.#tracer);
      }
      this.update({ phase: 'ending' });
      await trace.finish();
      await this.#conclude(trace, exitCode);
      this.#tellCost(trace);
      const survivors = this.#tracer ? await endSurvivors(trace, this.#tracer) : 0;
      if (survivors > 0) {
        log.warn(`strace ended before ${survivors} processes; broken: ${survivorsAreBroken(build.version, command)}`);
        this.update({
          notice: l10n.t('strace ended before the program did; what was left of the program was ended, too.'),
        });
      }
      this.update({ phase: 'ended' });
    } finally {
      unwatch();
      await running.remove(this.id);
    }
  }

  #decideStacks(backend: StackBackend): void {
    if (this.stackWish === 'no') return;
    if (backend === 'none') {
      if (this.stackWish === 'wanted')
        this.update({ notice: l10n.t('This strace was built without stack traces: the trace has no source lines.') });
      return;
    }
    this.stackBackend = backend;
  }

  /** What only now can be known for certain. */
  async #recordFacts(started: StartedProgram, overhead: MeasuredOverhead | undefined): Promise<void> {
    const elf = readElf(started.path); // undefined: a script
    const objects = elf ? { [await realpath(started.path)]: { buildId: elf.buildId, modifiedMs: elf.modifiedMs } } : {};
    await writeCaptureFacts(this.logPath, {
      ...(this.stackBackend && { stackBackend: this.stackBackend }),
      ...(overhead && { overhead }),
      started,
      objects,
    });
  }

  /** Said only when it hurts. */
  #tellCost({ latest }: TraceSource): void {
    if (!this.stackBackend || this.notice) return;
    const seconds = stackCostMs(this.stackBackend, latest.events, latest.threads) / 1000;
    if (seconds < leastCostToldSeconds) return;
    this.sourceLinesHurt = true;
    const [calls, time] = [latest.events.toLocaleString(), seconds.toFixed(seconds < 10 ? 1 : 0)];
    this.update({
      notice: l10n.t('Recording source lines slowed this program by roughly {0} s ({1} events).', time, calls),
    });
  }

  async #program(): Promise<{ path: string; args: readonly string[]; cwd: string }> {
    if (this.target.kind === 'program') {
      const { program, args, cwd } = this.target;
      return { path: program, args, cwd };
    }
    const { sourcePath } = this.target;
    const { problems, log } = this.services;
    const path = await compileSource(sourcePath, this.folder, problems, log, this.#abort.signal);
    return { path, args: [], cwd: dirname(sourcePath) };
  }

  /** The user's variables; and LeakSanitizer off, which cannot work under ptrace and would fail the program at its end. */
  #environment(): Record<string, string> {
    const sanitized =
      this.target.kind === 'source' &&
      this.#settings.compilerFlags.some(flag => /^-fsanitize=.*(address|leak)/.test(flag));
    return {
      ...(sanitized ? { ASAN_OPTIONS: 'detect_leaks=0', LSAN_OPTIONS: 'detect_leaks=0' } : {}),
      ...this.#settings.environment,
    };
  }

  async #endTracees(tracer: ProcessIdentity): Promise<void> {
    this.update({ phase: 'ending' });
    const report = await stopTracees(tracer, this.#settings.stopGraceMs);
    this.services.log.info(`Stopped: ${report.asked} asked, ${report.killed} killed`);
    if (!report.ended) {
      this.update({
        notice: l10n.t('A process could not be killed: it is blocked in the kernel. The trace ends without it.'),
      });
    }
  }

  /** Follows the main process: its end, while others (a daemon) still run, and its waiting for the keyboard. */
  #watchMain(trace: TraceSource): () => void {
    let timer: NodeJS.Timeout | undefined;
    let inputRow = -1;
    const look = async (): Promise<void> => {
      const main = await mainProcess(trace);
      timer = undefined;
      if (main?.exit && !this.exit) this.update({ exit: withoutCore(main.exit) });
      const state = main?.state;
      if (state?.kind !== 'waiting' || state.syscall !== 'read' || state.fd !== 0 || inputRow === Infinity) return;
      // Waiting for a while, not just between two keys: show it where it is typed, once.
      if (state.row === inputRow) {
        inputRow = Infinity;
        await this.showTerminal(true);
      } else {
        inputRow = state.row;
        schedule();
      }
    };
    const schedule = (): void => {
      timer ??= setTimeout(() => look().catch(() => {}), lookIntervalMs); // rejects only when the trace was closed
    };
    const unsubscribe = trace.onChange(schedule);
    return () => {
      unsubscribe();
      clearTimeout(timer);
    };
  }

  /** The log says how the program ended; strace's own exit code is second-hand and cannot tell a signal from a code. */
  async #conclude(trace: TraceSource, exitCode: number | undefined): Promise<void> {
    const main = await mainProcess(trace);
    if (main?.exit) {
      this.update({ exit: withoutCore(main.exit) });
      return;
    }
    if (trace.latest.lines === 0 && exitCode !== 0 && !this.stopAsked) {
      const fault = await diagnoseStrace(this.#settings.stracePath);
      throw fault ?? new CaptureError({ kind: 'straceFailed', output: `exit ${exitCode ?? '?'}` });
    }
  }
}
