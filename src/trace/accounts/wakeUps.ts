/** Wake-ups by worker: what several threads that watch one descriptor each got of it (epoll(7), accept(2)). */

import type { RangeQuery, ThreadId } from '../api.js';
import type { WakeUps } from '../accountsApi.js';
import type { Description } from '../model/descriptors/description.js';
import type { AccountContext } from './context.js';

export function wakeUps(context: AccountContext, query: RangeQuery): WakeUps[] {
  const { events, processes, kernel } = context;
  const lanes = query.lanes && new Set(query.lanes);
  const targets = new Map<Description, { of: WakeUps; workers: Map<ThreadId, WakeUps['workers'][number]> }>();
  for (const report of kernel.waitingModel.watched()) {
    const { interest, thread, atNs } = report;
    const target = interest?.target;
    if (!target || atNs < query.startNs || atNs > query.endNs || (lanes && !lanes.has(thread))) continue;
    let known = targets.get(target);
    if (!known) {
      const of: WakeUps = { fd: interest.fd, name: target.name, exclusive: false, workers: [] };
      targets.set(target, (known = { of, workers: new Map() }));
    }
    if (interest.events.includes('EPOLLEXCLUSIVE')) known.of.exclusive = true;
    let worker = known.workers.get(thread);
    if (!worker) {
      const { process, row } = report;
      const who = { process, pid: processes.pid(process), tid: events.tid(row), firstRow: row };
      known.workers.set(thread, (worker = { ...who, woken: 0, won: 0, vain: 0 }));
    }
    worker.woken++;
    const first = report.served[0];
    if (first === undefined) continue;
    if (events.returnValue(first) >= 0) worker.won++;
    else if (['EAGAIN', 'EWOULDBLOCK'].includes(events.errno(first))) worker.vain++;
  }
  return [...targets.values()]
    .filter(({ workers }) => workers.size > 1)
    .map(({ of, workers }) => ({ ...of, workers: [...workers.values()].sort((a, b) => a.tid - b.tid) }));
}
