/** The report for people: the process tree in words, then the system calls as `strace -c` would count them. */

import type { SummaryRow, ThreadInfo } from '../trace/api.js';
import type { Trace } from '../trace/trace.js';
import { plainTranslate as t } from '../words/translate.js';
import { processName, processWords, stateWords } from '../words/processWords.js';
import { countText, durationText } from '../words/quantities.js';
import { processTree, type ListedProcess } from './allProcesses.js';
import { printable } from './printable.js';

export function textReport(file: string, trace: Trace): string {
  const summary = trace.summary();
  const counts = [
    plural(summary.events, 'call', 'calls'),
    ...(summary.failedEvents > 0 ? [`${countText(summary.failedEvents)} failed`] : []),
    plural(summary.processes, 'process', 'processes'),
    ...(summary.threads > summary.processes ? [`${countText(summary.threads)} threads`] : []),
    durationText(summary.endNs),
  ];
  const notStrace = summary.textLines > 0 ? [`${plural(summary.textLines, 'line is', 'lines are')} not strace's`] : [];
  const head = `${printable(file)}: ${[...counts, ...notStrace].join(', ')}`;
  if (summary.events === 0 && summary.processes === 0) return `${head}\n`;
  const rows = trace.summarize({ startNs: 0, endNs: summary.endNs, lanes: null, filter: null });
  return `${[head, '', ...treeLines(trace, summary.endNs), '', ...callTable(rows)].join('\n')}\n`;
}

function plural(count: number, one: string, many: string): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}

function treeLines(trace: Trace, endNs: number): string[] {
  const listed = processTree(trace);
  const rows = listed.map((item, index) => ({ item, prefix: '', last: isLast(listed, index) }));
  // Which ancestors still have siblings to come decides where lines run on.
  const open: boolean[] = [];
  for (const row of rows) {
    const { depth } = row.item;
    row.prefix =
      depth === 0
        ? ''
        : open
            .slice(1, depth)
            .map(more => (more ? '│  ' : '   '))
            .join('') + (row.last ? '└─ ' : '├─ ');
    open[depth] = !row.last;
    open.length = depth + 1;
  }
  const pidOf = (id: number): number | undefined => trace.process(id)?.pid;
  return rows.flatMap(({ item, prefix, last }) => [
    `${prefix}${processLine(item, endNs, pidOf)}`,
    ...item.threads.map(thread => `${threadPrefix(item, prefix, last)}${threadLine(thread, endNs)}`),
  ]);
}

/** No later row is its sibling: the next row that is not deeper is shallower, or there is none. */
function isLast(listed: readonly ListedProcess[], index: number): boolean {
  const depth = listed[index]?.depth ?? 0;
  for (let next = index + 1; next < listed.length; next++) {
    const other = listed[next]?.depth ?? 0;
    if (other <= depth) return other < depth;
  }
  return true;
}

function processLine({ process }: ListedProcess, endNs: number, pidOf: (id: number) => number | undefined): string {
  const args = process.argv.slice(1).map(printable).join(' ');
  const command = `${printable(processName(process, t))}${args === '' ? '' : ` ${args}`}`;
  return `${process.pid} ${shortened(command)}: ${processWords(process, endNs, t, pidOf)}`;
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

function threadPrefix(item: ListedProcess, prefix: string, last: boolean): string {
  const under = item.depth === 0 ? '' : `${prefix.slice(0, -3)}${last ? '   ' : '│  '}`;
  return `${under}${item.process.children.length > 0 ? '│' : ' '} thread `;
}

function threadLine(thread: ThreadInfo, endNs: number): string {
  const name = thread.name === '' ? '' : ` ${printable(thread.name)}`;
  return `${thread.tid}${name}: ${stateWords(thread, endNs, t)}`;
}

function callTable(rows: readonly SummaryRow[]): string[] {
  const sorted = [...rows].sort((a, b) => b.totalNs - a.totalNs || b.calls - a.calls || (a.name < b.name ? -1 : 1));
  const cells = sorted.map(row => [
    durationText(row.totalNs),
    row.blockedNs > 0 ? durationText(row.blockedNs) : '',
    countText(row.calls),
    row.errors > 0 ? countText(row.errors) : '',
    durationText(row.maxNs),
    row.name,
  ]);
  const table = [['time', 'waiting', 'calls', 'errors', 'longest', 'call'], ...cells];
  const widths = [0, 1, 2, 3, 4].map(column => Math.max(...table.map(row => row[column]?.length ?? 0)));
  return table.map(row =>
    row.map((cell, column) => (column < 5 ? cell.padStart(widths[column] ?? 0) : cell)).join('  '),
  );
}
