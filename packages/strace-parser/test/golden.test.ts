/**
 * Golden traces: real output of strace 4.26 to 7.2, and of 6.1 under many options. Each must parse to its dump, however it is cut.
 * `UPDATE_GOLDEN=1` rewrites the dumps; a missing one fails.
 */

import assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mergeSet, parse, pidOfSetFile, printLog, printRecord } from 'strace-parser';
import { dumpLog, dumpRecord } from './support/dump.js';
import { assertNothingLost, everything, oneByteCuts, parseBatches, parseChunks, randomCuts } from './support/ways.js';

const golden = join(import.meta.dirname, 'golden');
/** What the traced program of golden/options wrote to the terminal on a line of its own. */
const programsOwn = ['next line'];

interface Trace {
  name: string;
  bytes: Uint8Array;
  dumpFile: string;
}

function traces(folder: string): Trace[] {
  return readdirSync(join(golden, folder))
    .filter(file => file.endsWith('.strace'))
    .map(file => ({
      name: `${folder}/${file.replace('.strace', '')}`,
      bytes: readFileSync(join(golden, folder, file)),
      dumpFile: join(golden, folder, file.replace('.strace', '.dump')),
    }));
}

function set(): Trace {
  const folder = join(golden, 'options', 'set-ff');
  const files = readdirSync(folder).map(name => ({
    pid: pidOfSetFile(name) ?? 0,
    bytes: readFileSync(join(folder, name)),
  }));
  return { name: 'options/set-ff', bytes: mergeSet(files), dumpFile: join(golden, 'options', 'set-ff.dump') };
}

function checkDump(trace: Trace): void {
  const dump = dumpLog(parse(trace.bytes));
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(trace.dumpFile, dump);
  assert.equal(dump, readFileSync(trace.dumpFile, 'utf8'));
}

const all = [...traces('versions'), ...traces('options'), set()];

describe('golden traces', () => {
  it('are all there', () => {
    assert.equal(traces('versions').length, 24);
    assert.ok(traces('options').length >= 34);
  });

  for (const trace of all) {
    describe(trace.name, () => {
      it('parses to its dump', () => checkDump(trace));

      it('is understood to the last line, but for what the program wrote', () => {
        const texts = parse(trace.bytes).records.filter(record => record.type === 'text');
        assert.deepEqual(
          texts.map(record => record.text()).filter(text => !programsOwn.includes(text)),
          [],
        );
      });

      it('has no raw value but an old name for an address and what the program wrote', () => {
        const glued = /^\d+(?:half a line| and its end)$/;
        assert.deepEqual(
          dumpRaw(trace.bytes).filter(text => text !== '&sin6_addr' && !glued.test(text)),
          [],
        );
      });

      it('loses no byte', () => {
        assertNothingLost(trace.bytes, parse(trace.bytes).records);
      });

      it('is the same in chunks of one byte', () => {
        assert.equal(dumpLog(parseChunks(trace.bytes, oneByteCuts(trace.bytes))), dumpLog(parse(trace.bytes)));
      });

      it('is the same cut at random', () => {
        const seed = Number(process.env.SEED ?? 1);
        const whole = dumpLog(parse(trace.bytes));
        for (const mean of [7, 80, 4096]) {
          assert.equal(
            dumpLog(parseChunks(trace.bytes, randomCuts(trace.bytes, seed, mean))),
            whole,
            `seed ${seed}, mean ${mean}`,
          );
        }
      });

      it('is the same from batches', () => {
        const seed = Math.floor(Math.random() * 2 ** 31);
        const whole = everything(parseChunks(trace.bytes, []));
        for (const cuts of [[], randomCuts(trace.bytes, seed, 80), randomCuts(trace.bytes, seed, 4096)])
          assert.deepEqual(everything(parseBatches(trace.bytes, cuts)), whole, `seed ${seed}`);
      });

      it('prints to a text that parses to the same records', () => {
        const log = parse(trace.bytes);
        assert.equal(dumpLog(parse(printLog(log))), dumpLog(log));
      });

      it('prints each uninterrupted line as it was', () => {
        const log = parse(trace.bytes);
        for (const record of log.records) {
          const uninterrupted = record.type !== 'call' || (!record.resumed && record.returnKind !== 0);
          if (uninterrupted && !/<unfinished \.\.\.>\)/.test(record.text())) {
            assert.equal(printRecord(record, log.origin), record.text());
          }
        }
      });
    });
  }

  it('can end after a line: nothing is lost, and the complete lines before say what they said', () => {
    for (const trace of all.filter(({ name }) => /z2\.6\.1|z2k\.7\.2|terminal-times|options\/table$/.test(name))) {
      const whole = new Map(parse(trace.bytes).records.map(record => [record.byteStart, dumpRecord(record)]));
      // Each cut is read from the beginning: of long logs every fifth line will do.
      const stride = trace.bytes.length > 30_000 ? 5 : 1;
      for (let lf = trace.bytes.indexOf(10), line = 0; lf >= 0; lf = trace.bytes.indexOf(10, lf + 1), line++) {
        if (line % stride !== 0) continue;
        const cut = trace.bytes.subarray(0, lf + 1);
        const { records } = parse(cut);
        assertNothingLost(cut, records);
        for (const record of records) {
          if (record.type === 'call' && record.returnKind === 0) continue;
          assert.equal(dumpRecord(record), whole.get(record.byteStart));
        }
      }
    }
  });
});

function dumpRaw(bytes: Uint8Array): string[] {
  const raw: string[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if ('kind' in node && node.kind === 'raw' && 'text' in node) raw.push(String(node.text));
    Object.values(node).forEach(visit);
  };
  for (const record of parse(bytes).records) {
    if (record.type === 'call') visit([record.arguments(), record.returnAsValue()]);
    if (record.type === 'signal') visit(record.info());
  }
  return raw;
}
