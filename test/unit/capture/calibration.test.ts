/** What tracing costs, read from the log of a known loop; and where that number goes. */

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Calibration, overheadIn } from '../../../src/trace/capture/calibration.js';
import { measuredOverhead, readCaptureFacts, writeCaptureFacts } from '../../../src/trace/source/captureFacts.js';
import { MemoryLog } from '../../../src/trace/store/logReader.js';
import { Trace } from '../../../src/trace/trace.js';

/** `calls` calls, 40 µs apart and 9 µs long, after what a program does first. */
function loop(calls: number): string {
  const lines = ['9 1700000000.000000 execve("/bin/dd", ["dd"], 0x1 /* 9 vars */) = 0 <0.000300>'];
  for (let i = 0; i < calls; i++) {
    const call = i % 2 === 0 ? 'read(0</dev/zero>, "\\0", 1)' : 'write(1</dev/null>, "\\0", 1)';
    lines.push(`9 1700000000.${String(1000 + i * 40).padStart(6, '0')} ${call} = 1 <0.000009>`);
  }
  return `${lines.join('\n')}\n9 1700000000.900000 +++ exited with 0 +++\n`;
}

describe('the cost of tracing', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'syscape-calibration-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is what lies between the calls of a known loop, and what strace prints of each', () => {
    assert.deepEqual(overheadIn(loop(200)), { insideNs: 9000, wholeNs: 40_000 });
  });

  it('does not mind a few calls that were held up', () => {
    const held = loop(200)
      .replace(/<0\.000009>/, '<0.004000>')
      .replace('.005000 ', '.005030 ');
    assert.deepEqual(overheadIn(held), { insideNs: 9000, wholeNs: 40_000 });
  });

  it('is unknown when the loop’s calls are not in the log', () => assert.equal(overheadIn(loop(10)), undefined));

  it('is unknown, and no error, when there is no strace', async () => {
    const build = { version: { major: 6, minor: 1 }, stackBackend: 'none', features: [] } as const;
    const command = { stracePath: '/none/strace', build, syscalls: 'all', stringLimit: 32, stacks: false } as const;
    assert.equal(await new Calibration().measure(command, folder), undefined);
  });

  it('is kept beside the log, and what a trace says when it knows it', async () => {
    const log = join(folder, 'a.strace');
    const overhead = { insideNs: 9000, wholeNs: 40_000 };
    await writeCaptureFacts(log, { overhead, objects: {} });
    assert.deepEqual(measuredOverhead(log), overhead);
    assert.deepEqual((await readCaptureFacts(log))?.overhead, overhead);
    const trace = new Trace({ log: new MemoryLog(), overhead });
    assert.deepEqual(trace.kernel.overhead(), { perCallNs: 9000, wholeNs: 40_000, how: 'calibrated' });
    assert.equal(measuredOverhead(join(folder, 'other.strace')), undefined);
  });
});
