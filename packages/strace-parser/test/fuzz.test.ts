/**
 * Fuzzing: logs made by strace's grammar, then cut and damaged at random. `STRACE_PARSER_FUZZ_RUNS` makes it longer (npm run fuzz);
 * a failure prints the seed and the smallest input.
 */

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parse, parseLine, printLog, printValues, type LineRecord } from 'strace-parser';
import { dumpLog, dumpRecord } from './support/dump.js';
import { argumentsText, log } from './support/generate.js';
import { assertNothingLost, parseChunks } from './support/ways.js';

const runs = Number(process.env.STRACE_PARSER_FUZZ_RUNS ?? 300);
const options: fc.Parameters<unknown> = { numRuns: runs };

/** Asks a record everything. */
function useUp(record: LineRecord): void {
  dumpRecord(record);
  record.text();
  record.keep();
  record.layout();
  if (record.type !== 'call') return;
  record.entryLayout();
  record.result();
  record.returnBigInt();
  for (let i = 0; i <= record.argumentCount(); i++) [record.argumentNumber(i), record.argumentText(i)].at(0);
}

const damage = fc.array(fc.tuple(fc.nat(), fc.constantFrom('flip', 'delete', 'double', 'insert'), fc.nat(255)), {
  maxLength: 8,
});
type Damage = [position: number, how: string, byte: number][];

function damaged(text: string, injuries: Damage): Uint8Array {
  const bytes = [...Buffer.from(text)];
  for (const [position, how, byte] of injuries) {
    const at = bytes.length === 0 ? 0 : position % bytes.length;
    if (how === 'flip' && bytes.length > 0) bytes[at] = (bytes[at] as number) ^ (1 << (byte % 8));
    else if (how === 'delete') bytes.splice(at, 1 + (byte % 20));
    else if (how === 'double') bytes.splice(at, 0, ...bytes.slice(at, at + (byte % 40)));
    else bytes.splice(at, 0, byte);
  }
  return Uint8Array.from(bytes);
}

function cutsOf(bytes: Uint8Array, positions: number[]): number[] {
  return positions.map(position => position % (bytes.length + 1)).sort((a, b) => a - b);
}

describe('fuzzing', function () {
  this.timeout(Math.max(20_000, runs * 100));

  it('damaged logs never throw, lose no byte, and are the same however they are cut', () => {
    fc.assert(
      fc.property(log, damage, fc.array(fc.nat(), { maxLength: 10 }), ({ text }, injuries, positions) => {
        const bytes = damaged(text, injuries);
        const whole = parseChunks(bytes, []);
        assertNothingLost(bytes, whole.records);
        [...whole.records, ...whole.entered].forEach(useUp);
        assert.equal(dumpLog(parseChunks(bytes, cutsOf(bytes, positions))), dumpLog(whole));
      }),
      options,
    );
  });

  it('bytes of any kind never throw and are not lost', () => {
    const pieces = fc.constantFrom(
      '1 f(',
      ') = ',
      '"',
      '\n',
      '<',
      '>',
      ' ',
      '+++ ',
      '--- ',
      '0x',
      '1795228800.',
      '[pid ',
      '\x1b[1m',
      '\0',
      ', ',
      '\\',
      'é',
      '...',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), fc.array(fc.nat(), { maxLength: 5 }), (parts, positions) => {
        const bytes = Buffer.from(parts.join(''));
        const whole = parseChunks(bytes, []);
        assertNothingLost(bytes, whole.records);
        whole.records.forEach(useUp);
        assert.equal(dumpLog(parseChunks(bytes, cutsOf(bytes, positions))), dumpLog(whole));
      }),
      options,
    );
  });

  it('logs print to a text that parses to the same records', () => {
    fc.assert(
      fc.property(log, ({ text }) => {
        const first = parse(text);
        const printed = printLog(first);
        assert.equal(dumpLog(parse(printed)).replace(/^.*\n/, ''), dumpLog(first).replace(/^.*\n/, ''), printed);
      }),
      options,
    );
  });

  it('arguments are told apart and print as they were', () => {
    fc.assert(
      fc.property(argumentsText, args => {
        const record = parseLine(`1 read(${args.join(', ')}) = 0`);
        assert.ok(record?.type === 'call');
        assert.equal(record.argumentCount(), args.length);
        assert.deepEqual(
          args.map((_, i) => record.argumentText(i)),
          args,
        );
        assert.equal(record.arguments().length, args.length);
        assert.equal(printValues(record.arguments()), args.join(', '));
      }),
      options,
    );
  });
});
