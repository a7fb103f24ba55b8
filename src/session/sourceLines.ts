/**
 * The source lines of each session's stacks. Symbols are opened when they are first asked for and closed with their session.
 */

import { realpath, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { EventEmitter, Uri, l10n, type Disposable } from 'vscode';
import type { EventDetail, Row } from '../trace/api.js';
import { readCaptureFacts, writeCaptureFacts } from '../trace/source/captureFacts.js';
import { readElf } from '../trace/source/elf.js';
import { SourceQueries } from '../trace/source/sourceQueries.js';
import { StackResolver, type ResolvedStack } from '../trace/source/stackResolver.js';
import { isRebuilt, type AddressKind } from '../trace/source/symbolizer.js';
import type { ShownStack } from '../views/timeline/protocol.js';
import type { SessionList, TraceSession } from './session.js';
import { readSettings } from './settings.js';
import { UserError } from './userError.js';

export class SourceLines implements Disposable {
  readonly #resolvers = new Map<TraceSession, Promise<StackResolver>>();
  /** Stacks of events whose own trace has none, by row: a second run found them. */
  readonly #located = new Map<TraceSession, Map<Row, ResolvedStack>>();
  readonly #didLocate = new EventEmitter<TraceSession>();
  /** Stacks of a session's events became known. */
  readonly onDidLocate = this.#didLocate.event;
  /** How many objects of a session have been written down. */
  readonly #noted = new WeakMap<TraceSession, number>();
  #writing = Promise.resolve();
  readonly #queries = new WeakMap<TraceSession, SourceQueries>();
  readonly #listener: Disposable;

  constructor(private readonly sessions: SessionList) {
    this.#listener = sessions.onDidChange(() => {
      for (const session of [...this.#resolvers.keys(), ...this.#located.keys()])
        if (!sessions.sessions.includes(session)) this.#close(session);
    });
  }

  async resolve(session: TraceSession, stack: EventDetail['stack']): Promise<ResolvedStack> {
    let resolver = this.#resolvers.get(session);
    if (!resolver) {
      resolver = open(session);
      this.#resolvers.set(session, resolver);
    }
    const opened = await resolver;
    const resolved = await opened.resolve(stack);
    this.#note(session, opened);
    return resolved;
  }

  /** Writes down which builds were traced: they are known for certain only while nobody has had time to build them again. */
  #note(session: TraceSession, resolver: StackResolver): void {
    if (session.saved) return;
    const objects = resolver.identities();
    const count = Object.keys(objects).length;
    if (count <= (this.#noted.get(session) ?? 0)) return;
    this.#noted.set(session, count);
    this.#writing = this.#writing
      .then(async () => {
        const facts = await readCaptureFacts(session.logPath);
        await writeCaptureFacts(session.logPath, { ...facts, objects: { ...objects, ...facts?.objects } });
      })
      .catch(() => {}); // the session's folder was removed
  }

  /** Rejects with a UserError when a file is no longer the one that the session traced. */
  async checkNotRebuilt(session: TraceSession, path: string): Promise<void> {
    const object = await realpath(path);
    const traced = (await readCaptureFacts(session.logPath))?.objects[object];
    const now = readElf(object);
    if (now && isRebuilt(now, traced, await this.tracedAtMs(session))) throw new UserError(rebuiltSince(path));
  }

  /** The stack of an event: the one in its trace, else the one that a second run found; undefined when there is none. */
  async stackOf(session: TraceSession, { row, stack }: EventDetail): Promise<ResolvedStack | undefined> {
    if (stack.length > 0) return this.resolve(session, stack);
    return this.#located.get(session)?.get(row);
  }

  /** Keeps the stacks that a second run has found, for as long as the session is there. */
  async remember(
    session: TraceSession,
    backend: AddressKind,
    found: readonly { row: Row; stack: EventDetail['stack'] }[],
  ): Promise<void> {
    if (found.length === 0) return;
    // What was rebuilt since the first run is another program, whatever the second run says.
    const resolver = await open(session, backend);
    try {
      const rows = this.#located.get(session) ?? new Map<Row, ResolvedStack>();
      for (const { row, stack } of found) rows.set(row, await resolver.resolve(stack));
      this.#located.set(session, rows);
    } finally {
      resolver.dispose();
    }
    this.#didLocate.fire(session);
  }

  /** When the trace began, in milliseconds since 1970: what was written later is not what ran. null: not known. */
  tracedAtMs(session: TraceSession): Promise<number | null> {
    return beginningOf(session);
  }

  /** What can be asked of a session's source lines; undefined while it has no trace. */
  queries(session: TraceSession): SourceQueries | undefined {
    let queries = this.#queries.get(session);
    if (!queries && session.trace) {
      queries = new SourceQueries(session.trace, stack => this.resolve(session, stack));
      this.#queries.set(session, queries);
    }
    return queries;
  }

  /** What the timeline shows of an event's stack; undefined when it has none. */
  async shownStack(session: TraceSession, detail: EventDetail): Promise<ShownStack | undefined> {
    const stack = await this.stackOf(session, detail);
    if (!stack) return undefined;
    const { frames, rebuilt, unreliable, hiddenCaller } = stack;
    const changed = new Set(frames.flatMap(({ place }) => (place?.changed ? [basename(place.path)] : [])));
    return {
      frames: frames.map(({ symbol, object, place }) => ({
        symbol,
        place: place ? `${basename(place.path)}:${place.line}` : basename(object),
        opens: place !== undefined,
      })),
      notes: [
        ...rebuilt.map(object => rebuiltNote(object)),
        ...unreliable.map(object => unreliableNote(object)),
        ...(hiddenCaller === undefined ? [] : [hiddenCallerNote(hiddenCaller)]),
        ...(detail.stack.length === 0 ? [l10n.t('Found by running the program again.')] : []),
        ...[...changed].map(file => l10n.t('{0} was edited after this trace: its lines may have moved.', file)),
      ],
    };
  }

  dispose(): void {
    this.#listener.dispose();
    this.#didLocate.dispose();
    for (const session of [...this.#resolvers.keys()]) this.#close(session);
  }

  #close(session: TraceSession): void {
    void this.#resolvers.get(session)?.then(resolver => resolver.dispose());
    this.#resolvers.delete(session);
    this.#located.delete(session);
  }
}

export function rebuiltNote(object: string): string {
  return l10n.t('{0} was rebuilt after this trace: its lines would be wrong, so they are not shown.', basename(object));
}

export function hiddenCallerNote(function_: string): string {
  return l10n.t('strace cannot see who called {0}(): the line is not known.', function_);
}

function rebuiltSince(path: string): string {
  return l10n.t('{0} was rebuilt after this trace: trace it again to find lines.', basename(path));
}

export function unreliableNote(object: string): string {
  return l10n.t(
    'strace loses callers in {0}, because it is static: its lines are not shown. Link with -static-pie or without -static.',
    basename(object),
  );
}

async function open(session: TraceSession, backend?: AddressKind): Promise<StackResolver> {
  const known = backend ?? session.stackBackend;
  const facts = await readCaptureFacts(session.logPath);
  return new StackResolver({
    backend: known ?? facts?.stackBackend ?? 'unknown',
    tracedAtMs: await beginningOf(session),
    objects: facts?.objects ?? {},
    sourceMap: readSettings(Uri.file(session.sourcePath ?? session.logPath)).sourceMap,
  });
}

/** When the trace began, by its own times; a log without dates was written at the latest when its file was. */
async function beginningOf({ trace, logPath }: TraceSession): Promise<number | null> {
  const origin = trace?.latest.originEpochNs;
  if (origin) return Number(BigInt(origin) / 1_000_000n);
  return stat(logPath).then(
    ({ mtimeMs }) => mtimeMs,
    () => null,
  );
}
