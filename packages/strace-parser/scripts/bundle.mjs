/** The package as ES modules, one file an entry plus what they share: what is published, tested across threads and measured. */

import path from 'node:path';
import { build } from 'esbuild';

export function bundle(outdir) {
  return build({
    absWorkingDir: path.dirname(import.meta.dirname),
    entryPoints: {
      index: 'src/index.ts',
      'batch/index': 'src/batch/index.ts',
      'node/index': 'src/node/index.ts',
      'node/fileWorker': 'src/node/fileWorker.ts',
    },
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    external: ['node:*'],
    chunkNames: 'shared-[hash]',
    logLevel: 'warning',
  });
}
