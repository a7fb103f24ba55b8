import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TraceSummary } from '../../../src/trace/api.js';
import { TraceClient, TraceClosedError, TraceError } from '../../../src/trace/client.js';
import { bundledWorker } from './bundledWorker.js';

const line = (i: number): string => `100 ${1_700_000_000 + i}.000000 getppid() = 1 <0.000010>\n`;
const lines = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, i) => line(from + i)).join('');

/** The first report for which a condition holds. */
function reported(client: TraceClient, holds: (summary: TraceSummary) => boolean): Promise<TraceSummary> {
  if (holds(client.latest)) return Promise.resolve(client.latest);
  return new Promise(resolve => {
    const unsubscribe = client.onChange(summary => {
      if (!holds(summary)) return;
      unsubscribe();
      resolve(summary);
    });
  });
}

describe('trace client', function () {
  this.timeout(20_000);
  let folder: string;
  let worker: string;
  const clients: TraceClient[] = [];

  before(async () => {
    worker = await bundledWorker();
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'syscape-client-'));
  });
  afterEach(async () => {
    await Promise.all(clients.splice(0).map(client => client.dispose()));
    rmSync(folder, { recursive: true, force: true });
  });

  const open = (path: string, live: boolean): TraceClient => {
    const client = new TraceClient(worker, { path, live });
    clients.push(client);
    return client;
  };
  const log = (text: string): string => {
    const path = join(folder, 'log.strace');
    writeFileSync(path, text);
    return path;
  };
  const rejectsWith = (promise: Promise<unknown>, code: string): Promise<void> =>
    assert.rejects(promise, (error: unknown) => error instanceof TraceError && error.code === code);

  it('keeps the process that follows a live log on one processor until the log is complete', async () => {
    const statusOf = (pid: number | undefined, tid: string): string => {
      try {
        return readFileSync(`/proc/${pid}/task/${tid}/status`, 'utf8');
      } catch {
        return ''; // the thread ended since it was listed
      }
    };
    const processorsOf = (pid: number | undefined): string[] =>
      readdirSync(`/proc/${pid}/task`).flatMap(
        tid => /^Cpus_allowed_list:\s*(.*)$/m.exec(statusOf(pid, tid))?.[1] ?? [],
      );
    const becomes = async (client: TraceClient, processors: string): Promise<void> => {
      const isSo = (): boolean => processorsOf(client.pid).every(each => each === processors);
      for (let tries = 0; tries < 500 && !isSo(); tries++) await new Promise(resolve => setTimeout(resolve, 20));
      assert.deepEqual(new Set(processorsOf(client.pid)), new Set([processors]));
    };
    const [mine] = processorsOf(process.pid) as [string];
    const live = open(log(lines(0, 5)), true);
    await live.summary();
    await becomes(live, /\d+$/.exec(mine)![0]);
    await live.finish();
    await becomes(live, mine);
    const saved = open(log(lines(0, 5)), false);
    await saved.finish();
    assert.deepEqual(new Set(processorsOf(saved.pid)), new Set([mine]));
  });

  it('its process ends with it, and with whoever started it', async () => {
    const client = open(log(lines(0, 5)), true);
    await client.summary();
    await client.dispose();
    assert.equal(existsSync(`/proc/${client.pid}`), false);

    const starter = fork(worker, { stdio: 'ignore' });
    const exited = once(starter, 'exit');
    starter.disconnect();
    assert.deepEqual(await exited, [0, null]);
  });

  it('reads a saved log to its end and answers queries about it', async () => {
    const client = open(log(lines(0, 500)), false);
    const summary = await client.finish();
    assert.equal(summary.complete, true);
    assert.equal(summary.events, 500);
    assert.deepEqual(client.latest, summary);
    const window = await client.window({ startNs: 0, endNs: summary.endNs, widthPx: 100, lanes: [0], filter: null });
    assert.equal(
      window.sliceCount.reduce((sum, count) => sum + count, 0),
      500,
    );
    assert.equal((await client.event(7))?.rawLines[0]?.text, line(7).trimEnd());
  });

  it('follows a live log: what is appended is reported, and finish reads the last byte', async () => {
    const path = log('');
    const client = open(path, true);
    appendFileSync(path, lines(0, 10));
    assert.equal((await reported(client, summary => summary.events >= 10)).complete, false);
    appendFileSync(path, lines(10, 30));
    await reported(client, summary => summary.events >= 30);
    appendFileSync(
      path,
      lines(30, 31) + '100 1700000031.000000 exit_group(0) = ?\n100 1700000031.000100 +++ exited with 0 +++',
    );
    const summary = await client.finish();
    assert.equal(summary.events, 32);
    assert.equal(summary.liveProcesses, 0);
  });

  it('shows a blocked call whose line has no end yet, and the same row when it has', async () => {
    const path = log(line(0) + '100 1700000001.000000 read(6</tmp/x>, ');
    const client = open(path, true);
    await reported(client, summary => summary.rows === 2);
    const blocked = await client.event(1);
    assert.equal(blocked?.name, 'read');
    assert.equal(blocked?.endNs, null);
    appendFileSync(path, '"abc", 10) = 3 <2.500000>\n');
    await reported(client, summary => summary.events === 2);
    const ended = await client.event(1);
    assert.equal(ended?.endNs, 3_500_000_000);
    assert.equal(ended?.returnText, '3');
    assert.equal((await client.summary()).rows, 2);
  });

  it('reports at most about 30 times a second', async () => {
    const path = log('');
    const client = open(path, true);
    let reports = 0;
    client.onChange(() => reports++);
    const begin = performance.now();
    for (let i = 0; i < 100; i++) {
      appendFileSync(path, line(i));
      await new Promise(resolve => setTimeout(resolve, 5));
    }
    await reported(client, summary => summary.events === 100);
    const most = (performance.now() - begin) / 33 + 3;
    assert.ok(reports <= most, `${reports} reports, ${most} allowed`);
  });

  it('says why a log cannot be opened', async () => {
    await rejectsWith(open(join(folder, 'nothing.strace'), false).finish(), 'missing');
    mkdirSync(join(folder, 'empty'));
    await rejectsWith(open(join(folder, 'empty'), false).summary(), 'notTraces');
  });

  it('says so when the log was truncated or replaced while it was read', async () => {
    const path = log(lines(0, 100));
    const truncated = open(path, true);
    await reported(truncated, summary => summary.events === 100);
    truncateSync(path, 10);
    await rejectsWith(truncated.finish(), 'truncated');
    assert.equal((await truncated.summary()).events, 100);

    const other = join(folder, 'other');
    writeFileSync(path, lines(0, 100));
    const replaced = open(path, true);
    await reported(replaced, summary => summary.events === 100);
    writeFileSync(other, lines(0, 200));
    renameSync(other, path);
    await rejectsWith(replaced.finish(), 'truncated');
  });

  it('rejects what is pending, and what comes later, when it is disposed of', async () => {
    const client = open(log(lines(0, 10)), true);
    const pending = client.summary();
    const disposed = client.dispose();
    await assert.rejects(pending, TraceClosedError);
    await disposed;
    await assert.rejects(client.overview(10), TraceClosedError);
    await assert.rejects(client.finish(), TraceClosedError);
  });

  it('rejects everything when the worker crashes', async () => {
    const crashing = join(folder, 'crashing.cjs');
    writeFileSync(crashing, 'setTimeout(() => { throw new Error("out of luck"); }, 50);');
    const client = new TraceClient(crashing, { path: 'any', live: true });
    clients.push(client);
    const error: unknown = await client.summary().catch((reason: unknown) => reason);
    assert.ok(error instanceof TraceError);
    assert.equal(error.code, 'crashed');
    assert.match(error.message, /out of luck/);
    await rejectsWith(client.overview(10), 'crashed');
  });

  it('answers queries while a large log is still being read', async () => {
    const path = log('');
    for (let i = 0; i < 40; i++) appendFileSync(path, lines(0, 10_000));
    const client = open(path, false);
    const early = await client.summary();
    assert.equal(early.complete, false);
    assert.ok(early.logSize > early.logBytes);
    assert.equal((await client.finish()).lines, 400_000);
  });
});
