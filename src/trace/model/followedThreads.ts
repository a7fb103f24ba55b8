/** Threads of which somebody wants every call for a while: what a thread does next, after something happened to it. */

import type { CallRecord } from 'strace-parser';
import type { ThreadId } from '../api.js';
import type { EventPlace } from './model.js';

export type CallListener = (record: CallRecord, place: EventPlace) => void;

export class FollowedThreads {
  /** By thread. Most threads are followed by nobody, and every call asks. */
  private readonly listeners: (CallListener[] | undefined)[] = [];

  /** From its next call on (or from this one, when told of it in `call` or `failed`); twice is once. */
  follow(thread: ThreadId, listener: CallListener): void {
    const listeners = (this.listeners[thread] ??= []);
    if (!listeners.includes(listener)) listeners.push(listener);
  }

  leave(thread: ThreadId, listener: CallListener): void {
    const rest = this.listeners[thread]?.filter(other => other !== listener) ?? [];
    this.listeners[thread] = rest.length > 0 ? rest : undefined;
  }

  tell(record: CallRecord, place: EventPlace): void {
    const listeners = this.listeners[place.thread];
    if (listeners !== undefined) tellAll(listeners, record, place);
  }
}

function tellAll(listeners: readonly CallListener[], record: CallRecord, place: EventPlace): void {
  for (const listener of listeners) listener(record, place);
}
