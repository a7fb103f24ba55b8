/**
 * Every program of examples/ under strace, as the extension runs it, compared with /proc at instants while it runs: descriptors,
 * memory maps, children. Several run at a time; a test waits for its own.
 */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { removeLeftIpc } from '../support/leftIpc.js';
import { account } from './agreement.js';
import { TracedProgram } from './tracedProgram.js';

const examples = fileURLToPath(new URL('../../examples', import.meta.url));
const names = readdirSync(examples)
  .filter(file => file.endsWith('.c'))
  .map(file => file.slice(0, -2));
const atOnce = 4;
const instants = 5;
/** The first comparison comes early: some examples live for a few milliseconds only. */
const pauseMs = 60;

interface Outcome {
  compared: number;
  differences: string[];
  unaccounted: string[];
}

describe('every example agrees with /proc', function () {
  this.timeout(120_000);
  let folder: string;
  const outcomes = new Map<string, Promise<Outcome>>();

  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'syscape-examples-'));
    const free = Array.from({ length: atOnce }, () => Promise.resolve());
    names.forEach((name, i) => {
      const outcome = free[i % atOnce]!.then(() => run(name, folder));
      outcomes.set(name, outcome);
      free[i % atOnce] = outcome.then(
        () => undefined,
        () => undefined,
      );
    });
  });
  after(async () => {
    await Promise.allSettled(outcomes.values());
    rmSync(folder, { recursive: true, force: true });
    removeLeftIpc();
  });

  for (const name of names)
    it(name, async () => {
      const { differences, unaccounted } = await outcomes.get(name)!;
      assert.deepEqual(differences, []);
      assert.deepEqual(unaccounted, []);
    });

  it('and most were compared while they ran', async () => {
    const all = await Promise.allSettled(outcomes.values());
    const compared = all.filter(o => o.status === 'fulfilled' && o.value.compared > 0).length;
    assert.ok(compared > names.length / 2, `${compared} of ${names.length} could be compared`);
  });
});

async function run(name: string, folder: string): Promise<Outcome> {
  const program = path.join(folder, name);
  const source = path.join(examples, `${name}.c`);
  await promisify(execFile)('gcc', ['-g', '-O0', '-pthread', '-o', program, source]);
  const traced = await TracedProgram.start(program, [], { environment: { TMPDIR: folder } });
  const outcome: Outcome = { compared: 0, differences: [], unaccounted: [] };
  try {
    for (let i = 0; i < instants && !traced.hasEnded; i++) {
      await sleep(pauseMs);
      if (traced.hasEnded) break;
      const { processes, differences } = await traced.compare();
      outcome.compared += processes;
      outcome.differences.push(...differences);
    }
    await traced.ended(30_000);
    outcome.unaccounted = account(traced.trace());
    return outcome;
  } finally {
    if (!traced.hasEnded) traced.signal('SIGKILL');
    traced.remove();
  }
}
