/** Facts that stand in an event's own line: worked out when somebody looks at the event, not while the log is read. */

import type { CallRecord, SignalRecord, Value } from 'strace-parser';
import { CallOutcome, ReturnKind } from 'strace-parser';
import type { EventFact } from '../api.js';

export function factsOfCall(record: CallRecord): EventFact[] {
  const facts: EventFact[] = [];
  if (record.outcome === CallOutcome.NoReturn) facts.push({ kind: 'neverReturned' });
  if (record.returnKind === ReturnKind.Unknown && record.errno.startsWith('ERESTART')) facts.push({ kind: 'restarts' });
  return facts;
}

export function factsOfSignal(record: SignalRecord): EventFact[] {
  const info = record.info();
  if (info?.kind !== 'struct') return [];
  const names = info.fields.map((field: Value) => field.name ?? '').filter(name => name !== '');
  return [{ kind: 'signal', fields: names.map(name => ({ name, text: record.infoText(name) })) }];
}
