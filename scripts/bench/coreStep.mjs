/**
 * One measurement in a process of its own, so that none warms up or fills the memory of another:
 *
 *     node coreStep.mjs STEP core.cjs LOG     STEP: lines, parse, ingest (ingest also measures memory and window queries)
 *
 * Prints one JSON object.
 */

import { createRequire } from 'node:module';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { median, p95 } from './statistics.mjs';

const [step, corePath, logPath] = process.argv.slice(2);
const core = createRequire(import.meta.url)(corePath);

const CHUNK_BYTES = 1 << 20;
const LANES = 64;
const WIDTH_PX = 1280;
const PLACES_A_ZOOM = 12;

/** What a simple reader does: cuts the file into lines and runs one regular expression on each. */
function readLines() {
  const line = /^(\d+)\s+(\d+\.\d+) (?:<\.\.\. )?(\w+)(?:\(| resumed>).*?(?:= (\S+).*?)?(?:<([\d.]+)>)?$/;
  const fd = openSync(logPath, 'r');
  const room = Buffer.alloc(CHUNK_BYTES);
  const size = fstatSync(fd).size;
  let lines = 0;
  let understood = 0;
  let rest = '';
  for (let at = 0; at < size;) {
    const length = readSync(fd, room, 0, CHUNK_BYTES, at);
    at += length;
    const cut = (rest + room.toString('latin1', 0, length)).split('\n');
    rest = cut.pop();
    for (const text of cut) {
      lines++;
      if (line.test(text)) understood++;
    }
  }
  closeSync(fd);
  if (understood === 0) throw new Error('the simple reader understands nothing: the comparison is void');
  return lines;
}

/** Feeds the log, chunk by chunk. */
function feed(take) {
  const log = core.LogFile.open(logPath);
  const room = new Uint8Array(CHUNK_BYTES);
  for (let chunk = log.next(room); chunk.length > 0; chunk = log.next(room)) take(chunk);
  return log;
}

function parse() {
  let calls = 0;
  const parser = new core.StraceParser({ call: () => calls++ });
  feed(chunk => parser.push(chunk)).close();
  parser.end();
  return parser.lines;
}

function ingest() {
  const log = core.LogFile.open(logPath);
  const trace = new core.Trace({ log });
  const begin = performance.now();
  feed(chunk => trace.ingest(chunk)).close();
  trace.end();
  const ms = performance.now() - begin;
  // Arrays that the first collection finds are given back by the second.
  for (let i = 0; i < 2; i++) globalThis.gc?.();
  const { lines, endNs, rows } = trace.summary();
  const memory = process.memoryUsage();
  return {
    lines,
    rows,
    ms,
    rssBytes: memory.rss,
    heapBytes: memory.heapUsed,
    columnBytes: memory.arrayBuffers,
    storeBytes: trace.recorder.store.byteLength,
    ...windows(trace, endNs),
  };
}

/** Windows at every zoom from the whole trace down to a microsecond, at evenly spread places. */
function windows(trace, endNs) {
  const lanes = trace.lanes({ offset: 0, limit: LANES, folded: [], root: null }).lanes.map(lane => lane.thread);
  const all = [];
  let worstMs = 0;
  for (let round = 0; round < 2; round++) {
    for (let spanNs = endNs; spanNs >= 1000; spanNs /= 2) {
      const times = [];
      for (let place = 0; place < PLACES_A_ZOOM; place++) {
        const startNs = Math.floor(((endNs - spanNs) * (place + 0.5)) / PLACES_A_ZOOM);
        const begin = performance.now();
        trace.window({ startNs, endNs: startNs + spanNs, widthPx: WIDTH_PX, lanes, filter: null });
        times.push(performance.now() - begin);
      }
      // The first round compiles; a view asks thousands of times.
      if (round === 0) continue;
      all.push(...times);
      worstMs = Math.max(worstMs, median(times));
    }
  }
  return { windowMedianMs: median(all), windowP95Ms: p95(all), windowWorstZoomMs: worstMs, lanes: lanes.length };
}

const simple = { lines: readLines, parse }[step];
if (simple !== undefined) {
  const begin = performance.now();
  const lines = simple();
  console.log(JSON.stringify({ lines, ms: performance.now() - begin }));
} else if (step === 'ingest') {
  console.log(JSON.stringify(ingest()));
} else {
  throw new Error(`no such step: ${step}`);
}
