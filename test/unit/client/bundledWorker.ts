/** Builds the worker as the product's build does, once a test run. */

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

let built: Promise<string> | undefined;

/** Path of the bundled worker. */
export function bundledWorker(): Promise<string> {
  return (built ??= (async () => {
    const outfile = join(mkdtempSync(join(tmpdir(), 'syscape-worker-')), 'worker.cjs');
    await build({
      entryPoints: ['src/trace/worker.ts'],
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: 'node20',
      conditions: ['source'],
      outfile,
      logLevel: 'error',
    });
    return outfile;
  })());
}
