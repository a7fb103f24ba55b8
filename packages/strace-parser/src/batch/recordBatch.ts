/**
 * Records as numbers, so that one thread can parse a log and another take what it found: a batch is three arrays of shared memory, which
 * are not copied when it changes hands, and a few strings. Memory that is handed over instead would count as new each time, and make
 * engines collect garbage that is none.
 *
 * A record is INTS cells of `ints` and FLOATS of `floats`, the same for every kind; what a cell holds is named below. Positions are
 * in `bytes`, where the lines of the records stand.
 */

import type { TimeOrigin } from '../records.js';

export interface RecordBatch {
  bytes: Uint8Array;
  ints: Int32Array;
  floats: Float64Array;
  /** Number of records. */
  count: number;
  /** Syscall names and errnos that the log had not used before this batch, in the order of their ids. */
  names: string[];
  errnos: string[];
  /** Commands and signals of this batch; the first is ''. */
  texts: string[];
  /** What the parser says after these records (see StraceParser). */
  origin: TimeOrigin;
  lines: number;
  textLines: number;
  bytesRead: number;
}

/** What a record is; a call that was entered and one that ended differ in the method of the sink that is told of it. */
export const Kind = { Call: 0, Enter: 1, Signal: 2, Exit: 3, Stop: 4, Note: 5, Frame: 6, Text: 7 } as const;

/** Cells of every record, then those of calls, then those of the others. */
export const Int = {
  Kind: 0,
  Pid: 1,
  Line: 2,
  From: 3,
  To: 4,
  /** Index into `texts`. */
  Comm: 5,

  Name: 6,
  Outcome: 7,
  Resumed: 8,
  ReturnKind: 9,
  Flags: 10,
  Errno: 11,
  ArgsFrom: 12,
  ArgsTo: 13,
  ValueStart: 14,
  NumberEnd: 15,
  ValueEnd: 16,
  TextStart: 17,
  TextEnd: 18,
  IpFrom: 19,
  IpTo: 20,
  /** -1: none. */
  SyscallNumber: 21,
  EntryLine: 22,
  EntryPid: 23,
  EntryFrom: 24,
  EntryTo: 25,
  EntryArgsFrom: 26,
  EntryArgsTo: 27,

  /** Index into `texts`. */
  Signal: 6,
  InfoFrom: 7,
  InfoTo: 8,
  ExitCode: 7,
  CoreDumped: 8,
  /** Index into `noteKinds`. */
  NoteKind: 6,
} as const;
export const INTS = 28;

export const Float = {
  TimeNs: 0,
  ByteStart: 1,
  ByteEnd: 2,

  StartNs: 3,
  EndNs: 4,
  DurationNs: 5,
  Value: 6,
  EntryByteStart: 7,
  EntryByteEnd: 8,

  NoteValue: 3,
} as const;
export const FLOATS = 9;

export const noteKinds = ['superseded', 'personality', 'attached', 'detached', 'message', 'summary', 'dump'] as const;

/** Lines are seldom shorter on the average; the arrays grow when they are. */
const BYTES_A_RECORD = 64;
/** For lines that stand elsewhere than in the bytes that are parsed: what a call was entered with, some batches ago. */
const SPARE_BYTES = 1 << 16;

export const sharedBytes = (length: number): Uint8Array => new Uint8Array(new SharedArrayBuffer(length));
export const sharedInts = (records: number): Int32Array =>
  new Int32Array(new SharedArrayBuffer(records * INTS * Int32Array.BYTES_PER_ELEMENT));
export const sharedFloats = (records: number): Float64Array =>
  new Float64Array(new SharedArrayBuffer(records * FLOATS * Float64Array.BYTES_PER_ELEMENT));

/** An empty batch with room for so many bytes of a log, in memory that several threads can see. */
export function newBatch(logBytes: number): RecordBatch {
  const records = Math.ceil(logBytes / BYTES_A_RECORD);
  return {
    bytes: sharedBytes(logBytes + SPARE_BYTES),
    ints: sharedInts(records),
    floats: sharedFloats(records),
    count: 0,
    names: [],
    errnos: [],
    texts: [],
    origin: { kind: 'unknown', ns: 0n },
    lines: 0,
    textLines: 0,
    bytesRead: 0,
  };
}
