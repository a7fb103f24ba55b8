/** What only shows with the worker: opening a saved trace, and following a live one. */

import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { median, p95 } from './statistics.mjs';

const run = promisify(execFile);
const RATE = 40_000;
const SECONDS = 4;

/** Milliseconds from nothing to the first answered window that shows events, and to the whole trace; the trace's lines. */
export async function openSaved(core, worker, logPath) {
  const begin = performance.now();
  const client = new core.TraceClient(worker, { path: logPath, live: false });
  let firstWindowMs;
  try {
    while (firstWindowMs === undefined) {
      const { lanes } = await client.lanes({ offset: 0, limit: 64, folded: [], root: null });
      if (lanes.length === 0) continue;
      const threads = lanes.map(lane => lane.thread);
      const window = await client.window({
        startNs: 0,
        endNs: client.latest.endNs,
        widthPx: 1280,
        lanes: threads,
        filter: null,
      });
      if (window.sliceRow.length > 0) firstWindowMs = performance.now() - begin;
    }
    const { lines } = await client.finish();
    return { firstWindowMs, completeMs: performance.now() - begin, lines };
  } finally {
    await client.dispose();
  }
}

/** Milliseconds from a line in the log to a window with it in the client's hands. */
export async function liveLatency(core, worker, folder) {
  const logPath = path.join(folder, 'live.strace');
  writeFileSync(logPath, '');
  const client = new core.TraceClient(worker, { path: logPath, live: true });
  const seen = [];
  let asking = false;
  client.onChange(({ lines, endNs }) => {
    if (asking) return;
    asking = true;
    client
      .window({
        startNs: Math.max(0, endNs - 1e9),
        endNs,
        widthPx: 1280,
        lanes: [0, 1, 2, 3, 4, 5, 6, 7],
        filter: null,
      })
      .then(() => seen.push([lines, performance.timeOrigin + performance.now()]))
      .catch(() => {}) // the client was disposed of at the end
      .finally(() => (asking = false));
  });
  try {
    const { stdout } = await run(process.execPath, [
      path.join(import.meta.dirname, 'liveWriter.mjs'),
      logPath,
      String(RATE),
      String(SECONDS),
    ]);
    const { lines } = await client.finish();
    const written = stdout
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
    if (written.at(-1)?.[0] !== lines) throw new Error(`the worker read ${lines} lines of ${written.at(-1)?.[0]}`);
    const latencies = [];
    let next = 0;
    for (const [count, writtenMs] of written) {
      while (next < seen.length && seen[next][0] < count) next++;
      if (next < seen.length) latencies.push(seen[next][1] - writtenMs);
    }
    return { medianMs: median(latencies), p95Ms: p95(latencies), rate: RATE };
  } finally {
    await client.dispose();
  }
}
