/** Bundles what is measured as the product's build does: sources that a loader transforms run several times slower. */

import path from 'node:path';
import { build } from 'esbuild';

const root = path.resolve(import.meta.dirname, '../..');

const core = `
export { StraceParser } from 'strace-parser';
export { Trace } from './src/trace/trace.js';
export { LogFile } from './src/trace/capture/followLog.js';
export { TraceClient } from './src/trace/client.js';
export { workerProcess } from './src/trace/workerProcess.js';
export { straceArguments } from './src/trace/capture/commandLine.js';
export { probeStrace } from './src/trace/capture/probe.js';
`;

/** Writes core.cjs and worker.cjs to a folder. */
export async function bundleCore(folder) {
  const shared = {
    absWorkingDir: root,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    conditions: ['source'],
    logLevel: 'error',
  };
  await build({
    ...shared,
    stdin: { contents: core, resolveDir: root },
    outfile: path.join(folder, 'core.cjs'),
  });
  await build({ ...shared, entryPoints: ['src/trace/worker.ts'], outfile: path.join(folder, 'worker.cjs') });
}
