/**
 * Parses a log into batches (recordBatch.ts).
 *
 * Invariant: a batch needs nothing but itself and those before it. Bytes that a record refers to and that are not among those parsed
 * just now are copied behind them.
 */

import { CallLine } from '../callLine.js';
import { LF } from '../chars.js';
import type { ExitLine, FrameLine, NoteLine, SignalLine, StopLine, TextLine } from '../lines.js';
import { StraceParser } from '../parser.js';
import type { LineRecord, RecordSink } from '../records.js';
import {
  FLOATS,
  Float,
  INTS,
  Int,
  Kind,
  newBatch,
  noteKinds,
  sharedBytes,
  sharedFloats,
  sharedInts,
  type RecordBatch,
} from './recordBatch.js';

type AnyLine = SignalLine | ExitLine | StopLine | NoteLine | FrameLine | TextLine;

export class BatchWriter {
  private batch: RecordBatch = newBatch(0);
  /** What is being parsed (the beginning of the batch's bytes), and where behind it the next copy goes. */
  private parsed: Uint8Array = this.batch.bytes;
  private spareFrom = 0;
  private namesTold = 0;
  private errnosTold = 0;
  private readonly textIds = new Map<string, number>();
  private readonly parser: StraceParser;

  constructor() {
    const keep = (record: LineRecord): void => {
      if (record instanceof CallLine) this.call(record, Kind.Call);
      else this.other(record as AnyLine);
    };
    const sink: Required<RecordSink> = {
      call: keep,
      enter: record => {
        if (record instanceof CallLine) this.call(record, Kind.Enter);
      },
      signal: keep,
      exit: keep,
      stop: keep,
      note: keep,
      frame: keep,
      text: keep,
    };
    this.parser = new StraceParser(sink);
  }

  /** Parses the first `length` bytes of a batch's bytes; what was in the batch is replaced. `last`: the log ends here. */
  write(batch: RecordBatch, length: number, last: boolean): void {
    this.batch = batch;
    this.parsed = batch.bytes.subarray(0, length);
    this.spareFrom = length;
    this.textIds.clear();
    batch.count = 0;
    batch.texts = [];
    this.textId('');
    const { parser } = this;
    parser.push(this.parsed);
    if (last) parser.end();
    batch.names = parser.names.slice(this.namesTold);
    batch.errnos = parser.errnos.slice(this.errnosTold);
    this.namesTold = parser.names.length;
    this.errnosTold = parser.errnos.length;
    batch.origin = parser.origin;
    batch.lines = parser.lines;
    batch.textLines = parser.textLines;
    batch.bytesRead = parser.bytes;
  }

  private call(call: CallLine, kind: number): void {
    const at = this.header(call, kind);
    const { ints, floats } = this.batch;
    const i = at * INTS;
    const f = at * FLOATS;
    const { tail } = call;
    const shift = (ints[i + Int.From] as number) - call.from;
    ints[i + Int.Name] = call.nameId;
    ints[i + Int.Outcome] = call.outcome;
    ints[i + Int.Resumed] = call.resumed ? 1 : 0;
    ints[i + Int.ReturnKind] = tail.kind;
    ints[i + Int.Flags] = tail.flags;
    ints[i + Int.Errno] = tail.errnoId;
    ints[i + Int.ArgsFrom] = call.argsFrom + shift;
    ints[i + Int.ArgsTo] = call.argsTo + shift;
    ints[i + Int.ValueStart] = tail.valueStart + shift;
    ints[i + Int.NumberEnd] = tail.numberEnd + shift;
    ints[i + Int.ValueEnd] = tail.valueEnd + shift;
    // 0 says that there is none.
    ints[i + Int.TextStart] = tail.textEnd === 0 ? 0 : tail.textStart + shift;
    ints[i + Int.TextEnd] = tail.textEnd === 0 ? 0 : tail.textEnd + shift;
    ints[i + Int.IpFrom] = call.ipFrom + shift;
    ints[i + Int.IpTo] = call.ipTo + shift;
    ints[i + Int.SyscallNumber] = Number.isNaN(call.syscallNumber) ? -1 : call.syscallNumber;
    ints[i + Int.EntryLine] = call.entryLine;
    ints[i + Int.EntryPid] = call.entryPid;
    floats[f + Float.StartNs] = call.startNs;
    floats[f + Float.EndNs] = call.endNs;
    floats[f + Float.DurationNs] = tail.durationNs;
    floats[f + Float.Value] = tail.value;
    floats[f + Float.EntryByteStart] = call.entryByteStart;
    floats[f + Float.EntryByteEnd] = call.entryByteEnd;
    if (!call.resumed) return;
    const entryShift = call.entryTo > call.entryFrom ? this.shiftOf(call.entry, call.entryFrom, call.entryTo) : 0;
    ints[i + Int.EntryFrom] = call.entryFrom + entryShift;
    ints[i + Int.EntryTo] = call.entryTo + entryShift;
    ints[i + Int.EntryArgsFrom] = call.entryArgsFrom + entryShift;
    ints[i + Int.EntryArgsTo] = call.entryArgsTo + entryShift;
  }

  private other(line: AnyLine): void {
    switch (line.type) {
      case 'signal': {
        const i = this.header(line, Kind.Signal) * INTS;
        const { ints } = this.batch;
        ints[i + Int.Signal] = this.textId(line.signal);
        ints[i + Int.InfoFrom] = line.infoFrom;
        ints[i + Int.InfoTo] = line.infoTo;
        return;
      }
      case 'exit': {
        const i = this.header(line, Kind.Exit) * INTS;
        const { ints } = this.batch;
        ints[i + Int.Signal] = this.textId(line.signal);
        ints[i + Int.ExitCode] = line.code;
        ints[i + Int.CoreDumped] = line.coreDumped ? 1 : 0;
        return;
      }
      case 'stop': {
        const i = this.header(line, Kind.Stop) * INTS;
        this.batch.ints[i + Int.Signal] = this.textId(line.signal);
        return;
      }
      case 'note': {
        const at = this.header(line, Kind.Note);
        this.batch.ints[at * INTS + Int.NoteKind] = noteKinds.indexOf(line.kind);
        this.batch.floats[at * FLOATS + Float.NoteValue] = line.value;
        return;
      }
      case 'frame':
        this.header(line, Kind.Frame);
        return;
      case 'text':
        this.header(line, Kind.Text);
    }
  }

  /** Adds a record with what all kinds have; returns its number. */
  private header(line: CallLine | AnyLine, kind: number): number {
    const { batch } = this;
    const at = batch.count++;
    if (at * INTS === batch.ints.length) this.grow();
    const shift = this.shiftOf(line.bytes, line.from, line.to);
    const { ints, floats } = batch;
    const i = at * INTS;
    const f = at * FLOATS;
    ints[i + Int.Kind] = kind;
    ints[i + Int.Pid] = line.pid;
    ints[i + Int.Line] = line.line;
    ints[i + Int.From] = line.from + shift;
    ints[i + Int.To] = line.to + shift;
    ints[i + Int.Comm] = line.comm === '' ? 0 : this.textId(line.comm);
    floats[f + Float.TimeNs] = line.timeNs;
    floats[f + Float.ByteStart] = line.byteStart;
    floats[f + Float.ByteEnd] = line.byteEnd;
    return at;
  }

  /** What must be added to a position in `bytes` to find the same in the batch's. */
  private shiftOf(bytes: Uint8Array, from: number, to: number): number {
    if (bytes === this.parsed) return 0;
    const start = this.spareFrom;
    const end = start + to - from;
    if (end >= this.batch.bytes.length) this.growBytes(end + 1);
    this.batch.bytes.set(bytes.subarray(from, to), start);
    this.batch.bytes[end] = LF;
    this.spareFrom = end + 1;
    return start - from;
  }

  private textId(text: string): number {
    let id = this.textIds.get(text);
    if (id === undefined) {
      id = this.batch.texts.push(text) - 1;
      this.textIds.set(text, id);
    }
    return id;
  }

  private grow(): void {
    const { batch } = this;
    const records = Math.max(64, batch.count * 2);
    const ints = sharedInts(records);
    const floats = sharedFloats(records);
    ints.set(batch.ints);
    floats.set(batch.floats);
    batch.ints = ints;
    batch.floats = floats;
  }

  private growBytes(length: number): void {
    const larger = sharedBytes(length * 2);
    larger.set(this.batch.bytes.subarray(0, this.spareFrom));
    this.batch.bytes = larger;
  }
}
