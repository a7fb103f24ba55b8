/**
 * `npm run bench -w strace-parser`: records two traces, measures in one run how fast they are read, prints the tables and
 * writes them into README.md. Nothing is asserted but that every number of workers finds the same calls.
 */

import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundle } from '../scripts/bundle.mjs';
import { recordTraces } from './traces.mjs';

const scalingRounds = 3;
/** The scaling is measured on the trace this many times over: starting workers must not be all there is to see. */
const copies = 16;
const steps = [
  ['scan', 'bare line scan'],
  ['regexp', 'one regular expression a line'],
  ['headers', '**this parser, headers**'],
  ['arguments', '**this parser, all arguments**'],
];

const median = values => [...values].sort((a, b) => a - b)[values.length >> 1];
const row = cells => `| ${cells.join(' | ')} |`;

function measureStep(step, packageFolder, log) {
  const script = path.join(import.meta.dirname, 'step.mjs');
  return median(JSON.parse(execFileSync(process.execPath, [script, step, packageFolder, log], { encoding: 'utf8' })));
}

function speedTable(traces, packageFolder) {
  const shape = ({ name, lines, inParts }) =>
    `${name} (${lines} lines, ${Math.round(inParts * 100)} % unfinished/resumed)`;
  const measured = traces.map(({ log }) => steps.map(([step]) => measureStep(step, packageFolder, log)));
  const cell = (trace, step) => {
    const ratio = measured[trace][1] / measured[trace][step];
    return `${(traces[trace].lines / measured[trace][step] / 1000).toFixed(2)} M lines/s, ${ratio.toFixed(2)} ×`;
  };
  return [
    row(['', ...traces.map(shape)]),
    row(['---', ...traces.map(() => '---')]),
    ...steps.map(([, name], step) => row([name, ...traces.map((_, trace) => cell(trace, step))])),
  ];
}

async function scalingTable(trace, parseFile, folder) {
  const log = path.join(folder, 'large.strace');
  const bytes = readFileSync(trace.log);
  for (let i = 0; i < copies; i++) appendFileSync(log, bytes);
  const threadCounts = [1, 2, 4].filter(threads => threads <= availableParallelism());
  const task = path.join(import.meta.dirname, 'countPart.mjs');
  const found = new Set();
  const measure = async (threads, data) => {
    const begin = performance.now();
    const { results } = await parseFile(log, { task, data, threads });
    const sum = results.reduce((total, { calls, values }) => [total[0] + calls, total[1] + values], [0, 0]);
    found.add(`${data} ${sum}`);
    return performance.now() - begin;
  };
  const lines = [];
  for (const [data, name] of [
    [false, 'headers'],
    [true, 'all arguments'],
  ]) {
    const times = threadCounts.map(() => []);
    for (let round = 0; round < scalingRounds; round++)
      for (const [i, threads] of threadCounts.entries()) times[i].push(await measure(threads, data));
    const cells = times.map(of => `${Math.round(median(of))} ms, ${(median(times[0]) / median(of)).toFixed(2)} ×`);
    lines.push(row([name, ...cells]));
  }
  if (found.size !== 2) throw new Error(`not the same calls on every number of workers: ${[...found].join('; ')}`);
  const megabytes = Math.round(statSync(log).size / 1e6);
  return [
    row([
      `${trace.name}, ${copies} times over (${megabytes} MB)`,
      ...threadCounts.map(n => `${n} worker${n > 1 ? 's' : ''}`),
    ]),
    row(['---', ...threadCounts.map(() => '---')]),
    ...lines,
  ];
}

function writeReadme(lines) {
  const readme = path.join(import.meta.dirname, '../README.md');
  const [begin, end] = ['<!-- bench -->', '<!-- /bench -->'];
  const text = readFileSync(readme, 'utf8');
  const [from, to] = [text.indexOf(begin) + begin.length, text.indexOf(end)];
  if (to < from) throw new Error(`README.md has no ${begin} … ${end}`);
  writeFileSync(readme, `${text.slice(0, from)}\n${lines.join('\n')}\n${text.slice(to)}`);
}

/** Scaling says little when the cores are at other work: how many were, before the run. */
const busyBefore = loadavg()[0].toFixed(1);
const folder = mkdtempSync(path.join(tmpdir(), 'strace-parser-bench-'));
try {
  const packageFolder = path.join(folder, 'package');
  await bundle(packageFolder);
  const { parseFile } = await import(pathToFileURL(path.join(packageFolder, 'node/index.js')).href);
  const traces = recordTraces(folder);
  const strace = execFileSync('strace', ['-V'], { encoding: 'utf8' }).split('\n')[0];
  const lines = [
    ...speedTable(traces, packageFolder),
    '',
    ...(await scalingTable(traces[0], parseFile, folder)),
    '',
    `Medians of one run: ${availableParallelism()} × ${cpus()[0]?.model.trim()}, Node ${process.version}, ${strace}; load average before the run: ${busyBefore}.`,
  ];
  console.log(lines.join('\n'));
  writeReadme(lines);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
