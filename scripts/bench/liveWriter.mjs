/**
 * Appends lines to a log at a steady rate and says when each millisecond's lines were written, one JSON array [lines, epochMs] a line:
 *
 *     node liveWriter.mjs LOG LINES_A_SECOND SECONDS
 */

import { closeSync, openSync, writeSync } from 'node:fs';
import { syntheticLog } from './syntheticLog.mjs';

const [path, rate, seconds] = process.argv.slice(2);
const total = Number(rate) * Number(seconds);
const text = [...syntheticLog({ events: total, threads: 8, interrupted: 0, startUs: Date.now() * 1000 })]
  .join('')
  .split('\n');
const fd = openSync(path, 'a');
const begin = performance.now();
const written = [];
let lines = 0;
const timer = setInterval(() => {
  const due = Math.min(text.length - 1, Math.floor(((performance.now() - begin) / 1000) * Number(rate)));
  if (due > lines) {
    writeSync(fd, text.slice(lines, due).join('\n') + '\n');
    lines = due;
    written.push([lines, performance.timeOrigin + performance.now()]);
  }
  if (lines < text.length - 1) return;
  clearInterval(timer);
  closeSync(fd);
  for (const entry of written) console.log(JSON.stringify(entry));
}, 1);
