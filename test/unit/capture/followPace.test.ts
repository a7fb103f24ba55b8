import assert from 'node:assert/strict';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, rmSync, watch, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mock } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { FollowPace } from '../../../src/trace/capture/followPace.js';

describe('pace of following a log', () => {
  let folder: string;
  let log: string;
  let pace: FollowPace;
  let looks: number;
  let looked: () => void;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'syscape-pace-'));
    log = join(folder, 'log.strace');
    writeFileSync(log, '');
    looks = 0;
    looked = () => {};
    pace = new FollowPace(log, () => {
      looks++;
      looked();
    });
    // Time stands still: what calls is the watch, or the test that lets time pass.
    mock.timers.enable({ apis: ['setTimeout'] });
  });
  afterEach(() => {
    pace.stop();
    mock.timers.reset();
    rmSync(folder, { recursive: true, force: true });
  });

  const write = (): void => appendFileSync(log, '1 1700000000.000000 getppid() = 1 <0.000010>\n');
  /** Writes, and waits until whoever watches has been told. */
  const writeSeen = async (): Promise<void> => {
    const watcher = watch(log);
    const told = once(watcher, 'change');
    write();
    await told;
    watcher.close();
    await setImmediate();
  };
  const nextLook = (): Promise<void> => new Promise(resolve => (looked = resolve));

  it('looks once for each time it is asked to wait, and not again when stopped', () => {
    pace.wait(true);
    pace.wait(true);
    mock.timers.tick(1000);
    assert.equal(looks, 1);
    pace.wait(false);
    pace.stop();
    mock.timers.tick(1000);
    assert.equal(looks, 1);
  });

  it('watches no log that grows, and of a still one only for the first event', async () => {
    for (const grew of [true, false, false]) {
      pace.wait(grew);
      await writeSeen();
      assert.equal(looks, 0);
    }
    pace.wait(false);
    const look = nextLook();
    write();
    await look;
    await writeSeen();
    assert.equal(looks, 1);
    pace.wait(true);
    await writeSeen();
    assert.equal(looks, 1);
    mock.timers.tick(1000);
    assert.equal(looks, 2);
  });
});
