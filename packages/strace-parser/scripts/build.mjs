/**
 * `npm run build -w strace-parser` (or `node scripts/build.mjs FOLDER`): bundles the package's entries as ES modules and
 * writes their declarations. Invariant: afterwards the folder holds what was built and nothing else.
 */

import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { bundle } from './bundle.mjs';

const folder = path.dirname(import.meta.dirname);
const outdir = path.resolve(process.argv[2] ?? path.join(folder, 'dist'));

rmSync(outdir, { recursive: true, force: true });
await bundle(outdir);

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const declarations = [
  '--noEmit',
  'false',
  '--emitDeclarationOnly',
  '--declaration',
  '--rootDir',
  path.join(folder, 'src'),
];
for (const project of [folder, path.join(folder, 'src/node')]) {
  execFileSync(process.execPath, [tsc, '-p', project, ...declarations, '--outDir', outdir], { stdio: 'inherit' });
}
