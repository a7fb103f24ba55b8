/** Input that no careful program writes, and that people have: nothing throws, nothing is lost, nothing takes for ever. */

import assert from 'node:assert/strict';
import { StraceParser, parse } from 'strace-parser';
import { assertNothingLost, oneByteCuts, parseChunks } from './support/ways.js';

function check(text: string | Uint8Array): void {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  for (const cuts of [[], oneByteCuts(bytes)]) {
    const { records } = parseChunks(bytes, cuts);
    assertNothingLost(bytes, records);
    for (const record of records) {
      record.text();
      record.layout();
      if (record.type === 'call')
        [record.arguments(), record.result(), record.returnBigInt(), record.argumentText(3)].at(0);
      if (record.type === 'signal') record.info();
    }
  }
}

describe('hostile input', () => {
  it('may be empty', () => {
    assert.deepEqual(parse('').records, []);
    assert.equal(parse('').lines, 0);
    check('\n\n\r\n');
  });

  it('may hold NUL bytes and bytes that are no text', () => {
    check(Uint8Array.of(0, 0, 10, 0xff, 0xfe, 10, 0x80, 0x28, 0x29));
    check(Buffer.concat([Buffer.from('1 write(1, "'), Buffer.from([0, 0xff, 0xc3]), Buffer.from('", 3) = 3\n')]));
  });

  it('may never close what it opens', () => {
    for (const opener of ['"', '<', '(', '[', '{', '/*', '3<"', '\\', '<<', '\x1b', '\x1b[', '[pid ', '1<']) {
      check(`1 f(${opener}\n1 g() = 0\n`);
      check(`1 f(${opener.repeat(50)}) = 0\n`);
      check(`1 f() = 3${opener}\n`);
      check(`${opener}\n${opener}`);
    }
  });

  it('may come with CRLF, CR alone, or both', () => {
    const { records } = parse('1 close(3) = 0\r\n1 read(3,  <unfinished ...>\r\n1 <... read resumed>"", 1) = 0\r\n');
    assert.deepEqual(
      records.map(record => record.text()),
      ['1 close(3) = 0', '1 read(3,  <unfinished ...>\n1 <... read resumed>"", 1) = 0'],
    );
    check('1 close(3) = 0\r1 close(4) = 0\r\r\n');
  });

  it('may have numbers beyond all measure', () => {
    const nines = '9'.repeat(400);
    check(
      `${nines} f() = 0\n1 ${nines}.${nines} f() = 0\n1 f(${nines}, 0x${'f'.repeat(400)}) = ${nines} <${nines}.${nines}>\n`,
    );
    check(`99:99:99.999999999 f() = 0\n[${nines}] f() = 0\n[pid ${nines}] f() = 0\n`);
  });

  it('may have a thousand threads and ten thousand names', () => {
    let log = '';
    for (let i = 1; i <= 1000; i++) log += `${i} read(${i},  <unfinished ...>\n`;
    for (let i = 1; i <= 1000; i++) log += `${i} <... read resumed>"", 1) = ${i}\n`;
    for (let i = 0; i < 10_000; i++) log += `1 name${i}() = 0\n`;
    const { calls } = parse(log);
    assert.equal(calls.length, 11_000);
    for (let i = 0; i < 1000; i++)
      assert.deepEqual([calls[i]?.argumentNumber(0), calls[i]?.returnValue], [i + 1, i + 1]);
    assert.equal(calls.at(-1)?.name, 'name9999');
  });

  it('may name more calls than the table of names holds: they become text', () => {
    let log = '';
    for (let i = 0; i < 20_000; i++) log += `1 name${i}() = 0\n`;
    const { records } = parse(log);
    assert.equal(records.length, 20_000);
    assert.equal(records.at(-1)?.type, 'text');
  });

  it('may use the parser wrongly only with an error that says so', () => {
    const parser = new StraceParser({});
    parser.end();
    parser.end();
    assert.throws(() => parser.push(Buffer.from('x')), /push after end/);
  });

  it('may have a line of 100 MB, read in the time of its length', function () {
    this.timeout(20_000);
    for (const body of ['a', '"', '<', '(', ',', '/*', '1 f(', '\\"']) {
      const line = Buffer.alloc(body === 'a' ? 100e6 : 4e6, body);
      const parser = new StraceParser({});
      const started = performance.now();
      parser.push(Buffer.from('1 write(1, '));
      for (let at = 0; at < line.length; at += 65536) parser.push(line.subarray(at, at + 65536));
      parser.push(Buffer.from(') = 1\n1 close(1) = 0\n'));
      parser.end();
      assert.equal(parser.lines, 2);
      // A second is a hundred times what it takes; anything quadratic would take hours.
      assert.ok(performance.now() - started < 10_000, `a line of ${JSON.stringify(body)}`);
    }
  });

  it('may have a long line: what is kept is bounded by the longest line, not by the log', () => {
    const parser = new StraceParser({});
    const line = Buffer.from('1 read(3, "' + 'x'.repeat(1000) + '",  <unfinished ...>\n1 <... read resumed>1) = 1\n');
    const block = Buffer.concat(Array.from({ length: 500 }, () => line));
    const before = process.memoryUsage().arrayBuffers;
    for (let i = 0; i < 200; i++) parser.push(block);
    const grown = process.memoryUsage().arrayBuffers - before;
    assert.equal(parser.bytes, block.length * 200);
    assert.ok(grown < 8e6, `${grown} bytes kept of ${parser.bytes}`);
  });
});
