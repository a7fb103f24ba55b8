/**
 * Runs the extension tests inside a real VS Code: a downloaded desktop one when VSCODE_VERSION is set (`stable`, `1.105.0`, …), else
 * the one of test/vscode-host. Bundles the tests first, because an extension host loads CommonJS only.
 */

import { closeSync, existsSync, mkdtempSync, openSync, readdirSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';

const root = path.resolve(import.meta.dirname, '..', '..');
const out = path.join(root, 'out', 'extension');
rmSync(out, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: ['test/extension/suite.ts', ...testFiles()],
  outbase: 'test/extension',
  outdir: out,
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  format: 'cjs',
  conditions: ['source'],
  external: ['vscode', 'mocha'],
  sourcemap: 'inline',
  logLevel: 'warning',
});

const runFolder = mkdtempSync(path.join(tmpdir(), 'syscape-extension-'));
const log = path.join(runFolder, 'tests.log');
const stopEcho = echoGrowth(log);
let exitCode = 1;
try {
  const version = process.env.VSCODE_VERSION;
  exitCode = await runTests({
    ...(version ? { version } : { vscodeExecutablePath: path.join(root, 'test', 'vscode-host', 'vscodeWeb.mjs') }),
    extensionDevelopmentPath: root,
    extensionTestsPath: path.join(out, 'suite.cjs'),
    extensionTestsEnv: { TEST_LOG_FILE: log },
    launchArgs: [
      path.join(root, 'examples'),
      `--user-data-dir=${path.join(runFolder, 'data')}`,
      `--extensions-dir=${path.join(runFolder, 'extensions')}`,
    ],
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
} finally {
  stopEcho();
  rmSync(runFolder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
process.exitCode = exitCode;

function testFiles(): string[] {
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' });
  return files.filter(file => file.endsWith('.test.ts')).map(file => `test/extension/${file}`);
}

/** What the suite writes appears here as it is written: a test's console is the workbench's, not ours. */
function echoGrowth(file: string): () => void {
  let position = 0;
  const echo = (): void => {
    if (!existsSync(file)) return;
    const descriptor = openSync(file, 'r');
    const chunk = Buffer.alloc(65_536);
    for (let length; (length = readSync(descriptor, chunk, 0, chunk.length, position)) > 0; position += length) {
      process.stdout.write(chunk.subarray(0, length));
    }
    closeSync(descriptor);
  };
  const timer = setInterval(echo, 200);
  return () => {
    clearInterval(timer);
    echo();
  };
}
