/**
 * What is still alive when strace has ended before its program (killed from outside, out of memory). Such processes are no longer
 * recorded and often broken (see survivorsAreBroken), so they are ended: nothing of ours stays behind.
 */

import type { ProcessId } from '../trace/api.js';
import { identify, type ProcessIdentity } from '../trace/capture/procfs.js';
import { systemProcessTable } from '../trace/capture/stop.js';
import type { TraceSource } from '../trace/traceSource.js';

const pageSize = 1000;

/** Kills the processes that the log does not see end. Returns how many. */
export async function endSurvivors(trace: TraceSource, tracer: ProcessIdentity): Promise<number> {
  let ended = 0;
  for await (const pid of withoutEnd(trace)) {
    // Born before strace means that the pid is somebody else's by now, or was read in another pid namespace.
    if ((identify(pid)?.startTicks ?? -1) < tracer.startTicks) continue;
    systemProcessTable.signal(pid, 'SIGKILL');
    ended++;
  }
  return ended;
}

/** Pids of all processes of the trace that did not end in it. */
async function* withoutEnd(trace: TraceSource): AsyncGenerator<number> {
  const parents: (ProcessId | null)[] = [null];
  for (let parent = parents.pop(); parent !== undefined; parent = parents.pop()) {
    for (let offset = 0, total = 1; offset < total; offset += pageSize) {
      const page = await trace.processes({ parent, offset, limit: pageSize });
      total = page.total;
      for (const process of page.processes) {
        if (process.state.kind === 'lost' || process.endNs === null) yield process.pid;
        if (process.children.length > 0) parents.push(process.id);
      }
    }
  }
}
