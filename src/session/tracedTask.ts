/**
 * Runs strace and its program in an integrated terminal, as a task with a process execution: no shell in between, the terminal is the
 * program's own (input, colours, window size, Ctrl-C), stays open at the end, and the end comes as an event.
 */

import {
  Disposable,
  ProcessExecution,
  Task,
  TaskPanelKind,
  TaskRevealKind,
  TaskScope,
  Uri,
  tasks,
  window,
  workspace,
  type Terminal,
} from 'vscode';
import { taskType } from './contributions.js';
import { withoutTaskVariables } from './taskArguments.js';
import { CancelledError } from './userError.js';

export interface TracedTaskOptions {
  /** Title of the terminal. */
  title: string;
  /** What is run: the same target reuses its last terminal. */
  target: string;
  command: string;
  args: readonly string[];
  cwd: string;
  reveal: boolean;
  /** The terminal goes away with the program. */
  close?: boolean;
}

/** Tasks that run now, by identity; two runs of one target at a time need a terminal each. */
const identityOf = (target: string, instance: number) => `${instance} ${target}`;

export class TracedTasks {
  readonly #running = new Set<string>();

  /** Starts it. Rejects with a CancelledError when the terminal was closed before the process began. */
  async start(options: TracedTaskOptions): Promise<TracedTask> {
    let instance = 1;
    while (this.#running.has(identityOf(options.target, instance))) instance++;
    const identity = identityOf(options.target, instance);
    this.#running.add(identity);
    const run = new TracedTask(options, instance);
    void run.ended.then(() => this.#running.delete(identity));
    await run.start();
    return run;
  }
}

export class TracedTask {
  /** Pid of strace; 0 until it has started. */
  pid = 0;
  /** Resolves when the terminal says that the process has ended: with its exit code, undefined when the terminal was closed. */
  readonly ended: Promise<number | undefined>;

  readonly #subscriptions: Disposable;
  readonly #started: Promise<number>;
  #end: (code: number | undefined) => void = () => {};

  constructor(
    private readonly options: TracedTaskOptions,
    private readonly instance: number,
  ) {
    this.ended = new Promise(resolve => (this.#end = resolve));
    let begin: (pid: number) => void = () => {};
    this.#started = new Promise(resolve => (begin = resolve));
    const isOurs = (task: Task) =>
      task.definition.type === taskType &&
      task.definition['target'] === options.target &&
      task.definition['instance'] === instance;
    this.#subscriptions = Disposable.from(
      tasks.onDidStartTaskProcess(event => {
        if (isOurs(event.execution.task)) begin(event.processId);
      }),
      tasks.onDidEndTaskProcess(event => {
        if (isOurs(event.execution.task)) this.#finish(event.exitCode);
      }),
      // A task whose process could not even be made has no process events.
      tasks.onDidEndTask(event => {
        if (isOurs(event.execution.task)) setTimeout(() => this.#finish(undefined), 100);
      }),
    );
  }

  async start(): Promise<void> {
    try {
      await tasks.executeTask(this.#task());
    } catch (error) {
      this.#finish(undefined);
      throw error;
    }
    const pid = await Promise.race([this.#started, this.ended]);
    // A very short program may have ended before its start was told; then the pid is known all the same.
    this.pid = await Promise.race([this.#started, Promise.resolve(0)]);
    if (pid === undefined && this.pid === 0) throw new CancelledError('The terminal was closed');
  }

  /** Shows the terminal; `focus` gives it the keyboard. */
  async show(focus: boolean): Promise<void> {
    (await this.#terminal())?.show(!focus);
  }

  #finish(code: number | undefined): void {
    this.#subscriptions.dispose();
    this.#end(code);
  }

  #task(): Task {
    const { title, target, cwd, reveal, close } = this.options;
    const { command, args } = withoutTaskVariables(this.options);
    const task = new Task(
      { type: taskType, target, instance: this.instance },
      workspace.getWorkspaceFolder(Uri.file(target)) ??
        (workspace.workspaceFolders ? TaskScope.Workspace : TaskScope.Global),
      title,
      'Syscape',
      new ProcessExecution(command, [...args], { cwd }),
      [],
    );
    task.presentationOptions = {
      reveal: reveal ? TaskRevealKind.Always : TaskRevealKind.Never,
      panel: TaskPanelKind.Dedicated,
      echo: false, // strace's arguments are long; the log has them
      focus: reveal,
      clear: true,
      showReuseMessage: false,
      close: close === true,
    };
    return task;
  }

  async #terminal(): Promise<Terminal | undefined> {
    for (const terminal of window.terminals) {
      if (this.pid !== 0 && (await terminal.processId) === this.pid) return terminal;
    }
    return undefined;
  }
}
