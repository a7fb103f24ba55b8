/** The very file that is shipped: made by `npm run package`, installed into VS Code, and used. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { hostPaths } from '../vscode-host/install.mjs';
import { eventually } from './support/eventually.js';
import { inWindow } from './support/inWindow.js';
import { traceToEnd } from './support/traceRun.js';
import { root } from './support/workbench.js';

describe('the packaged extension', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'syscape-vsix-'));
  const vsix = path.join(folder, 'syscape.vsix');
  const extensionsFolder = path.join(folder, 'extensions');

  before('packages and installs it', () => {
    execFileSync(process.execPath, ['scripts/package.mjs', `--out=${vsix}`], { cwd: root, stdio: 'pipe' });
    const { node, serverMain } = hostPaths();
    execFileSync(
      node,
      [
        serverMain,
        `--install-extension=${vsix}`,
        `--extensions-dir=${extensionsFolder}`,
        `--server-data-dir=${path.join(folder, 'data')}`,
        '--accept-server-license-terms',
      ],
      { stdio: 'pipe', env: { ...process.env, TMPDIR: folder } },
    );
  });
  after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }));

  const window = inWindow({ openFile: 'zombie.c', extensionsFolder });

  it('is at most 1 MB', () => {
    assert.ok(statSync(vsix).size <= 1_000_000, `${statSync(vsix).size} bytes`);
  });

  it('traces an example and shows its zombie', async () => {
    await window().processes.open();
    await traceToEnd(window(), () => window().editorAction('Trace Active C File').click());
    const texts = await eventually(
      'the child',
      () => window().processes.texts(),
      rows => /reaped by/.test(rows[1] ?? ''),
    );
    assert.match(texts[1] ?? '', /exited 3, reaped by \d+ after [\d.]+ m?s as a zombie/);
    await window().screenshot('packaged');
  });

  it('has the page that explains what it found', async () => {
    const rule = window().processes.findings.filter({ hasText: 'Zombie' }).first();
    await rule.waitFor();
    await window().chooseFromMenu(rule, 'Explain');
    await window().editorTab('Preview zombie.md').waitFor();
    const page = window().page;
    await eventually(
      'the page',
      () => Promise.all(page.frames().map(frame => frame.locator('body').innerText().catch(() => ''))), // prettier-ignore
      texts => texts.some(text => text.includes('Done right')),
    );
  });
});
