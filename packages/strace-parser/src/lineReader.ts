/**
 * Understands lines: the common ones here in one pass over their bytes (a whole call, an entered call, a resumed call),
 * every other through `OtherLines`, which ends with text for what nobody knows.
 *
 * Invariant: every byte of every line is in the byte range of one record or one call's entry. It is over 300 lines because
 * the pass and what it fills share a dozen positions that would have to travel between files for every line.
 */

import { CallEnds } from './callEnds.js';
import { CallLine } from './callLine.js';
import {
  CR,
  DOT,
  GT,
  LF,
  LPAREN,
  LT,
  QUESTION,
  RPAREN,
  SPACE,
  decimalAt,
  isNameStart,
  isWord,
  startsWith,
} from './chars.js';
import { endsWithExitGroup } from './glued.js';
import { Interner } from './interner.js';
import { LookAhead, maxNameBytes, nameEnd, withoutMarker } from './lookAhead.js';
import { OtherLines } from './otherLines.js';
import { PrefixReader, TimeKind } from './prefix.js';
import type { CallRecord, RecordSink, TimeOrigin } from './records.js';
import { CallOutcome, ReturnKind } from './records.js';
import { scanArguments } from './scan.js';
import { tailFlag } from './tail.js';
import { Words, lineEndFrom } from './words.js';
import { PendingCalls, sameCall, type CallEntry, type PendingCall } from './threads.js';

const none = new Uint8Array(0);
const LINES_A_TURN = 64;
/** First letters of the markers that can end a line: `<unfinished`, `<detached`, `<pid changed to`. */
const detachedMarker = 0x64;
const pidChangedMarker = 0x70;

export class LineReader {
  readonly names = new Interner();
  readonly errnos = new Interner();
  lineCount = 0;
  private readonly words = new Words();
  private readonly prefix = new PrefixReader(this.words);
  private readonly ends = new CallEnds(this.words);
  private readonly pending = new PendingCalls();
  private readonly other: OtherLines;
  /** The record for calls that end, the one for calls that only begin, and the one for calls that are given up. */
  private readonly call = new CallLine(this.errnos);
  private readonly entered = new CallLine(this.errnos);
  private readonly left = new CallLine(this.errnos);
  /** Looks at lines without touching the record. */
  readonly ahead = new LookAhead(this.prefix, this.errnos);
  /** Position in the whole input of index 0 of the bytes being read. */
  private base = 0;
  /** The call whose line was cut by the program's own output: a line that begins with `)` ends it. */
  private cutCall: PendingCall | undefined;

  constructor(
    private sink: RecordSink,
    origin: TimeOrigin | undefined,
  ) {
    this.errnos.idOf(none, 0, 0);
    if (origin) this.prefix.startFrom(origin);
    this.other = new OtherLines(sink, this.prefix, this);
  }

  get origin(): TimeOrigin {
    return this.prefix.origin;
  }
  get mainPid(): number {
    return this.prefix.mainPid;
  }
  get textLines(): number {
    return this.other.textLines;
  }

  /** Begins in the middle of a log, at line number `line`, while the calls of `entries` are in progress. */
  startAt(line: number, entries: readonly CallEntry[]): void {
    const { sink } = this;
    this.sink = {};
    for (const { line: entryLine, bytes, byteStart } of entries) {
      this.lineCount = entryLine;
      this.read(bytes, 0, bytes.length, byteStart);
    }
    this.sink = sink;
    this.lineCount = line;
  }

  /** Calls in progress; undefined when a reader that starts here would need to know more than these. */
  inProgress(): PendingCall[] | undefined {
    return this.cutCall || !this.prefix.timed || this.mainPid !== 0 ? undefined : this.pending.all();
  }

  /** Reads whole lines bytes[start, end), the last of which ends with LF; `base` is the position of bytes[0] in the input. */
  read(bytes: Uint8Array, start: number, end: number, base: number): void {
    this.base = base;
    // Not by the first line: code that was compiled for the lines before it would be thrown away by what only a first line does.
    this.words.of(bytes);
    this.call.bytes = this.entered.bytes = bytes;
    this.readLines(bytes, start, end, base);
    this.pending.settle();
  }

  /** In short turns: engines that optimise a function while it runs use what they made when it is called the next time. */
  private readLines(bytes: Uint8Array, start: number, end: number, base: number): void {
    for (let p = start; p < end;) p = this.readSome(bytes, p, end, base);
  }

  /** Reads up to LINES_A_TURN lines; returns where the next begins. */
  private readSome(bytes: Uint8Array, start: number, end: number, base: number): number {
    let p = start;
    for (let lines = 0; p < end && lines < LINES_A_TURN; lines++) {
      const next = this.readCall(bytes, p);
      if (next >= 0) p = next;
      else {
        const lf = lineEndFrom(bytes, this.words.of(bytes), p);
        this.other.read(bytes, p, lf > p && bytes[lf - 1] === CR ? lf - 1 : lf, base);
        p = lf + 1;
      }
      this.lineCount++;
    }
    return p;
  }

  /** No line comes any more. */
  finish(): void {
    for (const slot of this.pending.all()) this.giveUp(slot, CallOutcome.LogEnded);
  }

  /** An unterminated line (an LF put after it) as an entered call; see `StraceParser.partial`. */
  partial(bytes: Uint8Array, byteStart: number): CallRecord | undefined {
    const at = this.prefix.read(bytes, 0);
    const paren = nameEnd(bytes, at);
    if (bytes[paren] !== LPAREN || !this.fitsStyle()) return undefined;
    const nameId = this.names.idOf(bytes, at, paren);
    if (nameId < 0) return undefined;
    const call = new CallLine(this.errnos);
    const timeNs = this.prefix.peekNs();
    this.setHeader(call, bytes, 0, bytes.length - 1, timeNs);
    call.startNs = timeNs;
    call.entryLine = call.line;
    call.entryPid = call.pid;
    call.byteStart = call.entryByteStart = byteStart;
    call.byteEnd = call.entryByteEnd = byteStart + bytes.length - 1;
    call.nameId = nameId;
    call.name = this.names.names[nameId] as string;
    call.outcome = CallOutcome.Entered;
    call.argsFrom = paren + 1;
    call.argsTo = Math.min(scanArguments(bytes, paren + 1), call.to);
    return call;
  }

  /**
   * Reads the line at `start` if it is a call's: returns where the next line begins, else -1 with nothing learned.
   */
  readCall(bytes: Uint8Array, start: number): number {
    const { prefix } = this;
    const at = prefix.read(bytes, start);
    const c = bytes[at] as number;
    const resumed = c === LT;
    let p = at;
    if (resumed) {
      if (bytes[p + 1] !== DOT || bytes[p + 2] !== DOT || bytes[p + 3] !== DOT || bytes[p + 4] !== SPACE) return -1;
      p += 5;
    } else if (isNameStart[c] !== 1) return -1;
    const nameStart = p;
    let nameId = this.names.known(bytes, this.words.of(bytes), p);
    p = nameId < 0 ? nameStop(bytes, p) : p + this.names.lengthOf(nameId);
    if (p < 0) return -1;
    if (resumed) return this.readResumed(bytes, start, nameStart, p, nameId);
    if (bytes[p] !== LPAREN) return -1;
    const { tail } = this.call;
    const close = this.ends.read(bytes, p + 1, tail);
    if (close < 0) return -1;
    if (bytes[close] === RPAREN) {
      if (!this.fitsStyle() && !this.startsRun(bytes, nameStart, p)) return -1;
      if (!prefix.named && prefix.timeKind === TimeKind.None) {
        if ((tail.flags & tailFlag.Odd) !== 0 || endsWithExitGroup(bytes, nameStart, p)) return -1;
      }
      if (nameId < 0) nameId = this.names.idOf(bytes, nameStart, p);
      return nameId < 0 ? -1 : this.wholeCall(bytes, start, nameId, p + 1, close);
    }
    if (!this.fitsStyle()) return -1;
    if (nameId < 0) nameId = this.names.idOf(bytes, nameStart, p);
    return nameId < 0 ? -1 : this.markedCall(bytes, start, nameId, p + 1, close);
  }

  /** A call that stands in one line; its tail is read. */
  private wholeCall(bytes: Uint8Array, start: number, nameId: number, argsFrom: number, close: number): number {
    const { call } = this;
    const { tail } = call;
    const timeNs = this.prefix.accept();
    const slot = this.pending.get(this.prefix.pid);
    if (slot !== undefined) this.giveUp(slot, CallOutcome.NoReturn);
    this.setHeader(call, bytes, start, tail.lineEnd, timeNs);
    call.startNs = timeNs;
    call.endNs = timeNs + tail.durationNs;
    call.entryLine = call.line;
    call.entryPid = call.pid;
    call.entryByteStart = call.byteStart;
    call.entryByteEnd = call.byteEnd;
    call.nameId = nameId;
    call.name = this.names.names[nameId] as string;
    call.outcome = tail.kind === ReturnKind.Unknown && tail.errnoId === 0 ? CallOutcome.NoReturn : CallOutcome.Returned;
    call.resumed = false;
    call.argsFrom = argsFrom;
    call.argsTo = withoutMarker(bytes, argsFrom, close);
    this.sink.call?.(call);
    return afterLine(bytes, tail.lineEnd);
  }

  /** A call whose line ends with a marker at `marker`. */
  private markedCall(bytes: Uint8Array, start: number, nameId: number, argsFrom: number, marker: number): number {
    const lineEnd = afterMarker(bytes, marker);
    const slot = this.enter(bytes, start, lineEnd, nameId, argsFrom, marker - 1);
    const kind = bytes[marker + 1];
    if (kind === detachedMarker) this.giveUp(slot, CallOutcome.Detached);
    else this.announce(slot);
    if (kind === pidChangedMarker) this.moveThread(slot.pid, decimalAt(bytes, marker + '<pid changed to '.length));
    return afterLine(bytes, lineEnd);
  }

  /** A call whose line the program's own output has cut, or that ends where the log ends; `argsTo` is where it was cut. */
  enterCut(bytes: Uint8Array, start: number, nameId: number, argsFrom: number, argsTo: number): void {
    const slot = this.enter(bytes, start, argsTo, nameId, argsFrom, argsTo);
    this.cutCall = slot;
    this.announce(slot);
  }

  /** Makes the call of this line its thread's pending call. */
  private enter(
    bytes: Uint8Array,
    start: number,
    end: number,
    nameId: number,
    argsFrom: number,
    argsTo: number,
  ): PendingCall {
    const { prefix } = this;
    const timeNs = prefix.accept();
    const slot = this.pending.slot(prefix.pid);
    if (slot.active) this.giveUp(slot, CallOutcome.NoReturn);
    slot.active = true;
    slot.comm = prefix.commEnd > prefix.commStart ? this.other.comm(bytes) : '';
    slot.nameId = nameId;
    slot.startNs = timeNs;
    slot.line = this.lineCount;
    slot.entryPid = prefix.pid;
    slot.byteStart = this.other.recoloured ? this.other.positionOf(start) : this.base + start;
    slot.byteEnd = this.other.recoloured ? this.other.positionOf(end) : this.base + end;
    slot.syscallNumber = prefix.syscallNumber;
    if (slot.bytes !== bytes) slot.bytes = bytes;
    slot.from = start;
    slot.to = end;
    slot.argsFrom = argsFrom;
    slot.argsTo = Math.max(argsTo, argsFrom);
    slot.ipFrom = prefix.ipStart;
    slot.ipTo = prefix.ipEnd;
    this.pending.borrow(slot);
    return slot;
  }

  /** `<... NAME resumed>` with its name at [nameStart, nameTo), its id when that is known. */
  private readResumed(bytes: Uint8Array, start: number, nameStart: number, nameTo: number, knownId: number): number {
    if (!startsWith(bytes, nameTo, ' resumed')) return -1;
    let argsFrom = nameTo + 8;
    if (bytes[argsFrom] === SPACE && bytes[argsFrom + 1] === 0x23) {
      for (argsFrom += 2; bytes[argsFrom] !== GT && bytes[argsFrom] !== LF;) argsFrom++;
    }
    if (bytes[argsFrom++] !== GT) return -1;
    const { call, prefix } = this;
    const close = this.ends.read(bytes, argsFrom, call.tail);
    if (close < 0 || !this.fitsStyle()) return -1;
    const marked = bytes[close] === LT;
    let nameId = knownId < 0 ? this.names.idOf(bytes, nameStart, nameTo) : knownId;
    if (nameId < 0) return -1;
    const timeNs = prefix.accept();
    const slot = this.pendingFor(nameId);
    if (slot !== undefined && bytes[nameStart] === QUESTION) nameId = slot.nameId;
    if (!marked)
      return this.endCall(bytes, start, nameId, argsFrom, withoutMarker(bytes, argsFrom, close), timeNs, slot);
    call.tail.clear();
    call.tail.lineEnd = afterMarker(bytes, close);
    return this.endCall(
      bytes,
      start,
      nameId,
      argsFrom,
      close - 1,
      timeNs,
      slot,
      bytes[close + 1] === detachedMarker ? CallOutcome.Detached : CallOutcome.NoReturn,
    );
  }

  /**
   * `) = 5`, `, child_tidptr=0x7f10) = 12`: the rest of the call whose line something else on the terminal has cut; or of the
   * only call in progress, because `-e status=` leaves such rests without a head. Returns where the next line begins, or -1.
   */
  readCutEnd(bytes: Uint8Array, start: number): number {
    const slot = this.cutCall ?? this.pending.onlyOne();
    if (slot === undefined) return -1;
    const close = scanArguments(bytes, start);
    if (bytes[close] !== RPAREN || !this.call.tail.read(bytes, close + 1)) return -1;
    this.prefix.clear();
    return this.endCall(bytes, start, slot.nameId, start, withoutMarker(bytes, start, close), NaN, slot);
  }

  /** Hands out the call that this line ends (its tail is read), joined with its entry when that was seen. */
  private endCall(
    bytes: Uint8Array,
    start: number,
    nameId: number,
    argsFrom: number,
    argsTo: number,
    timeNs: number,
    slot: PendingCall | undefined,
    outcome?: CallOutcome,
  ): number {
    const { call } = this;
    const { tail } = call;
    this.setHeader(call, bytes, start, tail.lineEnd, timeNs);
    call.nameId = nameId;
    call.name = this.names.names[nameId] as string;
    call.endNs = timeNs;
    call.resumed = true;
    call.argsFrom = argsFrom;
    call.argsTo = Math.max(argsTo, argsFrom);
    if (slot === undefined) {
      call.startNs = tail.durationNs >= 0 ? timeNs - tail.durationNs : timeNs;
      call.entryLine = call.line;
      call.entryPid = call.pid;
      call.entryByteStart = call.entryByteEnd = call.byteStart;
      call.entryFrom = call.entryTo = call.entryArgsFrom = call.entryArgsTo = 0;
    } else {
      call.pid = slot.pid;
      call.startNs = slot.startNs;
      if (timeNs !== timeNs) call.endNs = slot.startNs + tail.durationNs;
      call.entryLine = slot.line;
      call.entryPid = slot.entryPid;
      call.entryByteStart = slot.byteStart;
      call.entryByteEnd = slot.byteEnd;
      if (call.entry !== slot.bytes) call.entry = slot.bytes;
      call.entryFrom = slot.from;
      call.entryTo = slot.to;
      call.entryArgsFrom = slot.argsFrom;
      call.entryArgsTo = slot.argsTo;
      this.close(slot);
    }
    call.outcome =
      outcome ?? (tail.kind === ReturnKind.Unknown && tail.errnoId === 0 ? CallOutcome.NoReturn : CallOutcome.Returned);
    if (call.outcome !== CallOutcome.Returned) call.endNs = NaN;
    this.sink.call?.(call);
    return afterLine(bytes, tail.lineEnd);
  }

  /** The pending call that a resumed line of this name continues; a pending call of another name will never end. */
  private pendingFor(nameId: number): PendingCall | undefined {
    const { prefix } = this;
    let slot = this.pending.get(prefix.pid);
    if (slot !== undefined && !sameCall(this.names.names, slot.nameId, nameId)) {
      this.giveUp(slot, CallOutcome.NoReturn);
      slot = undefined;
    }
    if (slot !== undefined || (prefix.named && !prefix.bracketed)) return slot;
    // On a terminal the pid is printed only while there are several: a call is entered in one style and left in the other.
    const found = prefix.named ? this.pending.get(0) : this.pending.onlyOne(nameId);
    if (found === undefined || found.nameId !== nameId) return undefined;
    if (!prefix.named) return found;
    this.pending.move(0, prefix.pid);
    return found;
  }

  /** `+++ superseded by execve in pid N +++`, `<pid changed to N ...>`: the call of thread `from` goes on as thread `to`. */
  moveThread(from: number, to: number): void {
    const leader = this.pending.get(to);
    if (from === to || !(to > 0)) return;
    if (leader !== undefined && this.pending.get(from) !== undefined) this.giveUp(leader, CallOutcome.NoReturn);
    if (this.pending.get(from) !== undefined) this.pending.move(from, to);
  }

  /** The thread is gone: its call will not return. */
  threadEnded(pid: number): void {
    const slot = this.pending.get(pid);
    if (slot !== undefined) this.giveUp(slot, CallOutcome.NoReturn);
    this.pending.forget(pid);
    this.prefix.threadEnded(pid);
  }

  /** A pending call that will never be resumed is handed out as it is. */
  private giveUp(slot: PendingCall, outcome: CallOutcome): void {
    this.fillFrom(slot, this.left, outcome);
    this.close(slot);
    this.sink.call?.(this.left);
  }

  private announce(slot: PendingCall): void {
    if (this.sink.enter === undefined) return;
    this.fillFrom(slot, this.entered, CallOutcome.Entered);
    this.sink.enter(this.entered);
  }

  private close(slot: PendingCall): void {
    slot.active = false;
    if (this.cutCall === slot) this.cutCall = undefined;
  }

  private fillFrom(slot: PendingCall, call: CallLine, outcome: CallOutcome): void {
    call.pid = slot.pid;
    call.comm = slot.comm;
    call.timeNs = call.startNs = slot.startNs;
    call.endNs = NaN;
    call.line = call.entryLine = slot.line;
    call.entryPid = slot.entryPid;
    call.byteStart = call.entryByteStart = slot.byteStart;
    call.byteEnd = call.entryByteEnd = slot.byteEnd;
    call.nameId = slot.nameId;
    call.name = this.names.names[slot.nameId] as string;
    call.outcome = outcome;
    call.syscallNumber = slot.syscallNumber;
    if (call.bytes !== slot.bytes) call.bytes = slot.bytes;
    call.from = slot.from;
    call.to = slot.to;
    call.argsFrom = slot.argsFrom;
    call.argsTo = slot.argsTo;
    call.ipFrom = slot.ipFrom;
    call.ipTo = slot.ipTo;
    call.forget();
  }

  private setHeader(call: CallLine, bytes: Uint8Array, start: number, end: number, timeNs: number): void {
    const { prefix } = this;
    call.pid = prefix.pid;
    call.comm = prefix.commEnd > prefix.commStart ? this.other.comm(bytes) : '';
    call.timeNs = timeNs;
    call.line = this.lineCount;
    call.byteStart = this.other.recoloured ? this.other.positionOf(start) : this.base + start;
    call.byteEnd = this.other.recoloured ? this.other.positionOf(end) : this.base + end;
    call.syscallNumber = prefix.syscallNumber;
    // Storing an object costs more than comparing it: the garbage collector wants to know.
    if (call.bytes !== bytes) call.bytes = bytes;
    call.from = start;
    call.to = end;
    call.ipFrom = prefix.ipStart;
    call.ipTo = prefix.ipEnd;
    call.forget();
  }

  /** A second run of strace that was appended (-A) begins with execve and may carry no times. */
  private startsRun(bytes: Uint8Array, nameStart: number, nameStop: number): boolean {
    if (nameStop - nameStart !== 6 || !startsWith(bytes, nameStart, 'execve')) return false;
    this.prefix.timed = false;
    return true;
  }

  /** A log whose lines carry times has no call without one: what looks like it is the program's own output. */
  fitsStyle(): boolean {
    const { prefix } = this;
    return prefix.timeKind !== TimeKind.None || !prefix.timed || prefix.named;
  }
}

/** Position after the name at `at`, -1 when there is none. */
function nameStop(bytes: Uint8Array, at: number): number {
  let p = at;
  while (isWord[bytes[p] as number] === 1) p++;
  // A call that strace could not name is printed `???(`.
  while (p !== at + 3 && bytes[p] === QUESTION) p++;
  return p === at || p - at > maxNameBytes ? -1 : p;
}

/** Position after the `>` of a marker. */
function afterMarker(bytes: Uint8Array, marker: number): number {
  let p = marker;
  while (bytes[p] !== GT) p++;
  return p + 1;
}

/** Position after the line's LF. */
function afterLine(bytes: Uint8Array, lineEnd: number): number {
  return lineEnd + (bytes[lineEnd] === CR ? 2 : 1);
}
