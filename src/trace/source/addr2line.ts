/**
 * `addr2line` as a process that stays while it is asked: one for each object, asked in batches. Answers are kept by address, and those of
 * an object with a build id for all who ask about that build: a program that is traced again has its lines at once.
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

/** Answers by build (and by who was asked) and address, the build that was asked about last at the end. */
const shared = new Map<string, Map<number, SourceFrame[]>>();
const mostSharedBuilds = 64;

function answersOf(command: string, buildId: string): Map<number, SourceFrame[]> {
  const build = `${buildId} ${command}`;
  const answers = shared.get(build) ?? new Map<number, SourceFrame[]>();
  if (buildId === '') return answers;
  shared.delete(build);
  shared.set(build, answers);
  for (const oldest of shared.keys()) {
    if (shared.size <= mostSharedBuilds) break;
    shared.delete(oldest);
  }
  return answers;
}

/** A process that nobody asked for so long is ended; the next question starts another. */
const idleMs = 30_000;

export class Addr2line {
  private process: ChildProcessWithoutNullStreams | undefined;
  private waiting: Question[] = [];
  private readonly asked = new Map<number, Promise<SourceFrame[]>>();
  private readonly known: Map<number, SourceFrame[]>;
  private pending = '';
  private idleTimer: NodeJS.Timeout | undefined;
  private disposed = false;

  /** `command`: name or path of addr2line (binutils). `buildId`: '' when the object has none. */
  constructor(
    private readonly object: string,
    private readonly command = 'addr2line',
    buildId = '',
  ) {
    this.known = answersOf(command, buildId);
  }

  /** Functions and lines at a virtual address of the object; empty when it knows neither. Rejects when addr2line cannot run. */
  lookUp(address: number): Promise<SourceFrame[]> {
    const known = this.known.get(address);
    if (known) return Promise.resolve(known);
    const asked = this.asked.get(address);
    if (asked) return asked;
    if (this.disposed) return Promise.reject(new Error('The symbols are closed.'));
    const answer = new Promise<SourceFrame[]>((resolve, reject) => {
      this.process ??= this.start();
      this.waiting.push({ address, resolve, reject });
      clearTimeout(this.idleTimer);
      this.process.stdin.write(`0x${address.toString(16)}\n0x0\n`);
    });
    this.asked.set(address, answer);
    answer.then(
      frames => {
        // Debug information may be installed later.
        if (frames.some(({ file }) => file !== '')) this.known.set(address, frames);
      },
      () => this.asked.delete(address), // asked again, addr2line may have been installed
    );
    return answer;
  }

  dispose(): void {
    this.disposed = true;
    this.end(new Error('The symbols are closed.'));
  }

  private start(): ChildProcessWithoutNullStreams {
    const child = spawn(this.command, ['-f', '-C', '-i', '-a', '-e', this.object], { stdio: 'pipe' });
    const ended = (error: Error): void => {
      if (this.process === child) this.end(error);
    };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (this.process === child) this.read(text);
    });
    child.stderr.resume();
    child.stdin.on('error', () => undefined); // told by 'close', too
    child.on('error', ended);
    child.on('close', () => ended(new Error(`addr2line ended while reading ${this.object}`)));
    return child;
  }

  private read(text: string): void {
    this.pending += text;
    for (;;) {
      // The end of an answer: the echoed 0x0 and its two lines.
      const end = /^0x0+\n[^\n]*\n[^\n]*\n/m.exec(this.pending);
      const question = this.waiting[0];
      if (!end || !question) break;
      const answer = this.pending.slice(0, end.index);
      this.pending = this.pending.slice(end.index + end[0].length);
      this.waiting.shift();
      question.resolve(parseAnswer(answer));
    }
    clearTimeout(this.idleTimer);
    if (this.waiting.length === 0) this.idleTimer = setTimeout(() => this.end(new Error('Idle')), idleMs).unref();
  }

  private end(error: Error): void {
    clearTimeout(this.idleTimer);
    this.process?.kill();
    this.process = undefined;
    this.pending = '';
    for (const question of this.waiting.splice(0)) question.reject(error);
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
