/**
 * The examples of README.md run and print what their comments say. The comments at line ends are, in order, the output.
 */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

const packageFolder = join(import.meta.dirname, '..');
const readme = readFileSync(join(packageFolder, 'README.md'), 'utf8');
const examples = [...readme.matchAll(/^### (.+)\n[^#]*?^```ts\n([^]*?)^```/gm)];

/** The log that the examples call app.strace. */
const log = `812   1795228800.000100 openat(AT_FDCWD, "/etc/a", O_RDONLY) = -1 ENOENT (No such file or directory) <0.000012>
812   1795228800.000150 openat(AT_FDCWD, "/etc/b", O_RDONLY) = -1 ENOENT (No such file or directory) <0.000011>
812   1795228800.000200 read(0,  <unfinished ...>
811   1795228800.000300 kill(812, SIGUSR1) = 0 <0.000010>
812   1795228800.000350 <... read resumed>0x7ffd0c3f1a40, 16) = -1 EINTR (Interrupted system call) <0.000150>
812   1795228800.000400 --- SIGUSR1 {si_signo=SIGUSR1, si_code=SI_USER, si_pid=811, si_uid=0} ---
812   1795228800.000500 exit_group(3) = ?
812   1795228800.000600 +++ exited with 3 +++
`;

describe('README.md', () => {
  const folder = mkdtempSync(join(tmpdir(), 'strace-parser-readme-'));
  before(() => writeFileSync(join(folder, 'app.strace'), log));
  after(() => rmSync(folder, { recursive: true }));

  it('has five examples', () => assert.equal(examples.length, 5));

  for (const [, title, code = ''] of examples) {
    it(`tells the truth in the example "${title}"`, async () => {
      const outfile = join(folder, 'example.mjs');
      await build({
        stdin: { contents: code, resolveDir: packageFolder, loader: 'ts' },
        outfile,
        bundle: true,
        format: 'esm',
        platform: 'node',
        conditions: ['source'],
      });
      const said = [...code.matchAll(/; \/\/ (.+)$/gm)].map(comment => comment[1]);
      assert.ok(said.length > 0);
      const printed = execFileSync(process.execPath, [outfile], { cwd: folder, encoding: 'utf8' });
      assert.deepEqual(printed.trimEnd().split('\n'), said);
    });
  }
});
