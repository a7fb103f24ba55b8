/**
 * The state strip of one lane, made from its slices: running between calls, in a call, blocked.
 *
 * Pieces come in time order without gaps. Those shorter than a pixel are gathered until they fill one, and the state that took most
 * of it is shown; neighbours of one state become one piece. So the strip never has more than about two pieces a pixel.
 */

import { threadStates, type ThreadState } from '../api.js';
import type { SliceColumns, StateColumns } from './sliceColumns.js';

export const stateIndex = Object.fromEntries(threadStates.map((state, index) => [state, index])) as Record<
  ThreadState,
  number
>;

const RUNNING = stateIndex.running;
const IN_CALL = stateIndex.inCall;
const BLOCKED = stateIndex.blocked;

/** State that a time mostly was; waiting first among equals, because it explains most. */
function dominant(runningNs: number, inCallNs: number, blockedNs: number): number {
  if (blockedNs > 0 && blockedNs >= inCallNs && blockedNs >= runningNs) return BLOCKED;
  return inCallNs >= runningNs ? IN_CALL : RUNNING;
}

/** Adds the pieces of [startNs, endNs), the part of the thread's life in the window, from slices [from, slices.length). */
export function drawStrip(
  slices: SliceColumns,
  from: number,
  startNs: number,
  endNs: number,
  pixelNs: number,
  out: StateColumns,
): void {
  const { startNs: starts, endNs: ends, callNs: callTimes, blockedNs: blockedTimes } = slices;
  const firstPiece = out.length;
  let doneNs = startNs;
  // What is being gathered: [gatheredNs, doneNs), and how it was spent.
  let gatheredNs = startNs;
  let runningNs = 0;
  let inCallNs = 0;
  let blockedNs = 0;
  for (let slice = from, to = slices.length; slice <= to; slice++) {
    // Before a slice the thread runs, and after the last one.
    const sliceStartNs = slice === to ? endNs : (starts[slice] as number);
    const runUntilNs = sliceStartNs < endNs ? sliceStartNs : endNs;
    if (runUntilNs > doneNs) {
      if (doneNs > gatheredNs && runUntilNs - gatheredNs > pixelNs) {
        addPiece(out, firstPiece, gatheredNs, doneNs, dominant(runningNs, inCallNs, blockedNs));
        gatheredNs = doneNs;
        runningNs = inCallNs = blockedNs = 0;
      }
      runningNs += runUntilNs - doneNs;
      doneNs = runUntilNs;
    }
    if (slice === to) break;
    const sliceEndNs = ends[slice] as number;
    const untilNs = sliceEndNs < endNs ? sliceEndNs : endNs;
    if (untilNs > doneNs) {
      if (doneNs > gatheredNs && untilNs - gatheredNs > pixelNs) {
        addPiece(out, firstPiece, gatheredNs, doneNs, dominant(runningNs, inCallNs, blockedNs));
        gatheredNs = doneNs;
        runningNs = inCallNs = blockedNs = 0;
      }
      const timeNs = untilNs - doneNs;
      const lengthNs = sliceEndNs - sliceStartNs;
      let calls = callTimes[slice] as number;
      let blocked = blockedTimes[slice] as number;
      if (timeNs < lengthNs) {
        // Of a slice that the window's border cuts, the part inside is taken to be like the whole.
        const share = timeNs / lengthNs;
        calls *= share;
        blocked *= share;
      }
      runningNs += timeNs - calls;
      inCallNs += calls - blocked;
      blockedNs += blocked;
      doneNs = untilNs;
    }
  }
  if (doneNs > gatheredNs) addPiece(out, firstPiece, gatheredNs, doneNs, dominant(runningNs, inCallNs, blockedNs));
}

/** Adds a piece, or lengthens the one before it when that has the same state. */
function addPiece(out: StateColumns, firstPiece: number, startNs: number, endNs: number, state: number): void {
  const last = out.length - 1;
  if (last >= firstPiece && out.state[last] === state) out.endNs[last] = endNs;
  else out.add(startNs, endNs, state);
}
