/** `syscape report -- PROGRAM`: the program keeps its streams and its exit status, and the report follows. Needs the built dist/cli.js. */

import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { execa, type Options } from 'execa';

const root = fileURLToPath(new URL('../..', import.meta.url));
function report(args: string[], options: Options = {}) {
  return execa(process.execPath, ['dist/cli.js', 'report', ...args], {
    ...options,
    reject: false,
    cwd: root,
  });
}

describe('syscape report -- PROGRAM', function () {
  this.timeout(120_000);

  it('prints the program’s own output, then the report', async () => {
    const { stdout, exitCode } = await report(['--json', '--', 'sh', '-c', 'cat; exit 5'], { input: 'in\n' });
    const lines = String(stdout).split('\n');
    assert.deepEqual([lines.length, lines[0], exitCode], [2, 'in', 5]);
    const { file, processes } = JSON.parse(lines[1] ?? '') as {
      file: string;
      processes: { exit: unknown; image: string }[];
    };
    assert.equal(file, 'sh');
    assert.deepEqual(processes[0]?.exit, { code: 5 });
    assert.match(processes[0].image, /\/sh$/);
  });

  it('exits with 128 + N when signal N killed the program', async () => {
    assert.equal((await report(['--', 'sh', '-c', 'kill -TERM $$'])).exitCode, 128 + 15);
  });

  it('says so when the program or strace is not there', async () => {
    for (const args of [
      ['--', './no-such-program'],
      ['--', 'no-such-program-in-path'],
    ]) {
      const { stderr, exitCode } = await report(args);
      assert.equal(exitCode, 1);
      assert.match(String(stderr), /^syscape: .*no-such-program.*: no such program$/);
    }
    const { stderr, exitCode } = await report(['--strace', '/no/strace', '--', 'true']);
    assert.equal(exitCode, 1);
    assert.match(String(stderr), /^syscape: \/no\/strace was not found: install it \(.*apt install strace\)/);
  });

  it('ends the program when it is told to end, and still reports', async () => {
    const running = report(['--json', '--', 'sh', '-c', 'echo started; exec sleep 30'], { buffer: true });
    await new Promise<void>(resolve => running.stdout?.once('data', () => resolve()));
    running.kill('SIGTERM');
    const { stdout, exitCode } = await running;
    assert.equal(exitCode, 128 + 15);
    assert.match(String(stdout), /"exit":\{"signal":"SIGTERM"\}/);
  });
});
