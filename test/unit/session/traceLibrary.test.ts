/** Recorded traces on disk: what is listed, named, deleted and exported. */

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { RunningRecords } from '../../../src/trace/capture/leftovers.js';
import { SessionStorage } from '../../../src/session/sessionStorage.js';
import { TraceLibrary } from '../../../src/session/traceLibrary.js';

describe('the library of traces', () => {
  let root: string;
  let folder: string;
  let library: TraceLibrary;
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'syscape-library-'));
    folder = path.join(root, 'sessions');
    library = new TraceLibrary(folder);
  });
  afterEach(() => rmSync(root, { recursive: true }));

  function record(id: string, program: string, log = 'x\n'): void {
    mkdirSync(path.join(folder, id), { recursive: true });
    writeFileSync(path.join(folder, id, `${program}.strace`), log);
    writeFileSync(path.join(folder, id, `${program}.strace.json`), '{}');
  }

  const first = '2026-11-21T07-16-00.123Z';
  const second = '2026-11-21T07-16-00.123Z+';

  it('lists the newest first, with program, size and the time it was recorded', async () => {
    record(first, 'hello', 'abc\n');
    record(second, 'server');
    const traces = await library.list();
    assert.deepEqual(
      traces.map(({ id, program, bytes, name }) => ({ id, program, bytes, name })),
      [
        { id: second, program: 'server', bytes: 2, name: undefined },
        { id: first, program: 'hello', bytes: 4, name: undefined },
      ],
    );
    assert.deepEqual(
      traces.map(trace => trace.recordedAt.toISOString()),
      ['2026-11-21T07:16:00.123Z', '2026-11-21T07:16:00.123Z'],
    );
  });

  it('has nothing before the first run, and passes over a run that did not compile', async () => {
    assert.deepEqual(await library.list(), []);
    mkdirSync(path.join(folder, first), { recursive: true });
    assert.deepEqual(await library.list(), []);
  });

  it('keeps a name until it is taken away', async () => {
    record(first, 'hello');
    const [trace] = await library.list();
    await library.rename(trace!, '  before the fix ');
    assert.equal((await library.list())[0]?.name, 'before the fix');
    await library.rename(trace!, ' ');
    assert.equal((await library.list())[0]?.name, undefined);
  });

  it('deletes a trace with all that belongs to it', async () => {
    record(first, 'hello');
    record(second, 'hello');
    await library.delete((await library.list())[0]!);
    assert.deepEqual(
      (await library.list()).map(({ id }) => id),
      [first],
    );
    assert.equal(existsSync(path.join(folder, second)), false);
  });

  it('exports the log as it is', async () => {
    record(first, 'hello', 'the log\n');
    const target = path.join(root, 'copy.strace');
    await library.export((await library.list())[0]!, target);
    assert.equal(readFileSync(target, 'utf8'), 'the log\n');
  });

  it('keeps named traces when old ones make room', async () => {
    const ids = Array.from({ length: 23 }, (_, i) => `2026-11-21T07-16-${String(i).padStart(2, '0')}.000Z`);
    for (const id of ids) record(id, 'hello');
    const oldest = (await library.list()).at(-1)!;
    await library.rename(oldest, 'kept');
    const storage = new SessionStorage(folder, new RunningRecords(path.join(root, 'running')));
    await storage.prune(new Set());
    const left = (await library.list()).map(({ id }) => id).sort();
    assert.deepEqual(left, [oldest.id, ...ids.slice(-20)]);
  });
});
