/** Questions about lines and functions: filters, sums and the flame graph, from a log to the answer. */

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { SourceFilter, SourceRange } from '../../../src/trace/source/sourceApi.js';
import { parseFilter } from '../../../src/views/timeline/webview/filter.js';
import { makeSources, stack, stackedTrace } from './stackedTrace.js';

describe('questions about source lines', () => {
  let folder: string;
  let log: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'syscape-source-'));
    mkdirSync(path.join(folder, 'net'));
    makeSources(folder, 'server.c', 'main.c', 'net/io.c');
    const at = (ms: number) => `7 1700000000.${String(ms).padStart(3, '0')}000`;
    log = [
      `${at(0)} openat(AT_FDCWD, "x", O_RDONLY) = 3 <0.001000>\n`,
      stack(folder, 'open64', 'setUp server.c:5', 'main main.c:10'),
      `${at(10)} read(3, "a", 1) = 1 <0.002000>\n`,
      stack(folder, 'read', 'take net/io.c:42', 'handle server.c:20', 'main main.c:11'),
      `${at(20)} read(3, "b", 1) = -1 EAGAIN (Resource temporarily unavailable) <0.004000>\n`,
      stack(folder, 'read', 'take net/io.c:42', 'handle server.c:20', 'main main.c:11'),
      `${at(30)} read(3, "c", 1) = 1 <0.001000>\n`,
      stack(folder, 'read', 'take.part.0 net/io.c:44', 'main main.c:12'),
      `${at(40)} write(1, "c", 1) = 1 <0.003000>\n`,
      stack(folder, 'write', '_IO_file_write', 'puts', 'main main.c:12'),
      `${at(50)} close(3) = 0 <0.000500>\n`,
    ].join('');
  });
  after(() => rmSync(folder, { recursive: true }));

  const filterOf = (text: string): SourceFilter => {
    const { filter } = parseFilter(text);
    assert.ok(filter, text);
    return filter;
  };
  const range = (text = ''): SourceRange => ({
    startNs: 0,
    endNs: 1e12,
    lanes: null,
    filter: text === '' ? null : filterOf(text),
  });
  const matches = async (text: string): Promise<number[]> => {
    const { trace, source, grow } = stackedTrace(log);
    grow('', true);
    const filter = await source.plain(filterOf(text));
    return trace.events({ ...range(), filter, offset: 0, limit: 99 }).items.map(({ row }) => row);
  };

  it('find the calls of a line, of a file, and of a range of lines', async () => {
    assert.deepEqual(await matches('src:io.c:42'), [1, 2]);
    assert.deepEqual(await matches('src:net/io.c'), [1, 2, 3]);
    assert.deepEqual(await matches('src:io.c:43-60'), [3]);
    assert.deepEqual(await matches('src:o.c'), []);
    assert.deepEqual(await matches('src:*.c'), [0, 1, 2, 3, 4]);
    assert.deepEqual(await matches(`src:${folder}/server.c`), [0]);
    // Not the lines of callers: the calls of a line are those that the line itself made.
    assert.deepEqual(await matches('src:server.c:20'), []);
  });

  it('find the calls of a function, and of all that it calls', async () => {
    assert.deepEqual(await matches('fn:take'), [1, 2, 3]);
    assert.deepEqual(await matches('fn:handle'), []);
    assert.deepEqual(await matches('under:handle'), [1, 2]);
    assert.deepEqual(await matches('under:main/take'), [3]);
    assert.deepEqual(await matches('under:main/puts'), [4]);
    assert.deepEqual(await matches('under:puts/_IO_file_write'), [4]);
    assert.deepEqual(await matches('under:main/take read'), [3]);
  });

  it('take these words with all others', async () => {
    assert.deepEqual(await matches('src:io.c:42 EAGAIN'), [2]);
    assert.deepEqual(await matches('src:io.c src:server.c >1ms read'), [1, 2, 3]);
    assert.deepEqual(await matches('fn:take src:main.c'), []);
  });

  it('match a call whose stack arrives later than its line', async () => {
    const { trace, source, grow } = stackedTrace('');
    const lines = log.split(/(?<=\n)/);
    const upTo = lines.findIndex(line => line.includes('read')) + 2;
    grow(lines.slice(0, upTo).join(''));
    const count = async (): Promise<number> => trace.countMatches((await source.plain(filterOf('src:io.c:42')))!);
    assert.equal(await count(), 0);
    grow(lines.slice(upTo).join(''), true);
    assert.equal(await count(), 2);
    assert.equal(trace.nextMatch({ filter: (await source.plain(filterOf('src:io.c:42')))!, row: 1, step: 1 }), 2);
  });

  const summary = async (by: 'line' | 'function', text = ''): Promise<string[]> => {
    const { source } = stackedTrace(`${log}7 1700000000.060000 close(4) = 0 <0.000500>\n`);
    const { groups } = await source.summarize(range(text), by);
    return groups.map(({ kind, name, detail, calls, errors, totalNs, words }) =>
      [kind, name, detail, calls, errors, totalNs / 1e6, words].join(' '),
    );
  };

  it('add up calls by line, and say the words that lead to them', async () => {
    assert.deepEqual(await summary('line'), [
      'line io.c:42 take 2 1 6 src:io.c:42',
      'line main.c:12 main 1 0 3 src:main.c:12',
      'noStack   2 0 1 ',
      'line server.c:5 setUp 1 0 1 src:server.c:5',
      'line io.c:44 take 1 0 1 src:io.c:44',
    ]);
  });

  it('add up calls by function, of a filter only those it leaves', async () => {
    assert.deepEqual(await summary('function', 'read'), ['function take io.c 3 1 7 fn:take src:io.c']);
    for (const line of await summary('function')) {
      const words = /fn:.*/.exec(line)?.[0];
      if (words === undefined) continue;
      const calls = Number(/ (\d+) \d+ [\d.]+ fn:/.exec(line)?.[1]);
      assert.equal((await matches(words)).length, calls, line);
    }
  });

  it('count only the time in the range', async () => {
    const { source } = stackedTrace(log);
    const { groups } = await source.summarize({ ...range(), startNs: 11e6, endNs: 22e6 }, 'line');
    assert.deepEqual(
      groups.map(({ name, calls, totalNs }) => [name, calls, totalNs / 1e6]),
      [['io.c:42', 2, 3]],
    );
  });

  it('name files by as much of their path as tells them apart', async () => {
    makeSources(folder, 'io.c');
    const more = `7 1700000000.070000 close(4) = 0 <0.000500>\n${stack(folder, 'close', 'end io.c:3', 'main main.c:13')}7 1700000000.080000 close(5) = 0 <0.000500>\n`;
    const { source } = stackedTrace(log + more);
    const { groups } = await source.summarize(range('close'), 'line');
    const name = path.basename(folder);
    assert.deepEqual(groups.map(group => group.words).sort(), [null, `src:${name}/io.c:3`]);
  });

  it('draw stacks from the first own function to the call, without the wrapper of the call', async () => {
    const { source } = stackedTrace(`${log}7 1700000000.060000 close(4) = 0 <0.000500>\n`);
    const { nodes, withoutStack, recorded } = await source.flame(range());
    assert.equal(recorded, true);
    assert.equal(withoutStack, 2);
    const depth = (node: number): number => (node === 0 ? 0 : 1 + depth(nodes[node]!.parent));
    assert.deepEqual(
      nodes.map(
        ({ kind, name, calls, totalNs, place }, i) =>
          `${'  '.repeat(depth(i))}${kind} ${name} ${calls} ${totalNs / 1e6} ${place}`,
      ),
      [
        'root  5 11 ',
        '  own main 5 11 main.c:11',
        '    own handle 2 6 server.c:20',
        '      own take 2 6 io.c:42',
        '        call read 2 6 ',
        '    library puts 1 3 libc.so.6',
        '      call write 1 3 ',
        '    own setUp 1 1 server.c:5',
        '      library open64 1 1 libc.so.6',
        '        call openat 1 1 ',
        '    own take 1 1 io.c:44',
        '      call read 1 1 ',
      ],
    );
    for (const { words, calls, kind } of nodes)
      if (kind !== 'root') assert.equal((await matches(words)).length, calls, words);
  });

  it('draw what the loader does, and what follows main, as one box each', async () => {
    const line = (ms: number, call: string) => `7 1700000000.00${ms}000 ${call} = 0 <0.000500>\n`;
    const loader = ' > /lib/ld-linux.so.2(_dl_map+0x3) [0x3]\n > /lib/ld-linux.so.2(_dl_start+0x4) [0x4]\n';
    const exit =
      ' > /lib/libc.so.6(_exit+0x3) [0x5]\n > /lib/libc.so.6(exit+0x4) [0x6]\n > /p/server(_start+0x4) [0x7]\n';
    const text = `${line(0, 'mmap(NULL, 8)')}${loader}${line(1, 'close(1)')}${exit}${line(2, 'close(2)')}`;
    const { source, trace } = stackedTrace(text);
    const { nodes } = await source.flame(range());
    assert.deepEqual(
      nodes.map(({ kind, name, words }) => `${kind} ${name} ${words}`),
      [
        'root  ',
        'library ld-linux.so.2 under:ld-linux.so.2',
        'call mmap under:ld-linux.so.2 mmap',
        'library _start fn:_start',
        'call close fn:_start close',
      ],
    );
    for (const { words, calls } of nodes.slice(1))
      assert.equal(trace.countMatches((await source.plain(filterOf(words))) ?? {}), calls, words);
  });

  it('say that a log has no stacks', async () => {
    const { source } = stackedTrace('7 1700000000.000000 close(3) = 0 <0.000010>\n');
    assert.equal((await source.flame(range())).recorded, false);
    assert.equal((await source.summarize(range(), 'line')).recorded, false);
    assert.deepEqual(await source.plain(filterOf('src:a.c')), { stacks: [] });
  });
});
