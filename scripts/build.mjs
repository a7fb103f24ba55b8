/**
 * `npm run build` (add `-- --watch` to keep building, `-- --production` for what is shipped): bundles the rooms of the house into dist/.
 *
 *   dist/extension.cjs         the extension host's side       dist/webview/timeline.js, .css   the browser's side
 *   dist/later.cjs             what that side loads later      dist/cli.js                      `syscape`, runs without an editor
 *   dist/worker.cjs            the process of a trace
 *   dist/snippetPrograms.json  programs that prove the snippets, and are opened as examples
 *
 * Invariant: every entry is built or the build fails; afterwards dist/ holds what was built and nothing else. A window that runs from
 * dist/ never finds it empty.
 */

import { chmod, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { writeSnippetPrograms } from './snippetPrograms.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const dist = path.join(root, 'dist');

const { values: flags } = parseArgs({
  options: { watch: { type: 'boolean', default: false }, production: { type: 'boolean', default: false } },
});

/** @type {esbuild.BuildOptions} */
const shared = {
  absWorkingDir: root,
  bundle: true,
  // The workspace's packages are bundled from their sources, not from a build of their own.
  conditions: ['source'],
  minify: flags.production,
  sourcemap: flags.production ? false : 'linked',
  sourcesContent: false,
  legalComments: 'none',
  logLevel: 'info',
  metafile: true,
};

/**
 * What the extension imports when it is first needed. A bundle of its own: compiling it would take most of the time of an editor's start.
 * No two of them may export the same name.
 */
const importedLater = [
  ...['execa', 'src/words/eventWords.ts', 'src/words/findingWords.ts', 'src/words/pages/statePage.ts'],
  ...['src/trace/findings/blamedStep.ts', 'src/trace/findings/rules.ts', 'src/trace/export/exportTrace.ts'],
];

/** @type {esbuild.Plugin} */
const fromLaterBundle = {
  name: 'imported later',
  setup(build) {
    build.onResolve({ filter: /.*/ }, ({ kind, path: asked, importer, resolveDir }) => {
      if (kind !== 'dynamic-import') return undefined;
      const wanted = asked.startsWith('.')
        ? path.relative(root, path.join(resolveDir, asked)).replace(/\.js$/, '.ts')
        : asked;
      if (importedLater.includes(wanted)) return { path: './later.cjs', external: true };
      const text = `${wanted} is imported later by ${importer}, but is not in the list of such modules in scripts/build.mjs`;
      return { errors: [{ text }] };
    });
  },
};

/** @type {esbuild.BuildOptions} */
const commonJs = {
  ...shared,
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  external: ['vscode'],
  // Bundled packages written as ES modules may ask for their own address, which CommonJS has no word for.
  define: { 'import.meta.url': 'bundleUrl' },
  banner: { js: 'const bundleUrl = require("node:url").pathToFileURL(__filename).href;' },
};

/** @type {esbuild.BuildOptions[]} */
const bundles = [
  { ...commonJs, entryPoints: { extension: 'src/extension.ts' }, plugins: [fromLaterBundle] },
  {
    ...commonJs,
    outdir: undefined,
    outExtension: undefined,
    outfile: 'dist/later.cjs',
    stdin: {
      contents: importedLater.map(name => `export * from '${name.replace(/^src/, './src')}';`).join('\n'),
      resolveDir: root,
    },
  },
  { ...commonJs, entryPoints: { worker: 'src/trace/worker.ts' } },
  {
    ...shared,
    entryPoints: { cli: 'src/cli/main.ts' },
    outdir: 'dist',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    banner: {
      js: [
        '#!/usr/bin/env node',
        // Bundled CommonJS packages call require(), which ES modules lack.
        'import { createRequire } from "node:module";const require = createRequire(import.meta.url);',
      ].join('\n'),
    },
  },
  {
    ...shared,
    entryPoints: { timeline: 'src/views/timeline/webview/main.ts' },
    outdir: 'dist/webview',
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    loader: { '.ttf': 'file', '.svg': 'text' },
    assetNames: '[name]',
  },
];

const snippetPrograms = path.join(dist, 'snippetPrograms.json');
await writeSnippetPrograms(root, snippetPrograms).catch(error => {
  console.error(`build: ${error.message}`);
  process.exit(1);
});

if (flags.watch) {
  const contexts = await Promise.all(bundles.map(options => esbuild.context(options)));
  await Promise.all(contexts.map(context => context.watch()));
  // A contributor's task (.vscode/tasks.json) waits for this line before it opens the editor under test.
  console.log('build: watching');
} else {
  const results = await Promise.allSettled(bundles.map(options => esbuild.build(options)));
  for (const result of results) {
    if (result.status === 'fulfilled') continue;
    // esbuild has printed what is wrong with the sources; anything else is a fault of this script.
    if (!Array.isArray(result.reason?.errors)) throw result.reason;
    process.exitCode = 1;
  }
  if (process.exitCode !== 1) {
    await removeOthers(results.flatMap(({ value }) => Object.keys(value.metafile.outputs)));
    await chmod(path.join(dist, 'cli.js'), 0o755);
  }
}

/** Removes what no bundle has written, for example the source maps of an earlier build. */
async function removeOthers(written) {
  const kept = new Set([snippetPrograms, ...written.map(file => path.join(root, file))]);
  for (const entry of await readdir(dist, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isFile() && !kept.has(file)) await rm(file);
  }
}
