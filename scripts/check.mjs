/**
 * `npm run check`: everything that can be known without starting VS Code. Each step runs even when one before it failed; the end
 * names those that did.
 */

import './nodeVersion.mjs';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runScript, setup, SetupError } from './setup.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** A tsconfig a room, so that the browser's room sees no Node and the core no DOM. */
const parser = 'packages/strace-parser';
const typed = ['.', 'src/trace', 'src/views/timeline/webview', parser, `${parser}/src/node`, 'test'];

const steps = [
  ...typed.map(project => [`types of ${project}`, 'node_modules/typescript/bin/tsc', '-p', project]),
  ['eslint', 'node_modules/eslint/bin/eslint.js', '.'],
  ['prettier', 'node_modules/prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'],
  ['knip', 'node_modules/knip/bin/knip.js', '--no-progress'],
  ['build', 'scripts/build.mjs'],
  [
    'unit tests',
    ...['-C', 'source', '--import', 'tsx', 'node_modules/mocha/bin/mocha.js', '--forbid-only', '--forbid-pending'],
    ...['--reporter', 'dot', 'test/unit/**/*.test.ts', 'packages/strace-parser/test/**/*.test.ts'],
  ],
];

await runScript(() => {
  setup('check');
  const failed = [];
  for (const [name, ...command] of steps) {
    const startedAt = Date.now();
    const { status } = spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit' });
    console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
    if (status !== 0) failed.push(name);
  }
  if (failed.length > 0) throw new SetupError(`Failed: ${failed.join(', ')}`);
});
