/**
 * What the editor offers as a fix of a finding makes it go away: each bad example is traced, mended where the finding's own line is,
 * compiled without a warning and traced again. Needs the built dist/cli.js.
 */

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { openLog } from '../../src/trace/capture/openLog.js';
import type { Finding } from '../../src/trace/findings/finding.js';
import { Trace } from '../../src/trace/trace.js';
import { changed, fixRequest } from '../../src/views/editor/fixes/fix.js';
import { fixesFor } from '../../src/views/editor/fixes/fixes.js';
import { missingIncludes } from '../../src/views/snippets/includeLines.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Example, rule, and text of the line that the finding blames. */
const cases: readonly [file: string, rule: string, line: string][] = [
  ['cloexec-bad.c', 'missing-cloexec', 'open("/etc/hostname"'],
  ['eintr-bad.c', 'eintr-not-retried', 'ssize_t n = read('],
  ['reuseaddr-bad.c', 'addr-in-use', 'if (bind('],
  ['addr-in-use-bad.c', 'addr-in-use', 'if (bind('],
  ['sigpipe-bad.c', 'sigpipe-death', 'if (send('],
  ['zombie-bad.c', 'zombie-never-reaped', 'fork()'],
  ['sigchld-bad.c', 'lost-sigchld', 'waitpid('],
  ['vfork-bad.c', 'vfork-child-misbehaves', 'write(STDOUT_FILENO'],
];

describe('fixes of findings', function () {
  this.timeout(240_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'syscape-fixes-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  async function findingsOf(source: string): Promise<Finding[]> {
    const file = path.join(folder, 'program.c');
    const program = path.join(folder, 'program');
    const log = path.join(folder, 'program.strace');
    writeFileSync(file, source);
    await execa('gcc', ['-g', '-O0', '-Wall', '-Wextra', '-Werror', '-pthread', file, '-o', program]);
    const command = ['check', '--fail-on', 'error', '--log', log, '--', program];
    await execa(process.execPath, [path.join(root, 'dist', 'cli.js'), ...command], { reject: false, stdin: 'ignore' });
    const reader = openLog(log);
    const trace = new Trace({ log: reader });
    const room = new Uint8Array(1 << 16);
    for (let chunk = reader.next(room); chunk.length > 0; chunk = reader.next(room)) trace.ingest(chunk);
    trace.end();
    const findings = trace.findings();
    reader.close();
    return findings;
  }

  for (const [file, rule, text] of cases)
    it(`${rule} of ${file}`, async () => {
      const source = readFileSync(path.join(root, 'examples', file), 'utf8');
      const finding = (await findingsOf(source)).find(each => each.rule === rule);
      assert.ok(finding, 'the example has the finding');
      const line = source.split('\n').findIndex(each => each.includes(text));
      assert.ok(line >= 0);
      const fixes = fixesFor(fixRequest(source, 'c', line, finding));
      assert.ok(fixes.length > 0, 'there is a fix');
      for (const { title, changes } of fixes) {
        const mended = changed(source, changes);
        const lines = mended.split('\n');
        const added = missingIncludes(mended, changes.map(each => each.text).join(';\n'), 'c');
        for (const each of [...added].reverse()) lines.splice(each.line, 0, each.text.trimEnd());
        const left = await findingsOf(lines.join('\n'));
        assert.deepEqual(
          left.filter(each => each.rule === rule),
          [],
          title[0],
        );
      }
    });
});
