/**
 * Locate in source: the lines of events of a trace without stacks, found by running the program once more with the stacks of just those
 * calls. Invariant: an event gets a line only when the second run has the same call at the same position (trace/source/runPosition.ts);
 * otherwise it is said why not.
 */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProgressLocation, l10n, window, type Disposable } from 'vscode';
import type { CallMatch, EventDetail, EventFilter, Row, RunPosition } from '../trace/api.js';
import { guidingCalls } from '../trace/source/runPosition.js';
import type { TraceSource } from '../trace/traceSource.js';
import { canRunAgain, checkRepeatable, confirmSaved, type RepeatableSession } from './repeat.js';
import type { RunServices } from './runServices.js';
import { RunSession } from './runSession.js';
import { runAgain } from './secondRun.js';
import type { TraceSession } from './session.js';
import type { SourceLines } from './sourceLines.js';
import { CancelledError, UserError } from './userError.js';

/** What became of one event. */
export type Located = { row: Row; stack: EventDetail['stack'] } | { row: Row; reason: string };

interface Wanted {
  row: Row;
  position: RunPosition;
}

const terminalReads: EventFilter = { syscalls: ['read', 'readv', 'pread64'], fds: [0], text: '(0</dev/pts/' };

export class SourceLocator implements Disposable {
  readonly #stop = new Set<AbortController>();

  constructor(
    private readonly services: RunServices,
    private readonly lines: SourceLines,
  ) {}

  /**
   * Runs the program again and remembers the stacks that it finds. Resolves with what became of each row that is a call, in their order;
   * rejects with a UserError when the program cannot be run again, with a CancelledError when the user does not want it.
   */
  async locate(session: TraceSession, rows: readonly Row[]): Promise<Located[]> {
    const { trace } = session;
    if (!trace || session.phase !== 'ended') throw new UserError(l10n.t('The program is still running.'));
    if (!canRunAgain(session))
      throw new UserError(l10n.t('Nothing beside this log tells how its program was started: it cannot be run again.'));
    await checkRepeatable(session.started);
    await this.lines.checkNotRebuilt(session, session.started.path);
    const wanted = await positionsOf(trace, rows);
    if (wanted.length === 0) {
      throw new UserError(l10n.t('Only system calls of processes whose beginning was traced can be found again.'));
    }
    await confirmSaved(session);
    const terminal = (await trace.countMatches(terminalReads)) > 0;
    if (terminal) await confirmInput(session);
    // Nothing is written beside a saved log.
    const folder = session instanceof RunSession ? session.folder : await mkdtemp(join(tmpdir(), 'syscape-lines-'));
    try {
      return await this.#locateIn(folder, session, { wanted, terminal });
    } finally {
      if (session.saved) await rm(folder, { recursive: true, force: true });
    }
  }

  async #locateIn(
    folder: string,
    session: RepeatableSession,
    { wanted, terminal }: { wanted: readonly Wanted[]; terminal: boolean },
  ): Promise<Located[]> {
    const calls = [...new Set([...wanted.map(({ position }) => position.name), ...guidingCalls])];
    const { trace: second, backend } = await this.#run(session, async stop =>
      runAgain(session, this.services, {
        folder,
        calls,
        stop,
        terminal,
        enough: async again =>
          (await Promise.all(wanted.map(({ position }) => again.callAt(position)))).every(
            ({ kind }) => kind === 'found',
          ),
      }),
    );
    try {
      const located: Located[] = [];
      for (const { row, position } of wanted) {
        const match = await second.callAt(position);
        const detail = match.kind === 'found' ? await second.event(match.row) : undefined;
        if (detail && detail.stack.length > 0) located.push({ row, stack: detail.stack });
        else located.push({ row, reason: reason(match, position) });
      }
      const found = located.flatMap(each => ('stack' in each ? [each] : []));
      await this.lines.remember(session, backend, found);
      return located;
    } finally {
      await second.dispose();
    }
  }

  /** Ends what runs. */
  dispose(): void {
    for (const stop of this.#stop) stop.abort();
  }

  async #run<T>(session: RepeatableSession, run: (stop: AbortSignal) => Promise<T>): Promise<T> {
    const stop = new AbortController();
    this.#stop.add(stop);
    const title = session.stopAsked
      ? l10n.t('{0} runs again to find the line. Make it do the same once more.', session.title)
      : l10n.t('{0} runs again to find the line.', session.title);
    try {
      return await window.withProgress(
        { location: ProgressLocation.Notification, title, cancellable: true },
        async (_progress, token) => {
          let cancelled = false;
          token.onCancellationRequested(() => {
            cancelled = true;
            stop.abort();
          });
          const result = await run(stop.signal);
          if (cancelled && !session.stopAsked) throw new CancelledError('Stopped');
          return result;
        },
      );
    } finally {
      this.#stop.delete(stop);
    }
  }
}

async function positionsOf(trace: TraceSource, rows: readonly Row[]): Promise<Wanted[]> {
  const positions = await Promise.all(rows.map(row => trace.positionOf(row)));
  return rows.flatMap((row, i) => {
    const position = positions[i];
    return position ? [{ row, position }] : [];
  });
}

async function confirmInput(session: TraceSession): Promise<void> {
  const again = l10n.t('Run Again');
  const chosen = await window.showInformationMessage(
    l10n.t('To find the line, {0} is run again. It read from the terminal: it needs the same input.', session.title),
    { modal: true },
    again,
  );
  if (chosen !== again) throw new CancelledError('Not run again');
}

/** Why there is no line. */
function reason(match: CallMatch, { name, index, total }: RunPosition): string {
  switch (match.kind) {
    case 'found':
      return l10n.t('strace printed no stack for this call.');
    case 'noThread':
      return l10n.t('When it ran again, the program did not make this process or thread.');
    case 'fewer':
    case 'count':
      return l10n.t(
        'When it ran again, this thread called {0} {1} times instead of {2} times, so nobody can say which of them this was.',
        ...[name, match.calls, total],
      );
    case 'arguments':
      return match.at === index
        ? l10n.t('When it ran again, this call of {0} had other arguments.', name)
        : l10n.t(
            'When it ran again, call {1} of {0} by this thread had other arguments, so what follows may be other calls.',
            ...[name, match.at + 1],
          );
  }
}
