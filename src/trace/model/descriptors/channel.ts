/**
 * Channels: what bytes and messages travel through, with a position for every transfer, so that a read can be tied to the
 * writes it carried.
 */

import type { Row } from '../../api.js';
import type { ChannelId, ChannelInfo } from '../../modelApi.js';
import type { Description } from './description.js';

/** One direction of a channel: a stream with positions counted from 0 when its beginning was seen. */
export class Stream {
  written = 0;
  read = 0;
  /** True when the trace cannot know how much was in it (its beginning was not seen). */
  partial = false;
  private readonly writeRows: Row[] = [];
  private readonly writeEnds: number[] = [];
  private readonly readRows: Row[] = [];
  private readonly readEnds: number[] = [];
  /** Descriptions in flight (SCM_RIGHTS), oldest first. */
  readonly passed: { descriptions: Description[]; row: Row }[] = [];
  eofNs: number | null = null;

  wrote(bytes: number, row: Row): void {
    this.written += bytes;
    this.writeRows.push(row);
    this.writeEnds.push(this.written);
  }

  gotRead(bytes: number, row: Row): void {
    this.read += bytes;
    // More was read than was seen written: somebody outside the trace writes, too.
    if (this.read > this.written) this.partial = true;
    this.readRows.push(row);
    this.readEnds.push(this.read);
  }

  /** Rows whose bytes a read carried, oldest first; none when the stream is only partly known. */
  writersOf(readRow: Row): Row[] {
    return this.partial ? [] : overlap(this.readRows, this.readEnds, this.writeRows, this.writeEnds, readRow);
  }

  /** Rows that read what a write put in. */
  readersOf(writeRow: Row): Row[] {
    return this.partial ? [] : overlap(this.writeRows, this.writeEnds, this.readRows, this.readEnds, writeRow);
  }

  firstWriteAfter(row: Row): Row | undefined {
    const i = lowerBound(this.writeRows, row + 1);
    return this.writeRows[i];
  }

  firstReadAfter(row: Row): Row | undefined {
    const i = lowerBound(this.readRows, row + 1);
    return this.readRows[i];
  }
}

/** Rows of the other side whose byte range meets the range of `row`. */
function overlap(rows: Row[], ends: number[], otherRows: Row[], otherEnds: number[], row: Row): Row[] {
  // Rows are handed out at a call's entry and positions at its return, so rows are only nearly sorted: search, then walk.
  const i = rows.lastIndexOf(row);
  if (i < 0) return [];
  const from = i === 0 ? 0 : ends[i - 1]!;
  const to = ends[i]!;
  const found: Row[] = [];
  for (let k = lowerBound(otherEnds, from + 1); k < otherEnds.length; k++) {
    const start = k === 0 ? 0 : otherEnds[k - 1]!;
    if (start >= to) break;
    found.push(otherRows[k]!);
  }
  return found;
}

function lowerBound(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

export class Channel {
  name = '';
  /** Index: the writing end. A pipe writes at end 1 only. */
  readonly streams: readonly [Stream, Stream] = [new Stream(), new Stream()];
  readonly addresses: [string, string] = ['', ''];
  readonly descriptions: [Set<Description>, Set<Description>] = [new Set(), new Set()];
  resetNs: number | null = null;
  removedNs: number | null = null;

  constructor(
    readonly id: ChannelId,
    readonly kind: ChannelInfo['kind'],
    readonly bornNs: number,
    readonly bornRow: Row | null,
  ) {}

  attach(description: Description, end: 0 | 1): void {
    description.channel = this.id;
    description.end = end;
    this.descriptions[end].add(description);
  }

  /** Names of the ends, by kind. */
  roles(): readonly [string, string] {
    if (this.kind === 'pipe' || this.kind === 'fifo') return ['read', 'write'];
    if (this.kind === 'tcp' || this.kind === 'unix') return ['client', 'server'];
    return ['a', 'b'];
  }
}
