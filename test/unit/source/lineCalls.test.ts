/** From the stacks in a log to what stands at the end of a line. */

import assert from 'node:assert/strict';
import path from 'node:path';
import { callsBySource } from '../../../src/trace/source/lineCalls.js';
import { SourceQueries } from '../../../src/trace/source/sourceQueries.js';
import { StackResolver } from '../../../src/trace/source/stackResolver.js';
import { MemoryLog } from '../../../src/trace/store/logReader.js';
import { Trace } from '../../../src/trace/trace.js';
import { lineText } from '../../../src/views/editor/lineText.js';

const here = import.meta.filename;
const stack = (symbol: string, line: number, caller = 3): string =>
  ` > /lib/libc.so.6(__${symbol}+0x10) [0x10]\n > /p(work+0x1) [0x1] ${here}:${line}\n > /p(main+0x2) [0x2] ${here}:${caller}\n`;
const text = [
  '7 1700000000.000000 close(3) = 0 <0.000010>\n',
  stack('close', 12),
  '7 1700000000.100000 close(9) = -1 EBADF (Bad file descriptor) <0.000020>\n',
  stack('close', 12),
  '7 1700000000.200000 read(0, <unfinished ...>\n',
  '8 1700000000.250000 getpid() = 8 <0.000001>\n',
  '7 1700000000.300000 <... read resumed>"x", 1) = 1 <0.100000>\n',
  stack('read', 12, 4),
  '7 1700000000.400000 --- SIGUSR1 {si_signo=SIGUSR1, si_code=SI_USER, si_pid=1, si_uid=0} ---\n',
  stack('signal', 20),
  '7 1700000000.500000 exit_group(0) = ?\n',
  '7 1700000000.500100 +++ exited with 0 +++\n',
  stack('exit', 30),
].join('');

function queriesOf(log: string): SourceQueries {
  const resolver = new StackResolver({ backend: 'unknown', tracedAtMs: null, sourceMap: {} });
  return new SourceQueries(traceOf(log), stack => resolver.resolve(stack));
}

function traceOf(log: string): Trace {
  const bytes = new TextEncoder().encode(log);
  const memory = new MemoryLog();
  memory.append(bytes);
  const trace = new Trace({ log: memory });
  trace.ingest(bytes);
  trace.end();
  return trace;
}

describe('the calls of each line', () => {
  it('are those whose stack leads there, and no signal’s', async () => {
    const file = (await queriesOf(text).bySource()).get(here);
    assert.deepEqual([...(file?.lines.keys() ?? [])].sort(), [12, 30]);
    const twelve = file?.lines.get(12);
    assert.deepEqual(
      twelve?.calls.map(({ name, calls, errors, totalNs }) => [name, calls, errors, Math.round(totalNs / 1000)]),
      [
        ['read', 1, 0, 100_000],
        ['close', 2, 1, 30],
      ],
    );
    assert.equal(twelve?.words, `src:${path.basename(here)}:12`);
    assert.equal(file?.lines.get(30)?.calls[0]?.name, 'exit_group');
    assert.deepEqual([...(file?.functions.keys() ?? [])], ['work']);
  });

  it('are none in a file that was edited after the trace', () => {
    const trace = traceOf(text);
    const sites = trace.callSites({ startNs: 0, endNs: 1e12, lanes: null, filter: null, limit: 9 });
    const place = { path: here, line: 12, changed: true };
    const resolved = trace.callStacks(0).map(() => ({
      frames: [{ symbol: 'work', object: '/p', place }],
      rebuilt: [],
      unreliable: [],
      hiddenCaller: undefined,
      missing: [],
      failure: undefined,
    }));
    assert.equal(callsBySource(sites, resolved, new Map()).size, 0);
  });

  it('are none in a log without stacks', async () => {
    assert.equal((await queriesOf('7 1700000000.000000 close(3) = 0 <0.000010>\n').bySource()).size, 0);
  });
});

describe('the text of a line', () => {
  const l10n = {
    t: (message: string, ...values: (string | number)[]) => message.replace(/\{(\d)\}/g, (_, i) => String(values[i])),
  };
  const call = (name: string, calls: number, errors: number) => ({
    name,
    calls,
    errors,
    totalNs: 1e6,
  });

  it('names the calls, their time and their failures', () => {
    assert.equal(lineText([call('read', 3, 0), call('close', 1, 1)], l10n), '3 × read, close · 2 ms · 1 failed');
  });

  it('names three and counts the rest', () => {
    const calls = ['a', 'b', 'c', 'd', 'e'].map(name => call(name, 1, 0));
    assert.equal(lineText(calls, l10n), 'a, b, c and 2 more · 5 ms');
  });
});
