/**
 * Answers a window query: the slices and state strips of the lanes asked for, and what lies between lanes.
 *
 * Bounded by pixels and lanes, never by the trace's size (see laneSlices.ts, stateStrip.ts, signalMarks.ts).
 */

import type { Arrow, Row, ThreadId, WindowQuery, WindowSlices, ZombieSpan } from '../api.js';
import type { StateSpan } from '../model/processes.js';
import type { HandlerSpans } from '../model/signals/handlerSpans.js';
import type { CallNames } from './callNames.js';
import { addDensity } from './density.js';
import type { EventStore } from './eventStore.js';
import type { Lane } from './lane.js';
import { drawLane, type WalkContext } from './laneSlices.js';
import type { MatchIndex } from './matchIndex.js';
import { signalMarks } from './signalMarks.js';
import { SliceColumns, StateColumns } from './sliceColumns.js';
import { drawStrip } from './stateStrip.js';
import { paintOver } from './statePaint.js';

const MOST_ARROWS = 1500;
/** Handlers narrower than this are gathered. */
const HANDLER_PX = 4;
/** Bins of a folded lane's density: about one for three pixels. */
const BIN_PX = 3;
const MOST_BINS = 2048;
/**
 * Pixels of all lanes together that are drawn one by one. Beyond (24 lanes of 1000 pixels), what is narrower than a few pixels is
 * gathered, so that a window is never more than can be worked out, sent and painted within a frame.
 */
const FINEST_PIXELS = 24_000;
/** Then nodes a little wider than what is gathered are taken whole, too: to look into each of them would be most of the work. */
const COARSE_NODE = 1.5;

/** What the process model adds to a window. */
interface WindowModel {
  lifeOf(thread: ThreadId): { startNs: number; endNs: number | null };
  stateSpans(thread: ThreadId, startNs: number, endNs: number, nowNs: number): StateSpan[];
  arrows(startNs: number, endNs: number, lanes: readonly ThreadId[]): Arrow[];
  /** All threads of a thread's process and of its descendants but that one. */
  threadsBelow(thread: ThreadId): ThreadId[];
  zombies(startNs: number, endNs: number, lanes: readonly ThreadId[], nowNs: number): ZombieSpan[];
}

export interface WindowContext {
  store: EventStore;
  names: CallNames;
  model: WindowModel;
  signalOf(row: Row): string;
  handlerSpans: Pick<HandlerSpans, 'marks'>;
  nowNs: number;
  revision: number;
}

/** Keeps the room for answers between queries. */
export class WindowReader {
  private readonly slices = new SliceColumns();
  private readonly states = new StateColumns();
  private readonly painted = new StateColumns();

  read(query: WindowQuery, context: WindowContext, matches: MatchIndex | undefined): WindowSlices {
    const { store, names, model, nowNs } = context;
    const { slices, states, painted } = this;
    const { startNs } = query;
    const endNs = Math.max(query.endNs, startNs);
    const coarser = Math.max(1, (query.lanes.length * query.widthPx) / FINEST_PIXELS);
    const pixelNs = ((endNs - startNs) / Math.max(1, query.widthPx)) * coarser;
    slices.length = states.length = painted.length = 0;
    const laneOffsets = new Uint32Array(query.lanes.length + 1);
    const stateOffsets = new Uint32Array(query.lanes.length + 1);
    const nodeNs = coarser > 1 ? pixelNs * COARSE_NODE : pixelNs;
    const walk: WalkContext = { store, startNs, endNs, pixelNs, nodeNs, nowNs, slices, matches };
    const marked: { thread: ThreadId; lane: Lane }[] = [];
    query.lanes.forEach((thread, i) => {
      const lane = store.lanes[thread];
      if (lane !== undefined) {
        const firstSlice = slices.length;
        drawLane(lane, thread, walk);
        const life = model.lifeOf(thread);
        const lifeEndNs = Math.min(endNs, life.endNs ?? nowNs, nowNs);
        states.length = 0;
        drawStrip(slices, firstSlice, Math.max(startNs, life.startNs), lifeEndNs, pixelNs, states);
        paintOver(states, model.stateSpans(thread, startNs, endNs, nowNs), startNs, endNs, painted);
        if (lane.marks.length > 0) marked.push({ thread, lane });
      }
      laneOffsets[i + 1] = slices.length;
      stateOffsets[i + 1] = painted.length;
    });
    const { signals, thinned } = signalMarks({ store, signalOf: context.signalOf, startNs, endNs }, marked);
    const arrows = model.arrows(startNs, endNs, query.lanes);
    const n = slices.length;
    return {
      revision: context.revision,
      startNs,
      endNs,
      lanes: query.lanes,
      laneOffsets,
      sliceStartNs: slices.startNs.slice(0, n),
      sliceEndNs: slices.endNs.slice(0, n),
      sliceRow: slices.row.slice(0, n),
      sliceCount: slices.count.slice(0, n),
      sliceClass: slices.class.slice(0, n),
      sliceFlags: slices.flags.slice(0, n),
      sliceName: slices.name.slice(0, n),
      sliceFd: slices.fd.slice(0, n),
      sliceReturn: slices.returnValue.slice(0, n),
      names: names.names,
      stateOffsets,
      stateStartNs: painted.startNs.slice(0, painted.length),
      stateEndNs: painted.endNs.slice(0, painted.length),
      state: painted.state.slice(0, painted.length),
      signals,
      arrows: arrows.length > MOST_ARROWS ? thin(arrows) : arrows,
      zombies: model.zombies(startNs, endNs, query.lanes, nowNs),
      handlers: context.handlerSpans.marks(
        { startNs, endNs, lanes: query.lanes },
        pixelNs * HANDLER_PX,
        nowNs,
        thread => model.lifeOf(thread).endNs,
      ),
      thinned: thinned || arrows.length > MOST_ARROWS,
      densities: (query.folded ?? []).map(thread => {
        const counts = new Uint32Array(Math.max(1, Math.min(MOST_BINS, Math.round(query.widthPx / BIN_PX))));
        for (const below of model.threadsBelow(thread)) {
          const lane = store.lanes[below];
          if (lane) addDensity(lane, startNs, endNs, counts);
        }
        return { thread, counts };
      }),
    };
  }
}

/** Evenly chosen ones, so that what is left looks like the whole. */
function thin(arrows: Arrow[]): Arrow[] {
  const step = arrows.length / MOST_ARROWS;
  return Array.from({ length: MOST_ARROWS }, (_, i) => arrows[Math.floor(i * step)] as Arrow);
}
