/** Programs that everybody has, under the real strace: every call, error and signal that they show is in the knowledge base. */

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { StraceParser } from 'strace-parser';
import { errnoInfo } from '../../src/trace/knowledge/errnos.js';
import { signalInfo } from '../../src/trace/knowledge/signals.js';
import { syscallName } from '../../src/trace/knowledge/syscallNumbers.js';
import { syscallInfo } from '../../src/trace/knowledge/syscalls.js';

const programs: [name: string, command: string[], install: string][] = [
  ['ls', ['ls', '-l', '/'], 'coreutils'],
  [
    'a pipeline',
    ['sh', '-c', 'cat /etc/passwd | sort | head -n 2 > /dev/null; sleep 0.01 & wait; kill -TERM $$'],
    'coreutils',
  ],
  ['gcc', ['gcc', '-c', 'hello.c', '-o', 'hello.o'], 'gcc'],
  ['tar and gzip', ['tar', 'czf', 'hello.tar.gz', 'hello.c'], 'tar gzip'],
  [
    'node',
    [process.execPath, '-e', 'require("net").createServer().listen(0, function () { this.close(); })'],
    'nodejs',
  ],
];

describe('every call of an ordinary program is known', function () {
  this.timeout(240_000);
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'syscape-known-'));
    await writeFile(join(folder, 'hello.c'), '#include <stdio.h>\nint main(void) { return puts("hello") < 0; }\n');
  });
  after(() => rm(folder, { recursive: true, force: true }));

  for (const [name, command, install] of programs) {
    it(name, async () => {
      const log = join(folder, 'log.strace');
      const run = await execa('strace', ['-f', '-o', log, ...command], { cwd: folder, reject: false });
      if (run.code === 'ENOENT') assert.fail('strace was not found; install it: sudo apt install strace');
      assert.doesNotMatch(String(run.stderr), /Can't stat/, `install it: sudo apt install ${install}`);

      const [calls, errors, signals] = [new Set<string>(), new Set<string>(), new Set<string>()];
      const parser = new StraceParser({
        call(record) {
          calls.add(record.name);
          if (record.errno !== '') errors.add(record.errno);
        },
        signal: record => void signals.add(record.signal),
      });
      parser.push(await readFile(log));
      parser.end();
      assert.ok(calls.size >= 15, `only ${calls.size} different calls`);
      assert.deepEqual(
        [...calls].filter(call => syscallInfo(syscallName(call)) === undefined),
        [],
      );
      assert.deepEqual(
        [...errors].filter(errno => errnoInfo(errno) === undefined),
        [],
      );
      assert.deepEqual(
        [...signals].filter(signal => signalInfo(signal) === undefined),
        [],
      );
    });
  }
});
