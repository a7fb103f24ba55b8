/**
 * Paints a process's own states (stopped, suspended by its vfork child, zombie) over the strip made from its calls.
 */

import type { StateSpan } from '../model/processes.js';
import { stateIndex } from './stateStrip.js';
import type { StateColumns } from './sliceColumns.js';

/**
 * Appends the pieces of `base` to `out`, with `spans` (in order of their start) in their place where they lie. Spans
 * may go on where the strip has ended: a zombie runs no more.
 */
export function paintOver(
  base: StateColumns,
  spans: readonly StateSpan[],
  startNs: number,
  endNs: number,
  out: StateColumns,
): void {
  let piece = 0;
  let doneNs = startNs;
  /** Copies base pieces up to a time. */
  const copyTo = (ns: number): void => {
    for (; piece < base.length; piece++) {
      const from = Math.max(base.startNs[piece] as number, doneNs);
      const to = Math.min(base.endNs[piece] as number, ns);
      if (from >= ns) return;
      if (to > from) out.add(from, to, base.state[piece] as number);
      if ((base.endNs[piece] as number) > ns) return;
    }
  };
  for (const span of spans) {
    const from = Math.max(span.startNs, doneNs);
    const to = Math.min(span.endNs, endNs);
    if (to <= from) continue;
    copyTo(from);
    out.add(from, to, stateIndex[span.state]);
    doneNs = to;
  }
  copyTo(endNs);
}
