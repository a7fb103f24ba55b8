/** Traces in the formats of other tools: read back by what those formats say, and compared with the trace. */

import assert from 'node:assert/strict';
import { exportTrace, type ExportFormat, type ExportPiece } from '../../../src/trace/export/exportTrace.js';
import type { Trace } from '../../../src/trace/trace.js';
import { at, everything, traceOf } from './traceFixture.js';

const log = `
100 ${at(0)} execve("./a", ["./a", "x,\\"y\\""], 0x7ffd /* 9 vars */) = 0 <0.000300>
100 ${at(1000)} clone(child_stack=NULL, flags=CLONE_CHILD_SETTID|SIGCHLD, child_tidptr=0x7f) = 101 <0.000080>
101 ${at(1100)} openat(AT_FDCWD, "no, none", O_RDONLY) = -1 ENOENT (No such file or directory) <0.000010>
101 ${at(1200)} exit_group(3) = ?
101 ${at(1300)} +++ exited with 3 +++
100 ${at(1400)} --- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=101, si_uid=0, si_status=3} ---
=1+2, a line of the program's
100 ${at(2000)} wait4(-1,  <unfinished ...>
100 ${at(2500)} <... wait4 resumed>[{WIFEXITED(s) && WEXITSTATUS(s) == 3}], 0, NULL) = 101 <0.000500>
100 ${at(3000)} exit_group(0) = ?
100 ${at(3100)} +++ exited with 0 +++
`.trimStart();

async function exported(trace: Trace, format: ExportFormat): Promise<{ text: string; pieces: ExportPiece[] }> {
  const source = {
    summary: () => Promise.resolve(trace.summary()),
    lanes: (...query: Parameters<Trace['lanes']>) => Promise.resolve(trace.lanes(...query)),
    events: (...query: Parameters<Trace['events']>) => Promise.resolve(trace.events(...query)),
  };
  const pieces: ExportPiece[] = [];
  for await (const piece of exportTrace(source, format)) pieces.push(piece);
  return { text: pieces.map(piece => piece.text).join(''), pieces };
}

/** RFC 4180, read letter by letter. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') cell += text[++i]!;
      else quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === ',' || c === '\r') {
      rows.at(-1)!.push(cell);
      cell = '';
      if (c === '\r') {
        assert.equal(text[++i], '\n');
        rows.push([]);
      }
    } else cell += c;
  }
  assert.deepEqual(rows.pop(), []);
  return rows;
}

interface TraceEvent {
  ph: string;
  name: string;
  pid: number;
  tid: number;
  ts: number;
  dur: number;
  args: { name?: string; text?: string; errno?: string };
}

describe('a trace that is exported', () => {
  const trace = traceOf(log);
  const { items } = trace.events({ ...everything, offset: 0, limit: 100 });

  it('tells of each piece how far it is', async () => {
    const { pieces } = await exported(trace, 'csv');
    assert.deepEqual(
      pieces.map(({ events, total }) => [events, total]),
      [
        [0, items.length],
        [items.length, items.length],
        [items.length, items.length],
      ],
    );
  });

  it('is a CSV file with a row for each event', async () => {
    const [names = [], ...rows] = readCsv((await exported(trace, 'csv')).text);
    const cells = rows.map(row => Object.fromEntries(names.map((name, i) => [name, row[i]])));
    assert.deepEqual(
      cells.map(cell => cell['name']),
      items.map(item => item.name),
    );
    assert.deepEqual(cells[0], {
      ...{ row: '0', kind: 'call', start_ns: '0', duration_ns: '300000', pid: '100', tid: '100' },
      ...{ process: 'a', thread: '', name: 'execve', class: 'process', errno: '' },
      text: 'execve("./a", ["./a", "x,\\"y\\""], 0x7ffd /* 9 vars */) = 0 <0.000300>',
    });
    assert.equal(cells.find(cell => cell['name'] === 'openat')?.['errno'], 'ENOENT');
    assert.equal(cells.find(cell => cell['name'] === 'wait4')?.['duration_ns'], '500000');
  });

  it('does not let the program’s output begin a formula', async () => {
    const rows = readCsv((await exported(trace, 'csv')).text);
    const texts = rows.map(row => row.at(-1)!);
    assert.deepEqual(
      texts.filter(text => text.includes('1+2')),
      ["'=1+2, a line of the program's"],
    );
    assert.ok(texts.some(text => text.startsWith('--- SIGCHLD')));
  });

  it('is JSON lines with an object for each event', async () => {
    const { text } = await exported(trace, 'jsonLines');
    const objects = text
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line) as Record<string, unknown>);
    assert.deepEqual(
      objects.map(({ row, kind, tid, startNs, text }) => ({ row, kind, tid, startNs, text })),
      items.map(({ row, kind, thread, tid, startNs, text }) => ({
        ...{ row, kind, tid: thread < 0 ? null : tid, startNs, text },
      })),
    );
    assert.equal(objects.find(({ name }) => name === 'openat')?.['failed'], true);
  });

  it('is a trace that Perfetto reads: slices, marks, names, zombies', async () => {
    const { text } = await exported(trace, 'traceEvents');
    const { traceEvents } = JSON.parse(text) as { traceEvents: TraceEvent[] };
    const of = (ph: string) => traceEvents.filter(event => event.ph === ph);
    assert.deepEqual(
      of('M')
        .filter(event => event.name === 'process_name')
        .map(({ pid, args }) => [pid, args.name]),
      [
        [100, 'a'],
        [101, 'a'],
      ],
    );
    const wait = of('X').find(event => event.name === 'wait4');
    assert.deepEqual([wait?.pid, wait?.tid, wait?.ts, wait?.dur], [100, 100, 2000, 500]);
    const zombie = of('X').find(event => event.name === 'zombie');
    assert.deepEqual([zombie?.pid, zombie?.ts, zombie?.dur], [101, 1300, 1200]);
    assert.equal(of('X').length, items.filter(item => item.kind === 'call').length + 1);
    assert.equal(of('i').length, items.filter(item => item.kind !== 'call').length);
  });

  it('is whole JSON also when nothing was traced', async () => {
    const { text } = await exported(traceOf(''), 'traceEvents');
    assert.deepEqual(JSON.parse(text), { displayTimeUnit: 'ns', traceEvents: [] });
  });
});
