import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLog } from '../../../src/trace/capture/openLog.js';

describe('folder of a -ff run', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'syscape-ff-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const merged = (files: Record<string, string>): string => {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const log = openLog(folder);
    const text = new TextDecoder().decode(log.read(0, 1 << 24));
    log.close();
    return text;
  };

  it('is one log in the order of time, each line with its thread', () => {
    const text = merged({
      'log.20': '1700000000.000001 execve("./a", [], 0x7) = 0\n1700000000.000005 getpid() = 20\n',
      'log.21': '1700000000.000003 getppid() = 20\n1700000000.000009 exit_group(0) = ?',
      'notes.txt': 'not a log',
    });
    assert.deepEqual(text.split('\n'), [
      '20 1700000000.000001 execve("./a", [], 0x7) = 0',
      '21 1700000000.000003 getppid() = 20',
      '20 1700000000.000005 getpid() = 20',
      '21 1700000000.000009 exit_group(0) = ?',
      '',
    ]);
  });

  it('keeps stack frames with their call', () => {
    const text = merged({
      'log.1': '10:00:01.5 close(9) = 0\n > /bin/a(main+0x1) [0x1]\n10:00:03.5 close(8) = 0\n',
      'log.2': '10:00:02.5 close(7) = 0\n > /bin/a(main+0x2) [0x2]\n',
    });
    assert.deepEqual(text.split('\n'), [
      '1 10:00:01.5 close(9) = 0',
      ' > /bin/a(main+0x1) [0x1]',
      '2 10:00:02.5 close(7) = 0',
      ' > /bin/a(main+0x2) [0x2]',
      '1 10:00:03.5 close(8) = 0',
      '',
    ]);
  });

  it('loses no line of large files', () => {
    const lines = (tid: number): string =>
      Array.from(
        { length: 20_000 },
        (_, i) => `${1_700_000_000 + i}.${tid}00000 write(1, "${'x'.repeat(i % 90)}", 1) = 1\n`,
      ).join('');
    const text = merged({ 'log.1': lines(1), 'log.2': lines(2), 'log.3': lines(3) });
    const out = text.trimEnd().split('\n');
    assert.equal(out.length, 60_000);
    const times = out.map(line => Number(line.split(' ')[1]));
    assert.ok(times.every((time, i) => i === 0 || time >= times[i - 1]!));
  });
});
