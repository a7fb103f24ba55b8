/** What the process model remembers of single events, and those memories as facts for whoever looks at the event. */

import type { EventFact, ExitStatus, ProcessId, Row } from '../api.js';
import type { Creation } from './lives.js';
import type { ProcessRegistry } from './processRegistry.js';
import { zombieNs } from './processViews.js';
import type { WaitResult } from './waitStatus.js';

export type ProcessNote =
  | { kind: 'creation'; creation: Creation }
  | { kind: 'wait'; child: ProcessId | null; result: WaitResult }
  | { kind: 'exec'; image: string }
  | { kind: 'exited'; status: ExitStatus };

export function factsFrom(row: Row, notes: readonly ProcessNote[], registry: ProcessRegistry): EventFact[] {
  return notes.flatMap(note => {
    switch (note.kind) {
      case 'creation':
        return creationFacts(note.creation, registry);
      case 'wait':
        return waitFacts(row, note, registry);
      case 'exec':
        return [{ kind: 'exec', image: note.image } satisfies EventFact];
      case 'exited':
        return [{ kind: 'exited', status: note.status } satisfies EventFact];
    }
  });
}

function creationFacts(creation: Creation, registry: ProcessRegistry): EventFact[] {
  const facts: EventFact[] = [];
  if (creation.child !== null) {
    const thread = registry.thread(creation.child);
    const process = registry.process(thread.process);
    facts.push(
      creation.flags.thread
        ? { kind: 'createdThread', thread: thread.id, tid: thread.tid }
        : { kind: 'createdProcess', process: process.id, pid: process.pid },
    );
  }
  if (creation.flags.names.length > 0) facts.push({ kind: 'cloneFlags', flags: [...creation.flags.names] });
  return facts;
}

function waitFacts(
  row: Row,
  note: { child: ProcessId | null; result: WaitResult },
  registry: ProcessRegistry,
): EventFact[] {
  const { child, result } = note;
  const facts: EventFact[] = [];
  const process = child === null ? null : registry.process(child);
  if (process ? process.reap?.row === row : result.effect === 'reaped') {
    facts.push({
      kind: 'reaped',
      process: process?.id ?? null,
      pid: process?.pid ?? result.pid,
      status: result.status ?? process?.exit ?? null,
      zombieNs: process ? zombieNs(process, process.endNs) : 0,
    });
  }
  if (result.text !== '') facts.push({ kind: 'waitStatus', text: result.text });
  return facts;
}
