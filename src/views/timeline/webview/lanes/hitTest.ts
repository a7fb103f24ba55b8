/** What lies under the pointer: a signal, an arrow's head, a slice, a zombie span, a handler's bracket, or nothing. Pure. */

import type { Arrow, HandlerMark, SignalMark, WindowSlices, ZombieSpan } from '../../protocol.js';
import type { TimeScale } from '../viewport.js';
import {
  failHeightPx,
  failTopPx,
  handlerTopPx,
  laneHeightPx,
  signalMiddlePx,
  signalRadiusPx,
  sliceTopPx,
  type VisibleLane,
} from './geometry.js';
import { findingRadiusPx, type DrawnMark } from './findingMarks.js';
import { firstAfter } from './windowData.js';

export type Hit =
  | { kind: 'finding'; mark: DrawnMark; lane: VisibleLane }
  | { kind: 'slice'; slice: number; lane: VisibleLane }
  | { kind: 'signal'; signal: SignalMark; lane: VisibleLane }
  | { kind: 'arrow'; arrow: Arrow; lane: VisibleLane }
  | { kind: 'zombie'; zombie: ZombieSpan; lane: VisibleLane }
  | { kind: 'handler'; handler: HandlerMark; lane: VisibleLane }
  | { kind: 'lane'; lane: VisibleLane };

/** A slice a pixel wide can be hit from this far. */
const reachPx = 3;

function laneUnder(lanes: readonly VisibleLane[], yPx: number): VisibleLane | undefined {
  return lanes.find(lane => yPx >= lane.topPx && yPx < lane.topPx + laneHeightPx);
}

export function hitTest(
  slices: WindowSlices | null,
  lanes: readonly VisibleLane[],
  scale: TimeScale,
  point: { xPx: number; yPx: number },
  hiddenClasses: ReadonlySet<number>,
  marks: readonly DrawnMark[] = [],
): Hit | undefined {
  const lane = laneUnder(lanes, point.yPx);
  if (!lane) return undefined;
  const mark = marks.find(each => Math.hypot(each.xPx - point.xPx, each.yPx - point.yPx) <= findingRadiusPx + 2);
  if (mark) return { kind: 'finding', mark, lane };
  if (!slices || lane.column < 0) return { kind: 'lane', lane };
  const thread = slices.lanes[lane.column];
  const yPx = point.yPx - lane.topPx;

  const reach = signalRadiusPx + 1;
  const signal = slices.signals.find(
    mark =>
      mark.thread === thread && Math.abs(scale.toPx(mark.atNs) - point.xPx) + Math.abs(yPx - signalMiddlePx) <= reach,
  );
  if (signal) return { kind: 'signal', signal, lane };

  const arrow = slices.arrows.find(
    candidate =>
      candidate.toThread === thread &&
      Math.abs(scale.toPx(candidate.toNs) - point.xPx) <= 4 &&
      (yPx < sliceTopPx || yPx > failTopPx),
  );
  if (arrow) return { kind: 'arrow', arrow, lane };

  if (yPx >= handlerTopPx - 1) {
    const reachNs = reachPx * scale.nsPerPx;
    const atNs = scale.toNs(point.xPx);
    // The innermost is the last that began.
    const handler = slices.handlers.findLast(
      each => each.thread === thread && atNs >= each.startNs - reachNs && atNs <= each.endNs + reachNs,
    );
    if (handler) return { kind: 'handler', handler, lane };
  }
  if (yPx >= sliceTopPx - 2 && yPx <= failTopPx + failHeightPx) {
    const slice = sliceAt(slices, lane.column, scale, point.xPx, hiddenClasses);
    if (slice >= 0) return { kind: 'slice', slice, lane };
    const atNs = scale.toNs(point.xPx);
    const zombie = slices.zombies.find(span => span.thread === thread && atNs >= span.startNs && atNs <= span.endNs);
    if (zombie) return { kind: 'zombie', zombie, lane };
  }
  return { kind: 'lane', lane };
}

/** Index of the slice at a place of a lane, or of the nearest within reach; -1 when there is none. */
function sliceAt(
  slices: WindowSlices,
  column: number,
  scale: TimeScale,
  xPx: number,
  hiddenClasses: ReadonlySet<number>,
): number {
  const from = slices.laneOffsets[column] ?? 0;
  const to = slices.laneOffsets[column + 1] ?? from;
  const reachNs = reachPx * scale.nsPerPx;
  const atNs = scale.toNs(xPx);
  let best = -1;
  let bestDistance = Infinity;
  for (let i = firstAfter(slices.sliceEndNs, atNs - reachNs, from, to); i < to; i++) {
    const startNs = slices.sliceStartNs[i] ?? 0;
    if (startNs > atNs + reachNs) break;
    if (hiddenClasses.has(slices.sliceClass[i] ?? 0)) continue;
    const distance = Math.max(startNs - atNs, atNs - (slices.sliceEndNs[i] ?? 0), 0);
    if (distance < bestDistance) {
      best = i;
      bestDistance = distance;
    }
  }
  return best;
}
