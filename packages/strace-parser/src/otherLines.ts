/**
 * Every line that is not simply a call's: deaths, signals, stops, notes, frames, dumps, tables; calls cut by the program's own
 * output, lines that begin with it, lines in colour; and text, for what is not strace's.
 *
 * Invariant: each line that comes here is handed out whole, as one record or as several that follow one another in it.
 */

import { ESC, LF, LPAREN, RBRACE, RPAREN, SPACE, isDigit, isNameStart, isWord, startsWith } from './chars.js';
import { indexOf } from './chars.js';
import { Interner } from './interner.js';
import type { LineReader } from './lineReader.js';
import { ExitLine, FrameLine, NoteLine, SignalLine, StopLine, TextLine } from './lines.js';
import type { PrefixReader } from './prefix.js';
import { TimeKind } from './prefix.js';
import type { NoteRecord, RecordSink } from './records.js';
import { findGlued } from './glued.js';
import { SummaryTable } from './summary.js';
import { decode } from './utf8.js';
import { unescape } from './escapes.js';

/** Calls whose line the program's output may cut before strace printed another of the same name. */
const oftenCut = ['write', 'writev', 'clone', 'clone3', 'fork', 'vfork', 'execve'];
/** No line of strace's own that is read through a regular expression is longer. */
const maxOwnLine = 4096;

const ownMessage = /^(?:\S*\/)?strace: /;
const attachMessage = /^(?:(?:\S*\/)?strace: )?Process (\d+) (attached|detached)(?: with \d+ threads)?$/;
const personalityMessage = /^\[ Process PID=(\d+) runs in .*\. \]$/;
const exitMessage = /^\+\+\+ exited with (\d+) \+\+\+$/;
const killMessage = /^\+\+\+ killed by (\S+)( \(core dumped\))? \+\+\+$/;
const supersedeMessage = /^\+\+\+ superseded by execve in pid (\d+) \+\+\+$/;
const stopMessage = /^--- stopped by (\S+) ---$/;
const dumpLine = /^ \| [0-9a-f]{5,} |^ \* \d+ bytes in buffer \d+$|^ = \d+ buffers in vector \d+$/;
const loneMarker = /^ ?<(?:unfinished|detached) (?:#\d+ )?\.\.\.>$/;

export class OtherLines {
  textLines = 0;
  /** While a copy of a line without its colours is read: the position of each of its bytes in the line itself. */
  private origins: Uint32Array | undefined;
  private readonly words = new Interner();
  private readonly commTexts: string[] = [];
  private readonly summary = new SummaryTable();
  private readonly signalLine = new SignalLine();
  private readonly exitLine = new ExitLine();
  private readonly stopLine = new StopLine();
  private readonly noteLine = new NoteLine();
  private readonly frameLine = new FrameLine();
  private readonly textLine = new TextLine();
  private base = 0;

  constructor(
    private readonly sink: RecordSink,
    private readonly prefix: PrefixReader,
    private readonly reader: LineReader,
  ) {}

  /** Reads the line bytes[start, end); bytes[end] is its LF or the CR before it. */
  read(bytes: Uint8Array, start: number, end: number, base: number): void {
    this.base = base;
    // Looked for in this line only: to the chunk's end, every line would cost the whole chunk.
    if (bytes.subarray(start, end).includes(ESC)) this.readColoured(bytes, start, end);
    else if (!this.readStrace(bytes, start, end)) this.text(bytes, start, end);
  }

  /** The comm of the line's prefix, as the kernel has it. */
  comm(bytes: Uint8Array): string {
    const { commStart, commEnd } = this.prefix;
    const id = this.words.idOf(bytes, commStart, commEnd);
    if (id < 0) return unescapeText(decode(bytes, commStart, commEnd));
    return (this.commTexts[id] ??= unescapeText(this.words.names[id] as string));
  }

  /** Position in the whole input of the byte at `at` of the bytes being read. */
  positionOf(at: number): number {
    return this.base + (this.origins === undefined ? at : (this.origins[at] as number));
  }

  /** True while what is read is not the input itself. */
  get recoloured(): boolean {
    return this.origins !== undefined;
  }

  private readColoured(bytes: Uint8Array, start: number, end: number): void {
    const { plain, origins } = withoutColours(bytes, start, end);
    this.origins = origins;
    const understood = this.reader.readCall(plain, 0) >= 0 || this.readStrace(plain, 0, plain.length - 1);
    this.origins = undefined;
    if (!understood) this.text(bytes, start, end);
  }

  /** Reads a line that is strace's, or ends with what is strace's; false when none of it is. */
  private readStrace(bytes: Uint8Array, start: number, end: number): boolean {
    if (this.reader.readCutEnd(bytes, start) >= 0 || this.readOwn(bytes, start, end)) return true;
    const glued = findGlued(bytes, start, end, this.prefix, this.reader);
    if (glued <= start) return false;
    this.text(bytes, start, glued);
    if (this.reader.readCall(bytes, glued) < 0 && !this.readOwn(bytes, glued, end)) this.text(bytes, glued, end);
    return true;
  }

  /** Reads what strace itself prints; false when it is nothing of that. */
  private readOwn(bytes: Uint8Array, start: number, end: number): boolean {
    if (this.summary.open && end - start < maxOwnLine && this.summary.takes(decode(bytes, start, end))) {
      this.prefix.clear();
      return this.note('summary', NaN, bytes, start, end);
    }
    const at = this.prefix.read(bytes, start);
    const c = bytes[at];
    if (c === 0x2b && startsWith(bytes, at, '+++ ')) return this.readEnd(bytes, start, at, end);
    if (c === 0x2d && startsWith(bytes, at, '--- ')) return this.readSignal(bytes, start, at, end);
    if (isNameStart[c as number] === 1 && this.readCut(bytes, start, at, end)) return true;
    if (end - at > maxOwnLine) return false;
    if (c === SPACE && startsWith(bytes, at, ' > ')) return this.readFrame(bytes, start, end);
    const line = decode(bytes, at, end);
    const personality = personalityMessage.exec(line);
    if (personality) return this.note('personality', Number(personality[1]), bytes, start, end);
    if (loneMarker.test(line)) return this.note(line.includes('det') ? 'detached' : 'message', NaN, bytes, start, end);
    if (c === RPAREN && this.reader.ahead.readsTail(bytes, at + 1)) return this.note('message', NaN, bytes, start, end);
    if (at !== start) return false;
    const attach = attachMessage.exec(line);
    if (attach?.[2] === 'attached') this.prefix.threadSeen(Number(attach[1]), true);
    if (attach) return this.note(attach[2] as 'attached' | 'detached', Number(attach[1]), bytes, start, end);
    if (ownMessage.test(line)) return this.note('message', NaN, bytes, start, end);
    if (c === SPACE && dumpLine.test(line)) return this.note('dump', NaN, bytes, start, end);
    return this.summary.takes(line) && this.note('summary', NaN, bytes, start, end);
  }

  private readEnd(bytes: Uint8Array, start: number, at: number, end: number): boolean {
    if (end - at > maxOwnLine) return false;
    const body = decode(bytes, at, end);
    const superseded = supersedeMessage.exec(body);
    if (superseded) {
      const successor = Number(superseded[1]);
      this.reader.moveThread(successor, this.prefix.pid);
      return this.note('superseded', successor, bytes, start, end);
    }
    const exited = exitMessage.exec(body);
    const killed = exited ? null : killMessage.exec(body);
    if (!exited && !killed) return false;
    const record = this.exitLine;
    this.fill(record, bytes, start, end);
    record.code = exited ? Number(exited[1]) : -1;
    record.signal = killed?.[1] ?? '';
    record.coreDumped = killed?.[2] !== undefined;
    this.reader.threadEnded(record.pid);
    this.sink.exit?.(record);
    return true;
  }

  /** `--- SIGCHLD {…} ---`, `--- stopped by SIGSTOP ---`. */
  private readSignal(bytes: Uint8Array, start: number, at: number, end: number): boolean {
    if (!startsWith(bytes, end - 4, ' ---') || end - 4 <= at + 3) return false;
    if (startsWith(bytes, at + 4, 'stopped by ')) {
      const stopped = end - at > maxOwnLine ? null : stopMessage.exec(decode(bytes, at, end));
      if (!stopped) return false;
      this.fill(this.stopLine, bytes, start, end);
      this.stopLine.signal = stopped[1] as string;
      this.sink.stop?.(this.stopLine);
      return true;
    }
    let p = at + 4;
    while (isWord[bytes[p] as number] === 1) p++;
    if (!startsWith(bytes, at + 4, 'SIG') || bytes[p] !== SPACE) return false;
    const record = this.signalLine;
    this.fill(record, bytes, start, end);
    record.signal = this.words.textOf(bytes, at + 4, p);
    p++;
    const hasInfo = bytes[p] === 0x7b && bytes[end - 5] === RBRACE;
    record.infoFrom = hasInfo ? p - start : 0;
    record.infoTo = hasInfo ? end - 4 - start : 0;
    this.sink.signal?.(record);
    return true;
  }

  private readFrame(bytes: Uint8Array, start: number, end: number): boolean {
    this.fill(this.frameLine, bytes, start, end);
    this.frameLine.parts = undefined;
    this.sink.frame?.(this.frameLine);
    return true;
  }

  /**
   * A call without an end on its line: the log ends here, or the program wrote to the same terminal, or strace itself did
   * (`clone(…SIGCHLDstrace: Process 7 attached`, and the call goes on as ` <unfinished ...>` on the next line).
   */
  private readCut(bytes: Uint8Array, start: number, at: number, end: number): boolean {
    let p = at;
    while (isWord[bytes[p] as number] === 1) p++;
    if (p === at || bytes[p] !== LPAREN || p - at > 64 || !this.reader.fitsStyle()) return false;
    const { prefix, reader } = this;
    const bare = !prefix.named && prefix.timeKind === TimeKind.None;
    if (bare && !reader.names.has(bytes, at, p) && !oftenCut.includes(decode(bytes, at, p))) return false;
    if (reader.ahead.endsCall(bytes, p + 1, end)) return false;
    const message = indexOf(bytes, 'strace: Process ', p, end);
    const nameId = reader.names.idOf(bytes, at, p);
    if (nameId < 0) return false;
    const cut = message < 0 ? end : message;
    reader.enterCut(bytes, start, nameId, p + 1, cut);
    if (message >= 0 && !this.readOwn(bytes, message, end)) this.text(bytes, message, end);
    return true;
  }

  private note(kind: NoteRecord['kind'], value: number, bytes: Uint8Array, start: number, end: number): true {
    this.fill(this.noteLine, bytes, start, end);
    this.noteLine.kind = kind;
    this.noteLine.value = value;
    this.sink.note?.(this.noteLine);
    return true;
  }

  private text(bytes: Uint8Array, start: number, end: number): void {
    this.textLines++;
    const record = this.textLine;
    this.place(record, bytes, start, end);
    record.pid = 0;
    record.comm = '';
    record.timeNs = NaN;
    this.sink.text?.(record);
  }

  private fill(
    record: TextLine | NoteLine | FrameLine | ExitLine | StopLine | SignalLine,
    bytes: Uint8Array,
    start: number,
    end: number,
  ): void {
    const { prefix } = this;
    this.place(record, bytes, start, end);
    record.timeNs = prefix.accept();
    record.pid = prefix.pid;
    record.comm = prefix.commEnd > prefix.commStart ? this.comm(bytes) : '';
  }

  private place(
    record: TextLine | NoteLine | FrameLine | ExitLine | StopLine | SignalLine,
    bytes: Uint8Array,
    start: number,
    end: number,
  ): void {
    record.bytes = bytes;
    record.from = start;
    record.to = end;
    record.line = this.reader.lineCount;
    record.byteStart = this.positionOf(start);
    record.byteEnd = this.positionOf(end);
  }
}

function unescapeText(text: string): string {
  if (!text.includes('\\')) return text;
  const bytes = unescape(text);
  return decode(bytes, 0, bytes.length);
}

/** A copy of the line without its colours (SGR and erase sequences), an LF at its end; and where each byte of it came from. */
function withoutColours(bytes: Uint8Array, start: number, end: number): { plain: Uint8Array; origins: Uint32Array } {
  const plain = new Uint8Array(end - start + 1);
  const origins = new Uint32Array(end - start + 1);
  let length = 0;
  for (let p = start; p < end; p++) {
    if (bytes[p] === ESC && bytes[p + 1] === 0x5b) {
      let q = p + 2;
      while (isDigit(bytes[q]) || bytes[q] === 0x3b) q++;
      if (bytes[q] === 0x6d || bytes[q] === 0x4b) {
        p = q;
        continue;
      }
    }
    origins[length] = p;
    plain[length++] = bytes[p] as number;
  }
  plain[length] = LF;
  origins[length] = end;
  origins[0] = start;
  return { plain: plain.subarray(0, length + 1), origins };
}
