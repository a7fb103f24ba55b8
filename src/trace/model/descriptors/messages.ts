/**
 * Messages in a queue, each with the calls that sent and received it. A receiver's line may be printed before its sender's, so
 * a receipt waits for its message when there is none yet.
 */

import type { Row } from '../../api.js';

interface Message {
  row: Row;
  bytes: number;
  /** What it is chosen by: a type (System V), a priority (POSIX), 0 elsewhere. */
  key: number;
}

/** Which of the queued messages a receipt takes: the first of a key, the first of the highest key, or the first. */
export type Choice = { key: number } | 'highest' | 'first';

export class Messages {
  private readonly queued: Message[] = [];
  private readonly early: { row: Row; choice: Choice }[] = [];
  private readonly senders = new Map<Row, Row[]>();
  private readonly receivers = new Map<Row, Row[]>();

  sent(row: Row, bytes: number, key = 0): void {
    const waiting = this.early.findIndex(({ choice }) => typeof choice === 'string' || choice.key === key);
    if (waiting >= 0) this.pair(row, this.early.splice(waiting, 1)[0]!.row);
    else this.queued.push({ row, bytes, key });
  }

  /** Returns how many bytes left the queue (a receipt may have cut the message); undefined when the message is not known yet. */
  received(row: Row, choice: Choice): number | undefined {
    const i = this.indexOf(choice);
    if (i < 0) {
      this.early.push({ row, choice });
      return undefined;
    }
    const [message] = this.queued.splice(i, 1);
    this.pair(message!.row, row);
    return message!.bytes;
  }

  sendersOf(row: Row): readonly Row[] {
    return this.senders.get(row) ?? [];
  }

  receiversOf(row: Row): readonly Row[] {
    return this.receivers.get(row) ?? [];
  }

  /** Bytes sent and not received; null when something was received that nobody was seen sending. */
  get inFlight(): number | null {
    return this.early.length > 0 ? null : this.queued.reduce((sum, m) => sum + m.bytes, 0);
  }

  private indexOf(choice: Choice): number {
    if (choice === 'first') return this.queued.length > 0 ? 0 : -1;
    if (choice !== 'highest') return this.queued.findIndex(m => m.key === choice.key);
    const highest = Math.max(...this.queued.map(m => m.key));
    return this.queued.findIndex(m => m.key === highest);
  }

  private pair(sender: Row, receiver: Row): void {
    append(this.senders, receiver, sender);
    append(this.receivers, sender, receiver);
  }
}

function append(map: Map<Row, Row[]>, key: Row, value: Row): void {
  const known = map.get(key);
  if (!known) map.set(key, [value]);
  else if (!known.includes(value)) known.push(value);
}
