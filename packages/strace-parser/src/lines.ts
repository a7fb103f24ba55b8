/**
 * The records of every line that is no call.
 *
 * Invariant: like call records they read the parser's bytes, and only what `keep()` returns owns its own.
 */

import { argumentEnd, numberAt, skipSpaces } from './arguments.js';
import { EQUALS, copyOf, startsWith } from './chars.js';
import { readLayout, type LineLayout } from './layout.js';
import type { ExitRecord, FrameRecord, NoteRecord, SignalRecord, StopRecord, TextRecord } from './records.js';
import { decode } from './utf8.js';
import { parseValue } from './valueParser.js';
import type { Value } from './values.js';

const none = new Uint8Array(0);

abstract class Line {
  pid = 0;
  comm = '';
  timeNs = NaN;
  line = 0;
  byteStart = 0;
  byteEnd = 0;
  bytes: Uint8Array = none;
  from = 0;
  to = 0;

  text(): string {
    return decode(this.bytes, this.from, this.to);
  }

  layout(): LineLayout {
    return readLayout(this.bytes, this.from, this.to, -1);
  }

  /** Fills `copy`, and gives it bytes of its own. */
  protected copyTo<T extends Line>(copy: T): T {
    copy.pid = this.pid;
    copy.comm = this.comm;
    copy.timeNs = this.timeNs;
    copy.line = this.line;
    copy.byteStart = this.byteStart;
    copy.byteEnd = this.byteEnd;
    copy.bytes = copyOf(this.bytes, this.from, this.to);
    copy.to = this.to - this.from;
    return copy;
  }
}

export class SignalLine extends Line implements SignalRecord {
  readonly type = 'signal';
  signal = '';
  /** Range of the `{…}`, relative to `from`; empty when there is none. */
  infoFrom = 0;
  infoTo = 0;

  info(): Value | undefined {
    return this.infoTo > this.infoFrom
      ? parseValue(this.bytes, this.from + this.infoFrom, this.from + this.infoTo)
      : undefined;
  }

  detail(): string {
    const text = this.text();
    const start = text.indexOf(`--- ${this.signal} `);
    return text.slice(start + this.signal.length + 5, -4);
  }

  infoNumber(field: string): number {
    const at = this.fieldAt(field);
    return at < 0 ? NaN : numberAt(this.bytes, at, this.from + this.infoTo - 1);
  }

  infoText(field: string): string {
    const at = this.fieldAt(field);
    return at < 0 ? '' : decode(this.bytes, at, argumentEnd(this.bytes, at, this.from + this.infoTo - 1));
  }

  keep(): SignalLine {
    const copy = this.copyTo(new SignalLine());
    copy.signal = this.signal;
    copy.infoFrom = this.infoFrom;
    copy.infoTo = this.infoTo;
    return copy;
  }

  /** Position of the field's value, or -1. */
  private fieldAt(field: string): number {
    const end = this.from + this.infoTo - 1;
    for (let p = this.from + this.infoFrom + 1; p < end; p = skipSpaces(this.bytes, p + 1, end)) {
      if (startsWith(this.bytes, p, field) && this.bytes[p + field.length] === EQUALS) return p + field.length + 1;
      p = argumentEnd(this.bytes, p, end);
    }
    return -1;
  }
}

export class ExitLine extends Line implements ExitRecord {
  readonly type = 'exit';
  code = 0;
  signal = '';
  coreDumped = false;

  keep(): ExitLine {
    const copy = this.copyTo(new ExitLine());
    copy.code = this.code;
    copy.signal = this.signal;
    copy.coreDumped = this.coreDumped;
    return copy;
  }
}

export class StopLine extends Line implements StopRecord {
  readonly type = 'stop';
  signal = '';

  keep(): StopLine {
    const copy = this.copyTo(new StopLine());
    copy.signal = this.signal;
    return copy;
  }
}

export class NoteLine extends Line implements NoteRecord {
  readonly type = 'note';
  kind: NoteRecord['kind'] = 'message';
  value = NaN;

  keep(): NoteLine {
    const copy = this.copyTo(new NoteLine());
    copy.kind = this.kind;
    copy.value = this.value;
    return copy;
  }
}

export class TextLine extends Line implements TextRecord {
  readonly type = 'text';

  keep(): TextLine {
    return this.copyTo(new TextLine());
  }
}

interface FrameParts {
  object: string;
  symbol: string;
  symbolOffset: number;
  address: number;
  source: string;
}

export class FrameLine extends Line implements FrameRecord {
  readonly type = 'frame';
  /** Made when first asked for; the parser clears it. */
  parts: FrameParts | undefined;

  get object(): string {
    return this.split().object;
  }
  get symbol(): string {
    return this.split().symbol;
  }
  get symbolOffset(): number {
    return this.split().symbolOffset;
  }
  get address(): number {
    return this.split().address;
  }
  get source(): string {
    return this.split().source;
  }

  keep(): FrameLine {
    return this.copyTo(new FrameLine());
  }

  /** ` > object(symbol+0x1c) [0x144b] file.c:10`: any part may be missing; a C++ symbol has parentheses of its own. */
  private split(): FrameParts {
    if (this.parts) return this.parts;
    const match = /^ > ([^(]*)\((.*)\) \[(0x[0-9a-f]+)\](?: (.+))?$/.exec(this.text());
    const symbol = /^(.*?)(?:\+(0x[0-9a-f]+))?$/.exec(match?.[2] ?? '');
    this.parts = {
      object: match?.[1] ?? '',
      symbol: symbol?.[1] ?? '',
      symbolOffset: symbol?.[2] === undefined ? NaN : Number(symbol[2]),
      address: match?.[3] === undefined ? NaN : Number(match[3]),
      source: match?.[4] ?? '',
    };
    return this.parts;
  }
}
