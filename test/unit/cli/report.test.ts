/** `syscape report` as a script sees it: the real process, its output and its exit status. Needs the built dist/cli.js. */

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const golden = (name: string): string => join(root, 'test/golden', name, 'trace.strace');

function syscape(...args: string[]) {
  return execa(process.execPath, [join(root, 'dist/cli.js'), ...args], { reject: false, cwd: root });
}

describe('syscape report', function () {
  this.timeout(30_000);
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'syscape-test-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('prints one JSON object a log, each on a line', async () => {
    const { stdout, exitCode } = await syscape('report', '--json', golden('zombie-late'), golden('subreaper'));
    assert.equal(exitCode, 0);
    const [late, subreaper, ...rest] = stdout.split('\n').map(line => JSON.parse(line) as Record<string, unknown>);
    assert.equal(rest.length, 0);
    assert.deepEqual(late, {
      file: golden('zombie-late'),
      version: 1,
      lines: 16,
      textLines: 0,
      events: 12,
      processes: late?.['processes'],
      findings: late?.['findings'],
    });
    const [parent, child, ...others] = late['processes'] as Record<string, unknown>[];
    assert.equal(others.length, 0);
    const pid = Number(parent?.['pid']);
    const common = { threads: [pid], image: './program', argv: ['./program'], adoptedBy: [] };
    const { startNs, endNs } = parent as { startNs: number; endNs: number };
    assert.ok(startNs === 0 && endNs > 140e6);
    const calm = { exit: { code: 0 }, reapedBy: null, zombieNs: 0, startNs, endNs };
    assert.deepEqual(parent, { pid, parentPid: null, ...common, ...calm });
    const childPid = Number(child?.['pid']);
    const zombieNs = Number(child?.['zombieNs']);
    assert.ok(zombieNs > 140e6 && zombieNs < 160e6);
    const end = { exit: { code: 9 }, reapedBy: pid, zombieNs, startNs: child?.['startNs'], endNs: child?.['endNs'] };
    assert.deepEqual(child, { ...common, pid: childPid, parentPid: pid, threads: [childPid], ...end });
    assert.equal((subreaper?.['processes'] as unknown[]).length, 3);
  });

  /** The processes of a log, as far as they are asked for: a line each. */
  async function processes(log: string): Promise<string[]> {
    const { stdout } = await syscape('report', '--json', log);
    const report = JSON.parse(stdout) as { processes: Record<string, unknown>[] };
    return report.processes.map(({ pid, parentPid, threads, image, exit, reapedBy, adoptedBy }) => {
      const adopters = (adoptedBy as { pid: number | null }[]).map(adopter => adopter.pid);
      return JSON.stringify([pid, parentPid, adopters, threads, image, exit, reapedBy]);
    });
  }

  it('gives the parents as the kernel has them: at birth, and each adopter after it', async () => {
    assert.deepEqual(await processes(golden('subreaper')), [
      '[31737,null,[],[31737],"./program",{"code":0},null]',
      '[31738,31737,[],[31738],"./program",{"code":5},31737]',
      '[31739,31738,[31737],[31739],"./program",{"code":6},31737]',
    ]);
    const log = join(folder, 'adopted-twice.strace');
    const forked = (pid: number) => `clone(child_stack=NULL, flags=SIGCHLD) = ${pid} <0.000100>`;
    const lines = [
      '1 execve("/bin/a", ["a"], 0x1 /* 0 vars */) = 0 <0.000100>', '1 prctl(PR_SET_CHILD_SUBREAPER, 1) = 0 <0.000010>',
      `1 ${forked(2)}`, '2 prctl(PR_SET_CHILD_SUBREAPER, 1) = 0 <0.000010>', `2 ${forked(3)}`, `3 ${forked(4)}`,
      '3 +++ exited with 0 +++', '4 getppid() = 2 <0.000010>', '2 +++ killed by SIGKILL +++', '4 getppid() = 1 <0.000010>',
      '1 +++ exited with 0 +++', '4 +++ exited with 9 +++',
    ]; // prettier-ignore
    const dated = lines.map((line, i) => line.replace(' ', ` ${(1_700_000_000 + i / 1000).toFixed(6)} `));
    await writeFile(log, `${dated.join('\n')}\n`);
    assert.deepEqual((await processes(log)).at(-1), '[4,3,[2,1,null],[4],"/bin/a",{"code":9},null]');
  });

  it('gives a pid that was used again an entry of its own each time, and lists the threads of each process', async () => {
    const reused = await processes(golden('pid-reuse'));
    assert.deepEqual(reused.slice(0, 3), [
      '[31622,null,[],[31622],"./program",{"code":0},null]',
      '[31623,31622,[],[31623],"./program",{"code":30},31622]',
      '[31623,31622,[],[31623],"./program",{"code":31},31622]',
    ]);
    const threaded = JSON.parse((await processes(golden('threads')))[0] ?? '') as unknown[];
    const [pid, , , threads] = threaded as [number, null, number[], number[]];
    assert.ok(threads.length > 1 && threads[0] === pid && new Set(threads).size === threads.length);
  });

  it('says in words who made whom, how each ended and who reaped it', async () => {
    const { stdout } = await syscape('report', golden('killed'));
    assert.match(stdout, /^├─ \d+ program: killed by SIGSEGV, reaped by \d+ after 5\.\d+ ms as a zombie$/m);
    assert.match(stdout, /^└─ \d+ program: killed by SIGTERM, reaped by \d+$/m);
    assert.match(stdout, /calls +errors +longest +call$/m);
  });

  it('names a log that is missing, reports on the others and exits with 1', async () => {
    const missing = join(folder, 'missing.strace');
    const { stdout, stderr, exitCode } = await syscape('report', '--json', missing, golden('fork-wait'));
    assert.equal(exitCode, 1);
    assert.match(stderr, /^syscape: .*missing\.strace.*$/m);
    assert.doesNotMatch(stderr, /\n./);
    assert.equal(stdout.split('\n').length, 1);
  });

  it('reports on an empty log and on one that is no strace’s', async () => {
    await writeFile(join(folder, 'empty'), '');
    await writeFile(join(folder, 'other'), 'hello\n\u001b[31mworld\n');
    const { stdout, exitCode } = await syscape('report', '--json', join(folder, 'empty'), join(folder, 'other'));
    assert.equal(exitCode, 0);
    const [empty, other] = stdout.split('\n').map(line => JSON.parse(line) as Record<string, unknown>);
    assert.deepEqual([empty?.['lines'], empty?.['processes']], [0, []]);
    assert.deepEqual([other?.['lines'], other?.['textLines'], other?.['processes']], [2, 2, []]);
  });

  for (const args of [
    [],
    ['frob'],
    ['report'],
    ['report', '--wrong'],
    ['report', '--'],
    ['report', 'a', '--', 'b'],
    ['report', '--log', 'x', 'a'],
  ]) {
    it(`exits with 2 and one line of reason on: ${args.join(' ') || '(nothing)'}`, async () => {
      const { stdout, stderr, exitCode } = await syscape(...args);
      assert.equal(exitCode, 2);
      assert.match(stderr, /^syscape: .+\(see syscape --help\)$/);
      assert.equal(stdout, '');
    });
  }

  it('explains itself', async () => {
    assert.match((await syscape('--help')).stdout, /^Usage:\n {2}syscape report/);
    assert.match((await syscape('--version')).stdout, /^\d+\.\d+\.\d+$/);
  });

  it('does not mind a reader that stops reading', async () => {
    const command = `"$0" dist/cli.js report ${Array<string>(40).fill(golden('version-7.2')).join(' ')} | head -1`;
    const { stdout, stderr, exitCode } = await execa('bash', ['-o', 'pipefail', '-c', command, process.execPath], {
      reject: false,
      cwd: root,
    });
    assert.deepEqual([stdout.split('\n').length, stderr, exitCode], [1, '', 0]);
  });

  it('keeps terminal codes out of its words', async () => {
    const log = join(folder, 'codes.strace');
    await writeFile(log, '7 1795237980.100000 execve("/bin/\\33[31mred", ["red\\7"], 0x1) = 0 <0.000001>\n');
    const { stdout } = await syscape('report', log);
    assert.ok(stdout.includes('\\x1b[31mred') && !stdout.includes('\u001b'));
  });

  it('writes the report to a file', async () => {
    const path = join(folder, 'report.json');
    const { stdout, exitCode } = await syscape('report', '--json', '-o', path, golden('orphan'));
    assert.deepEqual([stdout, exitCode], ['', 0]);
    assert.equal((JSON.parse(await readFile(path, 'utf8')) as { file: string }).file, golden('orphan'));
    const { stderr, exitCode: status } = await syscape('report', '-o', join(folder, 'no/where'), golden('orphan'));
    assert.equal(status, 1);
    assert.match(stderr, /no such file or folder/);
  });
});
