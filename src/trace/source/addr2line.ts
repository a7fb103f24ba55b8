/**
 * `addr2line` as a process that stays: one for each object, asked in batches, answers cached by address.
 *
 * Each question is the address and then 0x0; `-a` makes it echo addresses, so the echoed 0x0 ends an answer of any number of
 * inlined frames.
 */

import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';

/** One function at an address; several when the compiler inlined: the innermost first. */
export interface SourceFrame {
  /** '' when the object has no name for it. */
  symbol: string;
  /** '' when there is no debug information. */
  file: string;
  line: number;
}

interface Question {
  address: number;
  resolve: (frames: SourceFrame[]) => void;
  reject: (error: Error) => void;
}

export class Addr2line {
  private readonly process: ChildProcessWithoutNullStreams;
  private readonly waiting: Question[] = [];
  private readonly answers = new Map<number, Promise<SourceFrame[]>>();
  private pending = '';
  private failure: Error | undefined;

  /** `command`: name or path of addr2line (binutils). Failure to start rejects the questions. */
  constructor(object: string, command = 'addr2line') {
    this.process = spawn(command, ['-f', '-C', '-i', '-a', '-e', object], { stdio: 'pipe' });
    this.process.stdout.setEncoding('utf8').on('data', (text: string) => this.read(text));
    this.process.stderr.resume();
    this.process.stdin.on('error', () => undefined); // told by 'close', too
    this.process.on('error', error => this.fail(error));
    this.process.on('close', () => this.fail(new Error(`addr2line ended while reading ${object}`)));
  }

  /** Functions and lines at a virtual address of the object; empty when it knows neither. */
  lookUp(address: number): Promise<SourceFrame[]> {
    const known = this.answers.get(address);
    if (known) return known;
    const answer = new Promise<SourceFrame[]>((resolve, reject) => {
      if (this.failure) {
        reject(this.failure);
        return;
      }
      this.waiting.push({ address, resolve, reject });
      this.process.stdin.write(`0x${address.toString(16)}\n0x0\n`);
    });
    this.answers.set(address, answer);
    return answer;
  }

  dispose(): void {
    this.process.kill();
  }

  private read(text: string): void {
    this.pending += text;
    for (;;) {
      // The end of an answer: the echoed 0x0 and its two lines.
      const end = /^0x0+\n[^\n]*\n[^\n]*\n/m.exec(this.pending);
      const question = this.waiting[0];
      if (!end || !question) return;
      const answer = this.pending.slice(0, end.index);
      this.pending = this.pending.slice(end.index + end[0].length);
      this.waiting.shift();
      question.resolve(parseAnswer(answer));
    }
  }

  private fail(error: Error): void {
    this.failure ??= error;
    for (const question of this.waiting.splice(0)) question.reject(this.failure);
  }
}

/** `0xaddr`, then pairs of lines: function, `file:line` (`??` for what is not known). */
export function parseAnswer(text: string): SourceFrame[] {
  const lines = text.split('\n').slice(1);
  const frames: SourceFrame[] = [];
  for (let i = 0; i + 1 < lines.length; i += 2) {
    const place = /^(.*):(\d+|\?)(?: \(discriminator \d+\))?$/.exec(lines[i + 1]!);
    const file = place?.[1] ?? '??';
    const symbol = lines[i]!;
    const frame = {
      symbol: symbol === '??' ? '' : symbol,
      file: file === '??' ? '' : file,
      line: file === '??' || place?.[2] === '?' ? 0 : Number(place?.[2] ?? 0),
    };
    if (frame.symbol !== '' || frame.file !== '') frames.push(frame);
  }
  return frames;
}
