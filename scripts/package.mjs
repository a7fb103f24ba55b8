/**
 * `npm run package`: makes syscape-VERSION.vsix from a production build, and says how big it is.
 *
 * Invariant: the file is within its budget of 1 MB, or the command fails.
 */

import './nodeVersion.mjs';
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runScript, setup, SetupError } from './setup.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const budgetBytes = 1_000_000;

await runScript(() => {
  setup('check');
  const { name, version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const file =
    process.argv.find(argument => argument.startsWith('--out='))?.slice('--out='.length) ?? `${name}-${version}.vsix`;

  run('scripts/build.mjs', '--production');
  // Everything is bundled, so vsce need not look for dependencies; there is no public address yet that links could lead to.
  run(
    'node_modules/@vscode/vsce/vsce',
    'package',
    '--no-dependencies',
    '--allow-missing-repository',
    '--no-rewrite-relative-links',
    `--out=${file}`,
  );

  const { size } = statSync(path.resolve(root, file));
  console.log(`${file}: ${(size / 1000).toFixed(0)} kB of ${budgetBytes / 1000} kB`);
  if (size > budgetBytes) throw new SetupError('The .vsix is over its budget: look at the list of files above.');
});

function run(...command) {
  const { status } = spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new SetupError(`Failed: node ${command.join(' ')}`);
}
