/** How each open descriptor is waited for: the I/O model by what the program did with it, and its working and waiting time. */

import type { ProcessId } from '../api.js';
import type { DescriptorUse, IoModel } from '../accountsApi.js';
import type { Descriptor } from '../model/descriptors/description.js';
import type { DescriptorKind } from '../modelApi.js';
import type { AccountContext } from './context.js';

/** Kinds for which it makes a difference whether data is there: files and directories never make a caller wait for it. */
const waitable: ReadonlySet<DescriptorKind> = new Set<DescriptorKind>([
  ...(['pipe', 'fifo', 'socket', 'char', 'eventfd', 'signalfd', 'timerfd', 'inotify', 'mqueue', 'pidfd'] as const),
]);

export function descriptorUse(context: AccountContext, process: ProcessId, atNs: number): DescriptorUse[] {
  const { events, kernel } = context;
  const open = kernel.descriptorModel.openOf(process, atNs);
  const uses = new Map<number, { d: Descriptor; use: DescriptorUse }>();
  for (const d of open)
    uses.set(d.fd, { d, use: { id: d.id, fd: d.fd, model: null, workedNs: 0, blockedNs: 0, notReady: 0 } });
  for (const thread of events.threads()) {
    const first = events.firstRowOf(thread);
    if (first === null || events.process(first) !== process) continue;
    for (const row of events.callsIn(thread, 0, atNs)) {
      const known = uses.get(events.fd(row));
      if (!known || events.startNs(row) < known.d.openNs) continue;
      const ns = Math.min(events.endNs(row), atNs) - events.startNs(row);
      if (events.waited(row)) known.use.blockedNs += ns;
      else known.use.workedNs += ns;
      const errno = events.errno(row);
      if (errno === 'EAGAIN' || errno === 'EWOULDBLOCK') known.use.notReady++;
    }
  }
  const multiplexed = watchedFds(context, process, atNs);
  for (const { d, use } of uses.values()) use.model = modelOf(d, atNs, multiplexed);
  return [...uses.values()].map(({ use }) => use);
}

function watchedFds({ kernel }: AccountContext, process: ProcessId, atNs: number): ReadonlySet<number> {
  const watched = kernel.waitingModel.interest(process, atNs).map(interest => interest.fd);
  return new Set([...watched, ...kernel.waitingModel.reportedFds(process)]);
}

function modelOf(d: Descriptor, atNs: number, multiplexed: ReadonlySet<number>): IoModel | null {
  const { description } = d;
  if (!waitable.has(description.kind)) return description.kind === 'ioUring' ? 'asynchronous' : null;
  if (description.signalled?.at(atNs)) return 'signalDriven';
  if (multiplexed.has(d.fd)) return 'multiplexed';
  const nonBlocking = description.nonBlocking.at(atNs);
  if (nonBlocking === undefined) return null;
  return nonBlocking ? 'nonBlocking' : 'blocking';
}
