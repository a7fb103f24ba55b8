/**
 * Lines that are like lines before them: the parser compares with what it has read, so a line must be read among others, in any
 * order, as it is read by itself.
 */

import assert from 'node:assert/strict';
import { parse, type CallRecord } from 'strace-parser';

const names = [
  'open',
  'openat',
  'openat2',
  'rt_sigaction',
  'rt_sigprocmask',
  'rt_sigreturn',
  'rt_',
  'rt_s',
  'x',
  'brk',
  '???',
];
const ends = [
  ') = 0 <0.000012>',
  ') = 412 <0.000012>',
  ')                        = 7 <1.000012>',
  ') = 022 <0.000012>',
  ') = 09 <0.000012>',
  ') = -5 <0.000012>',
  ') = 0x7f3d68c59000 <0.000012>',
  ') = 0x <0.000012>',
  ') = 123456789012345 <0.000012>',
  ') = 1234567890123456789 <0.000012>',
  ') = 18446744073709551615 <0.000012>',
  ') = 0x123456789abcdef1 <0.000012>',
  ') = 0xffffffffffffffff <0.000012>',
  ') = -1 ENOENT (No such file or directory) <0.000012>',
  ') = -1 EDIR (Not the same file or directory) <0.000012>',
  ') = -1 EDIR (ory) <0.000012>',
  ') = -2 ENOENT (No such file or directory) <0.000012>',
  ') = -1 ENOENT (No such file or directory) (INJECTED) <0.000012>',
  ') = -1 EAGAIN (Resource temporarily unavailable) <10.000012>',
  ') = ? ERESTARTSYS (To be restarted if SA_RESTART is set) <0.000012>',
  ') = 3</tmp/a) = 0 <0.000012>',
  ') = 3</tmp/a) = -1 ENOENT (No such file or directory)> <0.000012>',
  ') = 5 (flags O_RDONLY) <0.000012>',
  ') = 5 <0.00001>',
  ') = 5',
  ' = 5 <0.000012>',
  ') <0.000012>',
  ')<0.000012>',
  ', "x) = 0 <0.000012>',
  ' <unfinished ...>',
  '<unfinished ...>',
];

const lines = names.flatMap(name =>
  ends.flatMap(end => [`${name}(${end}`, `${name}(3, "a", O_RDONLY|O_CLOEXEC${end}`]),
);

function facts(call: CallRecord): unknown[] {
  const { name, outcome, returnKind, returnValue, durationNs, errno, injected } = call;
  const args = [0, 1, 2, 3].map(i => [call.argumentNumber(i), call.argumentText(i)]);
  return [
    name,
    outcome,
    returnKind,
    returnValue,
    durationNs,
    errno,
    injected,
    call.returnText(),
    call.resultText(),
    args,
  ];
}

/** Each line is of a thread of its own, so that a call without an end stays with its line. */
const ownLine = (line: string, i: number): string => `${i + 1} 1795228800.000000 ${line}\n`;

describe('lines that are like lines before them', () => {
  const alone = lines.map((line, i) => parse(ownLine(line, i)).calls.map(facts));

  it('are read the same whether their duration has as many digits as most have, or more', () => {
    lines.forEach((line, i) => {
      const longer = parse(ownLine(line.replace('012>', '0120>'), i)).calls.map(facts);
      assert.deepEqual(
        JSON.parse(JSON.stringify(longer).replaceAll('0120>', '012>')),
        JSON.parse(JSON.stringify(alone[i])),
        line,
      );
    });
  });

  for (const [order, step] of [
    ['in order', 1],
    ['mixed', 37],
    ['backwards', lines.length - 1],
  ] as const) {
    it(`are read as they are by themselves, ${order}`, () => {
      const visited = Array.from({ length: lines.length * 2 }, (_, i) => (i * step) % lines.length);
      const log = visited.map((at, i) => ownLine(lines[at] as string, i)).join('');
      const found = visited.map((): unknown[][] => []);
      for (const call of parse(log).calls) found[call.pid - 1]?.push(facts(call));
      visited.forEach((at, i) => assert.deepEqual(found[i], alone[at], lines[at]));
    });
  }
});
