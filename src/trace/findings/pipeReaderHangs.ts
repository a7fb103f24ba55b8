/** A process waits in read for a pipe whose only write end it holds itself: end of file cannot come (pipe(7)). */

import type { ProcessInfo } from '../api.js';
import { evidence } from './evidence.js';
import type { Rule } from './rule.js';

export const pipeReaderHangs: Rule = {
  id: 'pipe-reader-hangs',
  severity: 'error',
  concept: 'pipe',
  manPages: ['pipe(7)', 'read(2)'],
  snippet: 'sys-pipe',
  check: context =>
    context.processes.flatMap(process => {
      // One thread only: another one could write.
      if (process.threads.length !== 1 || exitedByItself(process)) return [];
      const thread = process.threads[0]!;
      const { events, kernel, nowNs, settings } = context;
      const read = events.lastCallOf(thread);
      if (read === null || events.name(read) !== 'read') return [];
      const sinceNs = events.startNs(read);
      const untilNs = process.endNs ?? nowNs;
      const own = kernel.descriptorModel.find(process.id, events.fd(read), sinceNs);
      const channel = kernel.descriptorModel.channels.get(own?.description.channel ?? -1);
      if (!own || channel?.kind !== 'pipe' || own.description.end !== 0) return [];
      const writers = [...channel.descriptions[1]]
        .flatMap(d => d.descriptors)
        .filter(d => d.closeNs === null || d.closeNs >= untilNs);
      if (writers.length === 0 || writers.some(w => w.table.owner !== process.id)) return [];
      // Since the last other writer closed.
      const others = [...channel.descriptions[1]].flatMap(d => d.descriptors).filter(d => d.table.owner !== process.id);
      const aloneNs = Math.max(sinceNs, ...others.map(d => d.closeNs ?? untilNs));
      if (untilNs - aloneNs < settings.stuckMs * 1e6) return [];
      return {
        cause: `fd ${own.fd}`,
        process: process.id,
        thread,
        atNs: aloneNs,
        evidence: evidence(['inherited', writers[0]!.birthRow], ['lastClose', others.at(-1)?.deathRow], ['read', read]),
        values: { fd: own.fd, writeFd: writers[0]!.fd, waitedNs: untilNs - aloneNs },
      };
    }),
};

function exitedByItself({ exit }: ProcessInfo): boolean {
  return exit !== null && 'code' in exit;
}
