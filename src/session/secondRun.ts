/**
 * A program's second run: started as the first one was, with the stacks of some calls only. It is no session: nobody is shown its trace.
 * Invariant: when the promise settles, nothing of the run is left but its log.
 */

import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Uri, l10n } from 'vscode';
import { straceArguments } from '../trace/capture/commandLine.js';
import { isAlive } from '../trace/capture/procfs.js';
import { stopTracees } from '../trace/capture/stop.js';
import type { StackBackend } from '../trace/capture/straceVersion.js';
import type { TraceSource } from '../trace/traceSource.js';
import { pathOf, targetOf } from './launchTarget.js';
import type { RepeatableSession } from './repeat.js';
import type { RunServices } from './runServices.js';
import { readSettings } from './settings.js';
import { endSurvivors } from './survivors.js';
import type { TracedTaskOptions } from './tracedTask.js';
import { UserError } from './userError.js';

/** Between two looks at whether the run has shown enough. */
const lookIntervalMs = 500;

export interface SecondRunOptions {
  /** Where its log goes. */
  folder: string;
  /** Names of the calls whose stacks are wanted. */
  calls: readonly string[];
  /** Shows the terminal: the program wants to be typed to. */
  terminal: boolean;
  /** Ends the run; what it has shown until then is used. */
  stop: AbortSignal;
  /** The trace has all that is wanted: a run that would not end by itself is ended. */
  enough(trace: TraceSource): Promise<boolean>;
}

export interface SecondRun {
  /** Complete. The caller disposes of it. */
  trace: TraceSource;
  backend: Exclude<StackBackend, 'none'>;
}

/** Rejects with a UserError when strace has no stacks, with a CaptureError when the program cannot be run. */
export async function runAgain(
  first: RepeatableSession,
  services: RunServices,
  options: SecondRunOptions,
): Promise<SecondRun> {
  const { probe, openTrace, log } = services;
  const { started } = first;
  const target = pathOf(targetOf(started));
  const { stracePath, stopGraceMs } = readSettings(Uri.file(target));
  const build = await probe.build(stracePath);
  const backend = build.stackBackend;
  if (backend === 'none') throw new UserError(l10n.t('This strace was built without stack traces (-k).'));
  const { folder } = options;
  const id = `${basename(folder)}-${Date.now()}`;
  const logPath = join(folder, 'lines', `${id}.log`);
  await mkdir(join(folder, 'lines'), { recursive: true });
  await writeFile(logPath, '');
  const { path: program, cwd } = started;
  const args = straceArguments(build.version, { ...started, program, logPath, syscalls: options.calls, stacks: true });
  log.info(`Again, for source lines: ${args.join(' ')}`);
  const trace = openTrace({ path: logPath, live: true });
  try {
    const task = {
      title: l10n.t('{0} (lines)', first.title),
      target: `${target} (lines)`,
      command: stracePath,
      args,
      cwd,
      reveal: options.terminal,
      close: true,
    };
    await run(task, { id, folder, trace, stopGraceMs, mayNotEnd: first.stopAsked }, services, options);
    return { trace, backend };
  } catch (error) {
    await trace.dispose();
    throw error;
  }
}

interface Run {
  id: string;
  folder: string;
  trace: TraceSource;
  stopGraceMs: number;
  /** The first run had to be stopped. */
  mayNotEnd: boolean;
}

async function run(
  options: TracedTaskOptions,
  { id, folder, trace, stopGraceMs, mayNotEnd }: Run,
  { tasks, running }: RunServices,
  { stop, enough }: SecondRunOptions,
): Promise<void> {
  const task = await tasks.start(options);
  const tracer = task.pid === 0 ? undefined : await running.add(id, task.pid, folder);
  const end = async (): Promise<void> => {
    if (tracer && isAlive(tracer)) await stopTracees(tracer, stopGraceMs);
  };
  const unwatch = mayNotEnd ? endWhenEnough(trace, enough, end) : () => {};
  const stopped = (): void => void end();
  stop.addEventListener('abort', stopped);
  try {
    if (stop.aborted) await end();
    await task.ended;
    await end(); // only the terminal was closed
    await trace.finish();
    if (tracer) await endSurvivors(trace, tracer);
  } finally {
    unwatch();
    stop.removeEventListener('abort', stopped);
    await running.remove(id);
  }
}

function endWhenEnough(trace: TraceSource, enough: SecondRunOptions['enough'], end: () => Promise<void>): () => void {
  let timer: NodeJS.Timeout | undefined;
  const look = async (): Promise<void> => {
    timer = undefined;
    if (await enough(trace)) await end();
  };
  const unsubscribe = trace.onChange(() => {
    timer ??= setTimeout(() => look().catch(() => {}), lookIntervalMs); // rejects only when the trace was closed
  });
  return () => {
    unsubscribe();
    clearTimeout(timer);
  };
}
