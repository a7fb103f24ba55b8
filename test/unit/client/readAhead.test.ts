/** A large saved log is parsed in a thread of its own: what is known of it then must be what one thread knows. */

import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { syntheticLog } from '../../../scripts/bench/syntheticLog.mjs';
import { LogFile } from '../../../src/trace/capture/followLog.js';
import { TraceClient } from '../../../src/trace/client.js';
import { ReadAhead, worthReadingAhead } from '../../../src/trace/readAhead/readAhead.js';
import { Trace } from '../../../src/trace/trace.js';
import { TraceError } from '../../../src/trace/traceErrors.js';
import { bundledWorker } from './bundledWorker.js';

const everything = { startNs: 0, endNs: Number.MAX_SAFE_INTEGER, lanes: null, filter: null };

describe('reading ahead', function () {
  this.timeout(60_000);
  let folder: string;
  let path: string;
  let worker: string;

  before(async () => {
    worker = await bundledWorker();
    folder = mkdtempSync(join(tmpdir(), 'syscape-ahead-'));
    path = join(folder, 'large.strace');
    // The line in its middle is longer than a batch, and the last one has no end.
    const pieces = [...syntheticLog({ events: 80_000, threads: 24 })];
    pieces.splice(
      pieces.length >> 1,
      0,
      `4000 1795228800.500000 write(1, "${'x'.repeat(3 << 20)}", 9) = 9 <0.000001>\n`,
    );
    writeFileSync(path, pieces.join('').trimEnd());
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('a client knows of a log what a trace knows that reads it alone', async () => {
    const log = LogFile.open(path);
    const alone = new Trace({ log });
    alone.ingest(log.read(0, log.size()));
    alone.end();
    const client = new TraceClient(worker, { path, live: false });
    try {
      const summary = await client.finish();
      // How often it changed is how it was read, not what it says.
      const expected = { ...alone.summary(), revision: summary.revision };
      assert.deepEqual(summary, expected);
      assert.deepEqual(await client.summarize(everything), alone.summarize(everything));
      assert.deepEqual(await client.findings(), alone.findings());
      for (const offset of [0, 40_000, expected.rows - 300]) {
        const part = { ...everything, offset, limit: 300 };
        assert.deepEqual(await client.events(part), alone.events(part));
      }
      const process = 0;
      assert.deepEqual(await client.descriptorHistory({ process }), alone.kernel.descriptorHistory({ process }));
      assert.deepEqual(await client.memory({ process, atNs: null }), alone.kernel.memory({ process, atNs: null }));
      assert.deepEqual(await client.futexes({ process }), alone.kernel.futexes({ process }));
    } finally {
      await client.dispose();
      log.close();
    }
  });

  it('is for logs that are large and have a name', () => {
    const small = join(folder, 'small.strace');
    writeFileSync(small, '1 1700000000.000001 getpid() = 1 <0.000001>\n');
    const nameless = join(folder, 'nameless.strace');
    copyFileSync(path, nameless);
    const logs = [path, small, nameless].map(name => LogFile.open(name));
    rmSync(nameless);
    assert.deepEqual(logs.map(worthReadingAhead), [availableParallelism() > 1, false, false]);
    for (const log of logs) log.close();
  });

  it('says why a log cannot be read', async () => {
    const ahead = new ReadAhead(worker, join(folder, 'no such log'));
    const failed = new Promise<unknown>(resolve => {
      const look = (): void => {
        try {
          ahead.take(() => assert.fail('there is nothing'));
        } catch (error) {
          resolve(error);
        }
      };
      ahead.onReady(look);
      look();
    });
    const error = await Promise.race([failed, delay(30_000, 'nothing', { ref: false })]);
    assert.ok(error instanceof TraceError, String(error));
    assert.equal(error.code, 'missing');
  });
});
