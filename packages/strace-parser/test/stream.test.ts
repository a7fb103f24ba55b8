/** The iterator over streams, in its two kinds, and sets of files that become one log. */

import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { ReadableStream } from 'node:stream/web';
import { mergeSet, parse, parseStream, pidOfSetFile, type LineRecord, type TimeOrigin } from 'strace-parser';

const log =
  '1 1795228810.000000 read(3,  <unfinished ...>\n2 1795228810.500000 close(4) = 0\n1 1795228811.000000 <... read resumed>"hé", 9) = 3\n';
const pieces = [log.slice(0, 20), log.slice(20, 60), log.slice(60)].map(text => Buffer.from(text));

async function collect(records: AsyncIterable<LineRecord>): Promise<string[]> {
  const told: string[] = [];
  for await (const record of records)
    told.push(record.type === 'call' ? `${record.name} ${record.outcome}` : record.type);
  return told;
}

describe('parseStream', () => {
  it('reads a Node stream', async () => {
    assert.deepEqual(await collect(parseStream(Readable.from(pieces))), ['close 0', 'read 0']);
  });

  it('reads a web stream', async () => {
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const piece of pieces) controller.enqueue(piece);
        controller.close();
      },
    });
    assert.deepEqual(await collect(parseStream(stream)), ['close 0', 'read 0']);
  });

  it('reads pieces of text', async () => {
    assert.deepEqual(await collect(parseStream([log])), ['close 0', 'read 0']);
  });

  it('tells of entered calls when asked to', async () => {
    assert.deepEqual(await collect(parseStream(pieces, { entered: true })), ['read 1', 'close 0', 'read 0']);
  });

  it('says what the times count from', async () => {
    const origins: TimeOrigin[] = [];
    await collect(parseStream(pieces, { onOrigin: origin => origins.push(origin) }));
    assert.equal(origins.length, 1);
    assert.equal(origins[0]?.ns, 1_795_228_810_000_000_000n);
  });

  it('cancels a web stream that the loop leaves early', async () => {
    let cancelled = false;
    const stream = new ReadableStream<Uint8Array>({
      pull: controller => controller.enqueue(Buffer.from('1 close(1) = 0\n')),
      cancel: () => void (cancelled = true),
    });
    for await (const record of parseStream(stream)) {
      assert.equal(record.type, 'call');
      break;
    }
    assert.ok(cancelled);
  });

  it('throws what the stream throws', async () => {
    const broken = Readable.from(
      (async function* () {
        yield pieces[0] as Buffer;
        throw new Error('disk on fire');
      })(),
    );
    await assert.rejects(collect(parseStream(broken)), /disk on fire/);
  });
});

describe('a set of files (-ff)', () => {
  const file = (pid: number, ...lines: string[]): { pid: number; bytes: Uint8Array } => ({
    pid,
    bytes: Buffer.from(lines.join('\n') + '\n'),
  });

  it('becomes one log in the order of times, each line with its thread', () => {
    const merged = mergeSet([
      file(7, '1795228800.000001 a() = 0', '1795228800.000005 b() = 0', '1795228800.000009 +++ exited with 0 +++'),
      file(123456, '1795228800.000003 c() = 0', ' > /lib/libc.so.6(c+0x1) [0x1]', '1795228800.000005 d() = 0'),
    ]);
    assert.deepEqual(Buffer.from(merged).toString().split('\n'), [
      '7     1795228800.000001 a() = 0',
      '123456 1795228800.000003 c() = 0',
      ' > /lib/libc.so.6(c+0x1) [0x1]',
      '7     1795228800.000005 b() = 0',
      '123456 1795228800.000005 d() = 0',
      '7     1795228800.000009 +++ exited with 0 +++',
      '',
    ]);
  });

  it('without times follows file by file', () => {
    const merged = mergeSet([
      file(7, 'a() = 0', '--- SIGCHLD {si_signo=SIGCHLD} ---', '+++ exited with 0 +++'),
      file(8, 'b() = 0'),
    ]);
    assert.deepEqual(
      parse(merged).records.map(record => `${record.pid} ${record.type}`),
      ['7 call', '7 signal', '7 exit', '8 call'],
    );
  });

  it('may have empty files and a last line without an end', () => {
    const merged = mergeSet([
      file(7, '02:00:00 a() = 0'),
      { pid: 8, bytes: new Uint8Array(0) },
      { pid: 9, bytes: Buffer.from('01:59:59 b(') },
    ]);
    assert.equal(Buffer.from(merged).toString(), '9     01:59:59 b(\n7     02:00:00 a() = 0\n');
    assert.equal(mergeSet([]).length, 0);
  });

  it('has its threads in the names of its files', () => {
    assert.equal(pidOfSetFile('/tmp/log.1234'), 1234);
    assert.equal(pidOfSetFile('log.strace'), undefined);
  });
});
