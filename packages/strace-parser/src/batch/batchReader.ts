/** Hands out the records of batches (recordBatch.ts), as the parser that wrote them would have. */

import { CallLine } from '../callLine.js';
import { Interner } from '../interner.js';
import { ExitLine, FrameLine, NoteLine, SignalLine, StopLine, TextLine } from '../lines.js';
import type { CallOutcome, RecordSink, ReturnKind, TimeOrigin } from '../records.js';
import { encode } from '../utf8.js';
import { FLOATS, Float, INTS, Int, Kind, noteKinds, type RecordBatch } from './recordBatch.js';

type AnyLine = CallLine | SignalLine | ExitLine | StopLine | NoteLine | FrameLine | TextLine;

export class BatchReader {
  origin: TimeOrigin = { kind: 'unknown', ns: 0n };
  lines = 0;
  textLines = 0;
  /** Bytes of the log that the records so far are of. */
  bytes = 0;
  private readonly nameTable = new Interner();
  private readonly errnoTable = new Interner();
  private readonly call = new CallLine(this.errnoTable);
  private readonly signal = new SignalLine();
  private readonly exit = new ExitLine();
  private readonly stop = new StopLine();
  private readonly note = new NoteLine();
  private readonly frame = new FrameLine();
  private readonly text = new TextLine();

  constructor(private readonly sink: RecordSink) {}

  /** Errnos by `errnoId`; the first is ''. */
  get errnos(): readonly string[] {
    return this.errnoTable.names;
  }

  /** Tells the sink of a batch's records; all batches must come, in their order. The batch may be used again afterwards. */
  read(batch: RecordBatch): void {
    learn(this.nameTable, batch.names);
    learn(this.errnoTable, batch.errnos);
    this.origin = batch.origin;
    this.lines = batch.lines;
    this.textLines = batch.textLines;
    this.bytes = batch.bytesRead;
    const { sink } = this;
    for (let at = 0; at < batch.count; at++) {
      switch (batch.ints[at * INTS + Int.Kind]) {
        case Kind.Call:
          sink.call?.(this.readCall(batch, at));
          break;
        case Kind.Enter:
          sink.enter?.(this.readCall(batch, at));
          break;
        default:
          this.readOther(batch, at);
      }
    }
  }

  private readCall(batch: RecordBatch, at: number): CallLine {
    const { call } = this;
    const { tail } = call;
    const { bytes, ints, floats } = batch;
    const i = at * INTS;
    const f = at * FLOATS;
    readHeader(call, batch, at);
    const nameId = ints[i + Int.Name] as number;
    call.nameId = nameId;
    call.name = this.nameTable.names[nameId] as string;
    call.outcome = ints[i + Int.Outcome] as CallOutcome;
    call.resumed = ints[i + Int.Resumed] === 1;
    tail.kind = ints[i + Int.ReturnKind] as ReturnKind;
    tail.flags = ints[i + Int.Flags] as number;
    tail.errnoId = ints[i + Int.Errno] as number;
    call.argsFrom = ints[i + Int.ArgsFrom] as number;
    call.argsTo = ints[i + Int.ArgsTo] as number;
    tail.valueStart = ints[i + Int.ValueStart] as number;
    tail.numberEnd = ints[i + Int.NumberEnd] as number;
    tail.valueEnd = ints[i + Int.ValueEnd] as number;
    tail.textStart = ints[i + Int.TextStart] as number;
    tail.textEnd = ints[i + Int.TextEnd] as number;
    call.ipFrom = ints[i + Int.IpFrom] as number;
    call.ipTo = ints[i + Int.IpTo] as number;
    const syscallNumber = ints[i + Int.SyscallNumber] as number;
    call.syscallNumber = syscallNumber < 0 ? NaN : syscallNumber;
    call.entryLine = ints[i + Int.EntryLine] as number;
    call.entryPid = ints[i + Int.EntryPid] as number;
    call.startNs = floats[f + Float.StartNs] as number;
    call.endNs = floats[f + Float.EndNs] as number;
    tail.durationNs = floats[f + Float.DurationNs] as number;
    tail.value = floats[f + Float.Value] as number;
    call.entryByteStart = floats[f + Float.EntryByteStart] as number;
    call.entryByteEnd = floats[f + Float.EntryByteEnd] as number;
    if (call.resumed) {
      call.entry = bytes;
      call.entryFrom = ints[i + Int.EntryFrom] as number;
      call.entryTo = ints[i + Int.EntryTo] as number;
      call.entryArgsFrom = ints[i + Int.EntryArgsFrom] as number;
      call.entryArgsTo = ints[i + Int.EntryArgsTo] as number;
    } else call.entryFrom = call.entryTo = 0;
    call.forget();
    return call;
  }

  private readOther(batch: RecordBatch, at: number): void {
    const { sink } = this;
    const { ints, floats, texts } = batch;
    const i = at * INTS;
    const signal = (): string => texts[ints[i + Int.Signal] as number] as string;
    switch (ints[i + Int.Kind]) {
      case Kind.Signal: {
        const line = readHeader(this.signal, batch, at);
        line.signal = signal();
        line.infoFrom = ints[i + Int.InfoFrom] as number;
        line.infoTo = ints[i + Int.InfoTo] as number;
        sink.signal?.(line);
        break;
      }
      case Kind.Exit: {
        const line = readHeader(this.exit, batch, at);
        line.signal = signal();
        line.code = ints[i + Int.ExitCode] as number;
        line.coreDumped = ints[i + Int.CoreDumped] === 1;
        sink.exit?.(line);
        break;
      }
      case Kind.Stop: {
        const line = readHeader(this.stop, batch, at);
        line.signal = signal();
        sink.stop?.(line);
        break;
      }
      case Kind.Note: {
        const line = readHeader(this.note, batch, at);
        line.kind = noteKinds[ints[i + Int.NoteKind] as number] ?? 'message';
        line.value = floats[at * FLOATS + Float.NoteValue] as number;
        sink.note?.(line);
        break;
      }
      case Kind.Frame: {
        const line = readHeader(this.frame, batch, at);
        line.parts = undefined;
        sink.frame?.(line);
        break;
      }
      default:
        sink.text?.(readHeader(this.text, batch, at));
    }
  }
}

function readHeader<Line extends AnyLine>(line: Line, batch: RecordBatch, at: number): Line {
  const { ints, floats } = batch;
  const i = at * INTS;
  const f = at * FLOATS;
  const comm = ints[i + Int.Comm] as number;
  line.pid = ints[i + Int.Pid] as number;
  line.line = ints[i + Int.Line] as number;
  line.comm = comm === 0 ? '' : (batch.texts[comm] as string);
  line.bytes = batch.bytes;
  line.from = ints[i + Int.From] as number;
  line.to = ints[i + Int.To] as number;
  line.timeNs = floats[f + Float.TimeNs] as number;
  line.byteStart = floats[f + Float.ByteStart] as number;
  line.byteEnd = floats[f + Float.ByteEnd] as number;
  return line;
}

/** Names get the ids that they had, because they come in the order in which they got them. */
function learn(table: Interner, names: readonly string[]): void {
  for (const name of names) {
    const bytes = encode(name);
    table.idOf(bytes, 0, bytes.length);
  }
}
