/**
 * When, in which thread and on which line of C each event of a finding's evidence happened. Asked once an event: what is over does not
 * change. Whoever learns more about the lines of a session (a second run that records stacks) calls `forget` and is asked again.
 */

import { Disposable, Uri, workspace, type TextDocumentContentChangeEvent } from 'vscode';
import type { Row, ThreadId } from '../../trace/api.js';
import type { ResolvedStack, SourcePlace } from '../../trace/source/stackResolver.js';
import type { SessionList, TraceSession } from '../session.js';
import type { SourceLines } from '../sourceLines.js';
import { SourceAnchor } from './sourceAnchor.js';

export interface EventPlace {
  thread: ThreadId;
  atNs: number;
  /** Innermost line of the workspace on the event's stack, else of any source that is there. */
  place: SourceAnchor | undefined;
}

export class FindingPlaces implements Disposable {
  readonly #known = new Map<TraceSession, Map<Row, EventPlace>>();
  readonly #listener: Disposable;

  constructor(
    sessions: SessionList,
    private readonly lines: SourceLines,
  ) {
    this.#listener = Disposable.from(
      sessions.onDidChange(() => {
        for (const session of this.#known.keys()) if (!sessions.sessions.includes(session)) this.forget(session);
      }),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (document.uri.scheme === 'file') this.#edited(document.uri.fsPath, contentChanges);
      }),
    );
  }

  /** undefined: there is no such event. Rejects when the trace was closed. */
  async of(session: TraceSession, row: Row): Promise<EventPlace | undefined> {
    const known = this.#known.get(session)?.get(row);
    if (known) return known;
    const detail = await session.trace?.event(row);
    if (!detail) return undefined;
    const stack = await this.lines.stackOf(session, detail);
    const place = stack && innermost(stack);
    const found = { thread: detail.thread, atNs: detail.startNs, place: place && new SourceAnchor(place) };
    // strace prints the stack of a call when it returns.
    if (detail.endNs !== null || detail.kind !== 'call') this.#rowsOf(session).set(row, found);
    return found;
  }

  forget(session: TraceSession): void {
    this.#known.delete(session);
  }

  dispose(): void {
    this.#listener.dispose();
  }

  #edited(path: string, changes: readonly TextDocumentContentChangeEvent[]): void {
    for (const rows of this.#known.values())
      for (const { place } of rows.values()) if (place?.path === path) place.edited(changes);
  }

  #rowsOf(session: TraceSession): Map<Row, EventPlace> {
    const rows = this.#known.get(session) ?? new Map<Row, EventPlace>();
    this.#known.set(session, rows);
    return rows;
  }
}

function innermost({ frames }: ResolvedStack): SourcePlace | undefined {
  const places = frames.flatMap(({ place }) => place ?? []);
  return places.find(({ path }) => workspace.getWorkspaceFolder(Uri.file(path))) ?? places[0];
}
