/**
 * The records a parser hands out, one kind for each kind of line that strace prints.
 *
 * What is valid until when: a record belongs to its sink only until the sink's method returns; then the parser refills it and
 * its bytes may be gone. Copy what you keep, or call `keep()`, which returns a copy that owns its bytes and stays valid for
 * ever. Values returned by methods (strings, numbers, `Value` trees, byte strings) are the caller's own at once.
 * Header fields are plain numbers, filled for every line; everything that costs is a method or a getter and is worked out
 * only when asked for. Names and errnos are interned: equal ones are the same string.
 *
 * Byte positions count from the first byte ever pushed. Times are nanoseconds since the parser's origin (see `TimeOrigin`).
 */

import type { LineLayout } from './layout.js';
import type { Value } from './values.js';

/** What every record knows about the line it came from. */
export interface LineHeader {
  /** Thread id as printed (strace's pid namespace); 0 when the log names none. */
  readonly pid: number;
  /** Comm name printed with the pid (`-Y`), else ''. */
  readonly comm: string;
  /** Nanoseconds since the origin; NaN when the log carries no times. */
  readonly timeNs: number;
  /** Number of the line in the input, from 0. */
  readonly line: number;
  /** Byte range of the line, without its line end. */
  readonly byteStart: number;
  readonly byteEnd: number;
  /** How the line was laid out: what a printer needs besides the fields. Costs a regular expression. */
  layout(): LineLayout;
}

/** How far a call has come when a record of it is handed out. */
export const CallOutcome = {
  /** It returned (`= 3`, `= -1 ENOENT (…)`, `= ? ERESTARTSYS (…)`): see `returnKind`. */
  Returned: 0,
  /** Its entry was printed (`<unfinished ...>` or a line that has no end yet); only `enter` records have this. */
  Entered: 1,
  /** It will never return: the thread died, exec'd away or exit was called (`= ?`, or no second part before `+++`). */
  NoReturn: 2,
  /** strace detached while it was in progress (`<detached ...>`). */
  Detached: 3,
  /** The log ended while it was in progress. */
  LogEnded: 4,
} as const;
export type CallOutcome = (typeof CallOutcome)[keyof typeof CallOutcome];

/** How the return value was printed. */
export const ReturnKind = { None: 0, Decimal: 1, Hex: 2, Octal: 3, Unknown: 4 /* `?` */ } as const;
export type ReturnKind = (typeof ReturnKind)[keyof typeof ReturnKind];

/** What stands after a call's closing parenthesis, in its parts. */
export interface CallResult {
  /** Undefined for `?`. */
  value: Value | undefined;
  errno: string;
  /** First parentheses: the errno's message, `Timeout`, `errno 95`, …; undefined when there are none. */
  text: string | undefined;
  /** `? <unavailable>`: the thread died before strace could ask. */
  unavailable: boolean;
  /** `INJECTED`, `INJECTED: args`, `DELAYED`, without parentheses. */
  marks: string[];
  durationNs: number;
  /** Digits of the duration after the point. */
  durationDigits: number;
  /** The end of the line as it is when it has something that is not known; else ''. */
  rest: string;
}

/** A system call, whole: when strace printed it in two parts they are joined. */
export interface CallRecord extends LineHeader {
  readonly type: 'call';
  /** The syscall's name, interned: equal names are the same string. */
  readonly name: string;
  /** Index of `name` in the parser's `names`: dense, from 0, in order of first appearance. */
  readonly nameId: number;
  readonly outcome: CallOutcome;
  /** Entry time. For a call in one line this is its printed time. */
  readonly startNs: number;
  /** Time of return: the resumed line's own time, or entry + `-T`; NaN when the log cannot tell. */
  readonly endNs: number;
  /** `-T` in nanoseconds; NaN when absent. */
  readonly durationNs: number;
  readonly returnKind: ReturnKind;
  /** The return value; NaN when there is none. Beyond 2^53 it is rounded: `returnBigInt()` is exact. */
  readonly returnValue: number;
  returnBigInt(): bigint | undefined;
  /** Symbolic error (`ENOENT`, `ERESTARTSYS`), interned; '' when the call did not fail. */
  readonly errno: string;
  /** Index of `errno` in the parser's `errnos`; 0 is ''. */
  readonly errnoId: number;
  /** `(INJECTED)`: the result was made by strace, not by the kernel. */
  readonly injected: boolean;
  /** `(DELAYED)`: strace held the call up (`-e inject=…:delay_enter=`). */
  readonly delayed: boolean;
  /** Syscall number printed by -n (`[  59]`); NaN when absent. */
  readonly syscallNumber: number;
  /** Instruction pointer printed by -i; undefined when absent or unknown (`[????????????????]`). */
  readonly instructionPointer: bigint | undefined;
  /** True when strace printed it in two parts (it was interrupted by another thread's output, usually because it blocked). */
  readonly resumed: boolean;
  /**
   * Line and byte range of the entry part; equal to the record's own when `resumed` is false. Empty (start equals end) when
   * the log begins after the call did, so that only its second part is there.
   */
  readonly entryLine: number;
  /** Thread id on the entry's line: another one than `pid` for an exec by a thread that then became the leader. */
  readonly entryPid: number;
  readonly entryByteStart: number;
  readonly entryByteEnd: number;
  /** The arguments, parsed now. Strings and lists keep strace's own "..." as `cut`. Never throws: what it can't read is a `raw` value. */
  arguments(): Value[];
  /** Number of top-level arguments, without building them. */
  argumentCount(): number;
  /**
   * Argument `index` as a number: decimal, hex, octal, a descriptor's number, -100 for AT_FDCWD, 0 for NULL; NaN when it is
   * none of these or absent. A printed name (`fd=3`) is stepped over. Cheap.
   */
  argumentNumber(index: number): number;
  /** Argument `index` as strace printed it; '' when absent. Cheap-ish (makes one string). */
  argumentText(index: number): string;
  /** Whether argument `index` begins with a text (of ASCII) as printed. Cheap: makes no string. */
  argumentBegins(index: number, text: string): boolean;
  /** The return value as a typed value, undefined for none and for `?` (a descriptor with its annotation, flags, `[…]` lists after `=`), with comment. */
  returnAsValue(): Value | undefined;
  /** The return value with its annotation, as printed: `3</etc/passwd>`, `-1`, `?`; '' when there is none. Cheap-ish. */
  returnValueText(): string;
  /** What stands right after the number, as printed: its annotation (`</etc/passwd>`) and comment; '' when nothing does. */
  returnAnnotation(): string;
  /** Text in parentheses after the return value: the errno's message, `Timeout`, `flags O_RDONLY|O_NONBLOCK`, … else ''. */
  returnText(): string;
  /** The return value and what strace hung on it. */
  result(): CallResult;
  /** Layout of the entry part's line; `layout()` when `resumed` is false. */
  entryLayout(): LineLayout;
  /** From the return value to the end of the line, as printed: `-1 ENOENT (No such file or directory) <0.000012>`; else ''. */
  resultText(): string;
  /** The line(s) as text, entry part first, joined by a newline; without colours. */
  text(): string;
  keep(): CallRecord;
}

/** `--- SIGCHLD {…} ---` */
export interface SignalRecord extends LineHeader {
  readonly type: 'signal';
  /** `SIGCHLD`, `SIGRT_3`, …; interned. */
  readonly signal: string;
  /** `siginfo()` value (a struct), or undefined. */
  info(): Value | undefined;
  /** What stands between the signal's name and the final dashes, as printed. */
  detail(): string;
  /** A field of the siginfo as a number (`si_pid`, `si_status`, `si_addr`), NaN when absent or not a number. */
  infoNumber(field: string): number;
  /** A field of the siginfo as printed, '' when absent (`si_code` → `CLD_EXITED`). */
  infoText(field: string): string;
  text(): string;
  keep(): SignalRecord;
}

/** `+++ exited with 3 +++`, `+++ killed by SIGSEGV (core dumped) +++` */
export interface ExitRecord extends LineHeader {
  readonly type: 'exit';
  /** Exit code, or -1 when killed. */
  readonly code: number;
  /** Killing signal, or '' */
  readonly signal: string;
  readonly coreDumped: boolean;
  text(): string;
  keep(): ExitRecord;
}

/** `--- stopped by SIGSTOP ---` */
export interface StopRecord extends LineHeader {
  readonly type: 'stop';
  readonly signal: string;
  text(): string;
  keep(): StopRecord;
}

/** Everything else that strace itself says. */
export interface NoteRecord extends LineHeader {
  readonly type: 'note';
  readonly kind:
    | 'superseded' // +++ superseded by execve in pid N +++ : `value` is N
    | 'personality' // [ Process PID=N runs in M mode. ] : `value` is N
    | 'attached' // strace: Process N attached
    | 'detached' // strace: Process N detached
    | 'message' // any other line of strace's own: `strace: exec: …`
    | 'summary' // a line of a -C/-c table
    | 'dump'; // a hex dump line of -e read= / -e write=
  readonly value: number;
  text(): string;
  keep(): NoteRecord;
}

/** A stack frame line of -k: belongs to the completed record before it (or, for exit_group, to the `+++` line before it). */
export interface FrameRecord extends LineHeader {
  readonly type: 'frame';
  /** Path of the object; '' when strace could not tell. */
  readonly object: string;
  /** Function name, '' when unknown. */
  readonly symbol: string;
  /** Offset in the function; NaN when not printed. */
  readonly symbolOffset: number;
  /** The bracketed address: a file offset (libunwind) or a virtual address of the object (libdw); NaN when not printed. */
  readonly address: number;
  /** `file.c:10` under -kk, else ''. */
  readonly source: string;
  text(): string;
  keep(): FrameRecord;
}

/** A line (or part of one) that is not strace's: the program's own output, or something unknown. Kept, never dropped. */
export interface TextRecord extends LineHeader {
  readonly type: 'text';
  text(): string;
  keep(): TextRecord;
}

/** Any record. */
export type LineRecord = CallRecord | SignalRecord | ExitRecord | StopRecord | NoteRecord | FrameRecord | TextRecord;

/** Receives records in the order of the log's lines. Leave out what you don't need. */
export interface RecordSink {
  /** A call that ended (returned, or will never return). */
  call?(record: CallRecord): void;
  /** A call's entry was printed but not its end; `call` follows with both parts. */
  enter?(record: CallRecord): void;
  signal?(record: SignalRecord): void;
  exit?(record: ExitRecord): void;
  stop?(record: StopRecord): void;
  note?(record: NoteRecord): void;
  frame?(record: FrameRecord): void;
  text?(record: TextRecord): void;
}

/** What the times of a log count from. */
export interface TimeOrigin {
  /** `epoch`: -ttt. `day`: -t/-tt (midnight wraps are unrolled). `relative`: -r. `none`: no times. `unknown`: no line seen yet. */
  readonly kind: 'epoch' | 'day' | 'relative' | 'none' | 'unknown';
  /** The first time in the log: nanoseconds since 1970 or since midnight; 0n for `relative` and `none`. */
  readonly ns: bigint;
}
