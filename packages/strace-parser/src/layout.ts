/**
 * How a line was laid out, beyond what its fields say: what a printer needs to write the same line again.
 */

import { decode } from './utf8.js';

export interface LineLayout {
  /** `1234 ` (padded by strace to five digits), `[pid  1234] `, or no pid. */
  pid: 'none' | 'plain' | 'bracketed';
  /** Spaces before the number in `[pid  1234]`. */
  pidIndent: number;
  /** Spaces after a plain pid. */
  pidGap: number;
  time: 'none' | 'epoch' | 'day' | 'relative';
  /** Digits after the decimal point: 0, 3, 6 or 9. */
  timeDigits: number;
  /** Spaces before the time of -r. */
  timeIndent: number;
  /** -r: time since the line before, as printed (`0.000938`), with its padding when it stands in `(+ …)`; '' without -r. */
  sinceLast: string;
  /** -n: `[  59]` without brackets; '' when absent. */
  syscallNumber: string;
  /** -i: `00007f3d68c59ad7` or question marks; '' when absent. */
  instructionPointer: string;
  /** Column of the `=` when strace moved it right (-a); 0 when one space stands before it. */
  returnColumn: number;
  /** What the line ends with when the call does not end on it: `<unfinished ...>`, `<detached ...>`, …; '' for none. */
  marker: string;
  /** The line begins with `<... NAME resumed>`, or goes on with a call that something else on the terminal has cut. */
  part: 'whole' | 'resumed' | 'cutEnd';
  /** `#3` of `<unfinished #3 ...>` and `resumed #3>`; '' when absent. */
  pair: string;
}

const comm = String.raw`(?:<(?:\\.|[^\\>])*>)?`;
const prefixForm = new RegExp(
  String.raw`^(?:\[pid( +)\d+${comm}\] |\d{1,7}${comm}( +)(?=\S))?` +
    String.raw`(?:( *)(\d\d:\d\d:\d\d|\d+)(?:\.(\d+))? )?(?:\(\+( *[\d.]+)\) )?` +
    String.raw`(?:\[( *\d{1,7})\] )?(?:\[([0-9a-f]{8,}|\?{8,})\] )?`,
);
const markerForm = / (<(?:unfinished|detached|pid changed to \d+)(?: #\d+)? \.\.\.>)$/;

/**
 * @param equals position of the `=` of the return value in bytes, or -1
 */
export function readLayout(bytes: Uint8Array, from: number, to: number, equals: number): LineLayout {
  const head = decode(bytes, from, Math.min(to, from + 256));
  const match = prefixForm.exec(head);
  const [prefix = '', bracketGap, plainGap, timeIndent = '', clock, fraction = '', since, number = '', ip = ''] =
    match ?? [];
  const body = head.slice(prefix.length);
  const relative = clock !== undefined && !clock.includes(':') && clock.length < 8;
  const marker = markerForm.exec(decode(bytes, Math.max(from, to - 64), to))?.[1] ?? '';
  let gap = 0;
  if (equals > from) while (bytes[equals - 1 - gap] === 0x20) gap++;
  return {
    pid: bracketGap !== undefined ? 'bracketed' : plainGap !== undefined ? 'plain' : 'none',
    pidIndent: bracketGap === undefined ? 0 : bracketGap.length - 1,
    pidGap: plainGap?.length ?? 0,
    time: clock === undefined ? 'none' : clock.includes(':') ? 'day' : relative ? 'relative' : 'epoch',
    timeDigits: fraction.length,
    timeIndent: timeIndent.length,
    sinceLast: since ?? (relative ? clock + (fraction && '.' + fraction) : ''),
    syscallNumber: number,
    instructionPointer: ip,
    returnColumn: gap > 1 ? equals - from : 0,
    marker,
    part: body.startsWith('<... ') ? 'resumed' : /^[\w?]+\(/.test(body) ? 'whole' : 'cutEnd',
    pair: /#\d+/.exec(marker)?.[0] ?? /^<\.\.\. \S+ resumed (#\d+)>/.exec(body)?.[1] ?? '',
  };
}
