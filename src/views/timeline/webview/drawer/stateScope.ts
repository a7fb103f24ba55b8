/** Whose state the state tabs show, and when: the selected lane's process at the scrub time, else at the selected event. */

import type { StateQuery } from '../../protocol.js';
import type { ViewState } from '../store.js';

/** null while no lane is selected. A time of null is the end of the trace so far. */
export function stateQuery(state: Readonly<ViewState>): StateQuery | null {
  const { event, scrubNs, thread, row } = state;
  if (thread === null) return null;
  const eventNs = row !== null && event?.row === row ? event.detail.startNs : null;
  return { thread, atNs: scrubNs ?? eventNs };
}

export function stateKey(state: Readonly<ViewState>): string {
  return JSON.stringify([state.trace?.id, stateQuery(state)]);
}
