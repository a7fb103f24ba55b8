/**
 * Every folder of test/golden: a recorded trace, what its processes did (processes.txt) and, in folders `model-…`, what the models
 * say of the kernel's objects (models.txt). UPDATE_GOLDEN=1 writes those again.
 */

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BatchWriter, newBatch } from 'strace-parser/batch';
import type { ProcessInfo } from '../../src/trace/api.js';
import { MemoryLog } from '../../src/trace/store/logReader.js';
import { Trace } from '../../src/trace/trace.js';
import { allProcesses } from '../../src/cli/allProcesses.js';
import { readTrace } from '../../src/cli/readTrace.js';
import { dumpModels } from './support/dumpModels.js';
import { dumpProcesses } from './support/dumpProcesses.js';
import { randomFrom } from './support/seededRandom.js';

const root = fileURLToPath(new URL('../golden', import.meta.url));
const update = process.env['UPDATE_GOLDEN'] === '1';
/** The same cuts in every run; SEED=7 makes others, EVERY_CUT=1 all. */
const seed = Number(process.env['SEED'] ?? 1);
const everyCut = process.env['EVERY_CUT'] === '1';
/** Each cut is read from the beginning. */
const cutsOfALog = 14;

// Those of findings are each rule's: test/unit/findings/goldens.test.ts.
const names = readdirSync(root).filter(name => name !== 'findings' && statSync(join(root, name)).isDirectory());

describe(`golden traces (SEED=${seed})`, () => {
  it('are there', () => assert.ok(names.length > 20));

  for (const name of names) {
    const file = join(root, name, 'trace.strace');
    const folder = join(root, name, 'trace');
    describe(name, () => {
      if (existsSync(folder)) {
        it('says what its processes did', () => compare(name, 'processes.txt', readTrace(folder, dumpProcesses)));
        return;
      }
      const bytes = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
      let read: Told | undefined;
      /** In one piece. */
      const whole = (): Told => (read ??= toldBy([bytes]));

      it('says what its processes did', () => {
        assert.ok(bytes.length > 0, `${file} is missing: record it with test/golden/record.sh ${name}`);
        compare(name, 'processes.txt', whole().processes);
      });
      if (name.startsWith('model-'))
        it('says what became of the kernel objects', () => compare(name, 'models.txt', whole().models));
      it('says the same when it comes byte by byte (a long log by a few at a time)', () => {
        assert.deepEqual(toldBy(inPieces(bytes, () => (isLong(bytes) ? 7 : 1))), whole());
      });
      it('says the same wherever it is cut', () => {
        const random = randomFrom(seed);
        assert.deepEqual(toldBy(inPieces(bytes, () => 1 + Math.floor(random() * 400))), whole());
      });
      it('says the same when it is parsed elsewhere', () => {
        const random = randomFrom(seed);
        assert.deepEqual(told(parsedElsewhere(inPieces(bytes, () => 1 + Math.floor(random() * 8000)))), whole());
      });
      it('makes sense after any line while it runs', () => {
        const log = new MemoryLog();
        const trace = new Trace({ log });
        for (let start = 0, end = 0; (end = bytes.indexOf(10, start) + 1) > 0; start = end) {
          log.append(bytes.subarray(start, end));
          trace.ingest(bytes.subarray(start, end));
          checkSense(trace, `${name}, as far as byte ${end}`);
        }
      });
      it('makes sense when it ends after a line', () => {
        for (const end of someCuts(bytes)) {
          const trace = traceOf([bytes.subarray(0, end)]);
          checkSense(trace, `${name}, cut after byte ${end}`);
          if (isShort(bytes)) dumpModels(trace);
        }
      });
      it('makes sense when it begins at a line, as after an attach', () => {
        for (const start of someCuts(bytes)) {
          const trace = traceOf([bytes.subarray(start)]);
          checkSense(trace, `${name}, from byte ${start}`, { attached: true });
          if (isShort(bytes)) dumpModels(trace);
        }
      });
    });
  }
});

function traceOf(chunks: readonly Uint8Array[]): Trace {
  const log = new MemoryLog();
  const trace = new Trace({ log });
  for (const chunk of chunks) {
    log.append(chunk);
    trace.ingest(chunk);
  }
  trace.end();
  return trace;
}

/** As another thread would: every batch's memory is used again for the next. */
function parsedElsewhere(pieces: readonly Uint8Array[]): Trace {
  const log = new MemoryLog();
  const trace = new Trace({ log });
  const writer = new BatchWriter();
  const batch = newBatch(8000);
  for (const [i, piece] of pieces.entries()) {
    log.append(piece);
    batch.bytes.set(piece);
    writer.write(batch, piece.length, i === pieces.length - 1);
    trace.ingestParsed(batch);
  }
  trace.end();
  return trace;
}

interface Told {
  processes: string;
  models: string;
}

const toldBy = (chunks: readonly Uint8Array[]): Told => told(traceOf(chunks));

function told(trace: Trace): Told {
  return { processes: dumpProcesses(trace), models: dumpModels(trace) };
}

function inPieces(bytes: Uint8Array, length: () => number): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let at = 0, end = 0; at < bytes.length; at = end) {
    end = at + length();
    pieces.push(bytes.subarray(at, end));
  }
  return pieces;
}

/** Where lines end: all of a short log, of a longer one as many, spread evenly from a place that the seed says. */
function someCuts(bytes: Uint8Array): number[] {
  const ends: number[] = [];
  for (let end = bytes.indexOf(10) + 1; end > 0; end = bytes.indexOf(10, end) + 1) ends.push(end);
  const stride = everyCut ? 1 : Math.ceil(ends.length / cutsOfALog);
  const first = Math.floor(randomFrom(seed)() * stride);
  return ends.filter((_, line) => line % stride === first);
}

/** Every model is asked about every row: worth it for a short log only. */
function isShort(bytes: Uint8Array): boolean {
  return bytes.length < 12_000;
}

function isLong(bytes: Uint8Array): boolean {
  return bytes.length > 30_000;
}

function compare(name: string, file: string, actual: string): void {
  const path = join(root, name, file);
  if (update) writeFileSync(path, actual);
  assert.ok(existsSync(path), `${path} is missing: write it with UPDATE_GOLDEN=1 and read it`);
  assert.equal(actual, readFileSync(path, 'utf8'));
}

/** After an attach a child may be seen before its parent is. */
function checkSense(trace: Trace, where: string, { attached = false } = {}): void {
  const seen = new Map<number, ProcessInfo>();
  const { endNs, processes, threads } = trace.summary();
  const all = allProcesses(trace);
  assert.equal(all.length, processes, `${where}: every process is in the tree once`);
  for (const { process } of all) {
    const who = `${where}: process ${process.pid}`;
    if (process.parent !== null && !attached) assert.ok(seen.has(process.parent), `${who} comes after its parent`);
    assert.ok(!seen.has(process.id), `${who} is listed once`);
    seen.set(process.id, process);
    assert.ok(process.threads.length > 0, `${who} has a leader`);
    assert.ok(process.startNs >= 0 && process.startNs <= endNs, `${who} begins in the trace`);
    if (process.endNs !== null) assert.ok(process.endNs >= process.startNs, `${who} ends after it begins`);
    assert.ok(process.zombieNs >= 0 && process.zombieNs <= endNs, `${who} is a zombie for ${process.zombieNs}`);
    if (process.reapedBy) assert.ok(process.reapedBy.atNs >= (process.endNs ?? 0), `${who} is reaped after its end`);
    for (const part of Object.values(process.time)) assert.ok(part >= 0, `${who} spends no negative time`);
  }
  for (const { process } of all) if (process.parent !== null) assert.ok(seen.has(process.parent), where);
  const lanes = trace.lanes({ offset: 0, limit: 1e6, folded: [], root: null });
  assert.equal(lanes.total, threads, `${where}: every thread has a lane`);
  lanes.lanes.forEach((lane, index) => {
    assert.equal(trace.laneIndex(lane.thread, { folded: [], root: null }), index, where);
  });
}
