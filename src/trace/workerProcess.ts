/** How the process of a trace is started: with what Node runs it, and which of its environment. */

import type { ForkOptions } from 'node:child_process';

/** JavaScript heap that it may grow to; the store's columns do not count. */
const HEAP_MB = 4096;

/** `live`: it is going to follow a log, on one processor (capture/standAside.ts). */
export function workerProcess(live: boolean): ForkOptions {
  return {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // Of four compiling threads each would take as much of that processor as the one that reads.
    execArgv: [`--max-old-space-size=${HEAP_MB}`, ...(live ? ['--v8-pool-size=1'] : [])],
    env: workerEnvironment(),
  };
}

function workerEnvironment(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    // The editor's own process may be Electron, which is Node when it is told so.
    ELECTRON_RUN_AS_NODE: '1',
    // They are meant for somebody else.
    NODE_OPTIONS: undefined,
    // glibc raises it with each large block that is freed (mallopt(3)), and then keeps what growing columns leave behind: a fifth of all.
    MALLOC_MMAP_THRESHOLD_: '131072',
  };
}
