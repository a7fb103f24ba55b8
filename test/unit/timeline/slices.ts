/** Columns of a window, written as a list: for tests of what draws them and of what is under the pointer. */

import { SliceFlag, type SignalMark, type WindowSlices } from '../../../src/trace/api.js';

export interface Slice {
  startNs: number;
  endNs: number;
  row?: number;
  kind?: number;
  flags?: number;
  name?: string;
  fd?: number;
  result?: number;
  count?: number;
}

/** One lane for each list of slices; thread ids are 10, 11, … */
export function windowSlices(lanes: Slice[][], signals: SignalMark[] = []): WindowSlices {
  const all = lanes.flat();
  const names = [...new Set(all.map(slice => slice.name ?? 'read'))];
  const offsets = [0];
  for (const lane of lanes) offsets.push((offsets.at(-1) ?? 0) + lane.length);
  return {
    revision: 1,
    startNs: 0,
    endNs: Math.max(0, ...all.map(slice => slice.endNs)),
    lanes: lanes.map((_, i) => 10 + i),
    laneOffsets: Uint32Array.from(offsets),
    sliceStartNs: Float64Array.from(all, slice => slice.startNs),
    sliceEndNs: Float64Array.from(all, slice => slice.endNs),
    sliceRow: Int32Array.from(all, (slice, i) => slice.row ?? i),
    sliceCount: Uint32Array.from(all, slice => slice.count ?? 1),
    sliceClass: Uint8Array.from(all, slice => slice.kind ?? 0),
    sliceFlags: Uint8Array.from(all, slice => slice.flags ?? ((slice.count ?? 1) > 1 ? SliceFlag.Merged : 0)),
    sliceName: Uint16Array.from(all, slice => names.indexOf(slice.name ?? 'read')),
    sliceFd: Int32Array.from(all, slice => slice.fd ?? -1),
    sliceReturn: Float64Array.from(all, slice => slice.result ?? NaN),
    names,
    stateOffsets: new Uint32Array(lanes.length + 1),
    stateStartNs: new Float64Array(0),
    stateEndNs: new Float64Array(0),
    state: new Uint8Array(0),
    signals,
    arrows: [],
    zombies: [],
    handlers: [],
    thinned: false,
    densities: [],
  };
}
