/**
 * The process model against an independent witness: the golden programs print who they are and whom they reaped (getpid, getppid,
 * gettid, the results of wait), and the model, which sees only strace's log of the same run, must say the same.
 */

import assert from 'node:assert/strict';
import { readdirSync, existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { allProcesses, type ListedProcess } from '../../src/cli/allProcesses.js';
import { readTrace } from '../../src/cli/readTrace.js';
import { straceArguments } from '../../src/trace/capture/commandLine.js';
import { probeStrace } from '../../src/trace/capture/probe.js';

const golden = fileURLToPath(new URL('../golden', import.meta.url));
/** Programs that are for other ways of recording, or that print nothing to check. */
const notHere = ['attach', 'pipeline', 'kernel-tour'];
/** These change system-wide state or need privileges that only root has. */
const needRoot = ['pid-namespace', 'pid-reuse'];
const isRoot = process.getuid?.() === 0;
const programs = readdirSync(golden).filter(
  name =>
    existsSync(join(golden, name, 'program.c')) &&
    !existsSync(join(golden, name, 'options')) &&
    !notHere.includes(name),
);
const signals = new Map([
  [6, 'SIGABRT'],
  [9, 'SIGKILL'],
  [11, 'SIGSEGV'],
  [15, 'SIGTERM'],
]);

describe('the process model says what the programs say of themselves', function () {
  this.timeout(120_000);
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'syscape-live-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  for (const name of programs) {
    const unprivileged = needRoot.includes(name) && !isRoot;
    it(unprivileged ? `${name} (needs root)` : name, async function () {
      if (unprivileged) this.skip();
      const program = join(folder, name);
      const log = `${program}.strace`;
      const flags = ['-O0', '-g', '-pthread', '-o', program, join(golden, name, 'program.c')];
      await execa('gcc', flags).catch(missing('gcc', 'sudo apt install gcc'));
      const { version } = await probeStrace('strace').catch(missing('strace', 'sudo apt install strace'));
      const choice = { logPath: log, program, args: [], environment: {}, syscalls: 'focus', stringLimit: 64 } as const;
      const { stdout } = await execa('strace', straceArguments(version, choice), { reject: false });
      const facts = stdout.split('\n').filter(line => !line.startsWith('inner-'));
      assert.ok(facts.length > 0 && facts[0] !== '', `the program printed nothing`);
      const processes = readTrace(log, allProcesses);
      for (const fact of facts) check(fact, processes);
    });
  }
});

function missing(what: string, install: string): (error: unknown) => never {
  return error => {
    throw new Error(`${what} does not work here; install it: ${install}`, { cause: error });
  };
}

function check(fact: string, all: readonly ListedProcess[]): void {
  const [verb, ...words] = fact.split(' ');
  const [first, second, third, fourth] = words.map(word => (/^\d+$/.test(word) ? Number(word) : word));
  /** A reused pid is several processes; one of them must be as the program says. */
  const some = (pid: unknown, holds: (listed: ListedProcess) => boolean): void => {
    const lives = all.filter(listed => listed.process.pid === pid);
    assert.ok(lives.some(holds), `${fact}; the model: ${JSON.stringify(lives.map(listed => listed.process))}`);
  };
  switch (verb) {
    case 'born':
      return some(first, ({ process }) => process.parentPid === second);
    case 'thread':
      return some(first, ({ tids }) => tids.includes(Number(second)));
    case 'image':
      return some(first, ({ process }) => process.image === second);
    case 'adopted':
      return some(
        first,
        ({ process }) =>
          process.reparented !== null && process.reparented.pid === (second === 'outside' ? null : second),
      );
    case 'unreaped':
      return some(first, ({ process }) => process.reapedBy === null && process.exit !== null);
    case 'zombie':
      // How long depends on the machine (the goldens hold it for theirs); a busy one may run a child after its parent's end.
      return some(first, ({ process: { zombieNs, endNs, parent } }) => {
        const parentEndNs = all.find(({ process }) => process.id === parent)?.process.endNs ?? Infinity;
        const diesLast = endNs !== null && endNs >= parentEndNs;
        return third === 0 || diesLast ? zombieNs === 0 : zombieNs > 0;
      });
    case 'reaped':
      return some(second, ({ process: { reapedBy, exit } }) => {
        if (reapedBy?.pid !== first || !exit) return false;
        return third === 'exit'
          ? 'code' in exit && exit.code === fourth
          : 'signal' in exit && exit.signal === signals.get(Number(fourth));
      });
    default:
      assert.fail(`the program said something else: ${fact}`);
  }
}
