/** What the built product weighs, when it has been built: time to load the extension, size of the package. */

import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { median } from './statistics.mjs';

const ROUNDS = 7;

/** Loads the bundle in a fresh process with an empty `vscode`, which stands for the editor's. */
const load = `
const Module = require('node:module');
const anything = new Proxy(function () {}, { get: (_, key) => (key === Symbol.toPrimitive ? () => '' : anything), apply: () => anything, construct: () => anything });
const original = Module._load;
Module._load = (request, ...rest) => (request === 'vscode' ? anything : original(request, ...rest));
const begin = performance.now();
require(process.argv[1]);
console.log(performance.now() - begin);
`;

/** Median milliseconds to load dist/extension.cjs; undefined when it is not built. */
export function loadTime(root) {
  const bundle = path.join(root, 'dist/extension.cjs');
  if (!existsSync(bundle)) return undefined;
  const times = Array.from({ length: ROUNDS }, () =>
    Number(execFileSync(process.execPath, ['-e', load, bundle], { encoding: 'utf8' })),
  );
  return median(times);
}

/** Bytes of the newest .vsix; undefined when there is none. */
export function packageSize(root) {
  const folders = [root, path.join(root, 'dist'), path.join(root, 'out')].filter(folder => existsSync(folder));
  const files = folders.flatMap(folder =>
    readdirSync(folder)
      .filter(name => name.endsWith('.vsix'))
      .map(name => statSync(path.join(folder, name))),
  );
  return files.sort((a, b) => b.mtimeMs - a.mtimeMs)[0]?.size;
}
