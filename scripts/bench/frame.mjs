/**
 * Time of a frame of the timeline while panning and zooming 64 visible lanes, without a GPU (test/bench/frame.ts), over a trace of its
 * own. Both sides are bundled as the product's are: sources that a loader transforms run several times slower.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { writeSyntheticLog } from './syntheticLog.mjs';

const root = path.resolve(import.meta.dirname, '../..');

const measuring = `
export { measureFrames } from './test/bench/frame.js';
export { Trace } from './src/trace/trace.js';
export { LogFile } from './src/trace/capture/followLog.js';
`;

/** @returns {Promise<import('../../test/bench/frame.js').FrameTimes>} */
export async function frameTime({ events = 1_000_000, lanes = 64 } = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), 'syscape-frames-'));
  try {
    const shared = { absWorkingDir: root, bundle: true, minify: true, conditions: ['source'], logLevel: 'error' };
    await build({
      ...shared,
      entryPoints: { timeline: 'src/views/timeline/webview/main.ts' },
      outdir: path.join(folder, 'webview'),
      format: 'iife',
      target: 'es2022',
    });
    const bundle = path.join(folder, 'measure.cjs');
    await build({
      ...shared,
      stdin: { contents: measuring, resolveDir: root, loader: 'ts' },
      outfile: bundle,
      platform: 'node',
      format: 'cjs',
      target: 'node20',
      // Found from the checkout, not from the temporary folder.
      alias: { 'playwright-core': path.join(root, 'node_modules/playwright-core/index.js') },
      external: [path.join(root, 'node_modules/playwright-core/*')],
      define: { 'import.meta.url': 'bundleUrl', 'import.meta.dirname': 'bundleFolder' },
      banner: {
        js: `const bundleUrl = ${JSON.stringify(pathToFileURL(import.meta.filename).href)}, bundleFolder = ${JSON.stringify(import.meta.dirname)};`,
      },
    });
    const { measureFrames, Trace, LogFile } = (await import(pathToFileURL(bundle).href)).default;
    const logPath = path.join(folder, 'frames.strace');
    writeSyntheticLog(logPath, { events, threads: lanes });
    const log = LogFile.open(logPath);
    const trace = new Trace({ log });
    const room = new Uint8Array(1 << 20);
    for (let chunk = log.next(room); chunk.length > 0; chunk = log.next(room)) trace.ingest(chunk);
    trace.end();
    return await measureFrames(trace, { lanes, widthPx: 1400, frames: 480, distFolder: folder });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
