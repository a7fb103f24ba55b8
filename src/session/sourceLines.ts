/**
 * The source lines of each session's stacks. Symbols are opened when they are first asked for and closed with their session.
 */

import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Uri, l10n, type Disposable } from 'vscode';
import type { EventDetail } from '../trace/api.js';
import { readCaptureFacts } from '../trace/source/captureFacts.js';
import { StackResolver, type ResolvedStack } from '../trace/source/stackResolver.js';
import type { ShownStack } from '../views/timeline/protocol.js';
import type { SessionList, TraceSession } from './session.js';
import { readSettings } from './settings.js';

export class SourceLines implements Disposable {
  readonly #resolvers = new Map<TraceSession, Promise<StackResolver>>();
  readonly #listener: Disposable;

  constructor(private readonly sessions: SessionList) {
    this.#listener = sessions.onDidChange(() => {
      for (const session of this.#resolvers.keys()) if (!sessions.sessions.includes(session)) this.#close(session);
    });
  }

  async resolve(session: TraceSession, stack: EventDetail['stack']): Promise<ResolvedStack> {
    let resolver = this.#resolvers.get(session);
    if (!resolver) {
      resolver = open(session);
      this.#resolvers.set(session, resolver);
    }
    return (await resolver).resolve(stack);
  }

  /** What the timeline shows of an event's stack; undefined when it has none. */
  async shownStack(session: TraceSession, { stack }: EventDetail): Promise<ShownStack | undefined> {
    if (stack.length === 0) return undefined;
    const { frames, rebuilt, unreliable } = await this.resolve(session, stack);
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
        ...[...changed].map(file => l10n.t('{0} was edited after this trace: its lines may have moved.', file)),
      ],
    };
  }

  dispose(): void {
    this.#listener.dispose();
    for (const session of [...this.#resolvers.keys()]) this.#close(session);
  }

  #close(session: TraceSession): void {
    void this.#resolvers.get(session)?.then(resolver => resolver.dispose());
    this.#resolvers.delete(session);
  }
}

export function rebuiltNote(object: string): string {
  return l10n.t('{0} was rebuilt after this trace: its lines would be wrong, so they are not shown.', basename(object));
}

export function unreliableNote(object: string): string {
  return l10n.t(
    'strace loses callers in {0}, because it is static: its lines are not shown. Link with -static-pie or without -static.',
    basename(object),
  );
}

async function open(session: TraceSession): Promise<StackResolver> {
  const facts = session.stackBackend ? undefined : await readCaptureFacts(session.logPath);
  return new StackResolver({
    backend: session.stackBackend ?? facts?.stackBackend ?? 'unknown',
    tracedAtMs: await tracedAtMs(session),
    sourceMap: readSettings(Uri.file(session.sourcePath ?? session.logPath)).sourceMap,
  });
}

/** When the trace began, by its own times; a log without dates was written at the latest when its file was. */
async function tracedAtMs({ trace, logPath }: TraceSession): Promise<number | null> {
  const origin = trace?.latest.originEpochNs;
  if (origin) return Number(BigInt(origin) / 1_000_000n);
  return stat(logPath).then(
    ({ mtimeMs }) => mtimeMs,
    () => null,
  );
}
