/**
 * An edge-triggered stream was read once, the buffer came back full, and the thread went to sleep.
 *
 * A short read is as good as EAGAIN (epoll(7)), a thread that only looks for other events keeps the rest in mind, and descriptors
 * that count (eventfd, timerfd) are empty after one read: none of these is a finding. Nor is a stream that the trace knows empty.
 */

import { edgeReports } from './edgeTriggered.js';
import { evidence, sleepAfter } from './evidence.js';
import type { Rule } from './rule.js';

const leastSleepMs = 10;

export const etNotDrained: Rule = {
  id: 'et-not-drained',
  severity: 'error',
  concept: 'edgeTriggered',
  manPages: ['epoll(7)'],
  blames: 'served',
  snippet: 'sys-epoll-et-read',
  check: context =>
    edgeReports(context, 'notDrained').flatMap(({ report, last, description }) => {
      const { events, kernel } = context;
      if (events.name(last).startsWith('accept')) return [];
      if (!['pipe', 'fifo', 'socket'].includes(description.kind)) return [];
      const sleep = sleepAfter(context, last, leastSleepMs);
      if (sleep === null) return [];
      const left = bytesLeft(kernel, description);
      if (left === 0) return [];
      return {
        cause: `fd ${report.fd}`,
        process: report.process,
        thread: report.thread,
        atNs: report.atNs,
        evidence: evidence(['ready', report.row], ['served', last], ['sleep', sleep]),
        values: {
          fd: report.fd,
          read: events.returnValue(last),
          sleptNs: events.endNs(sleep) - events.startNs(sleep),
          left: left ?? -1,
        },
      };
    }),
};

/** Bytes that are in the stream at the end of the trace and nobody read; null when the trace cannot know. */
function bytesLeft(
  kernel: Parameters<Rule['check']>[0]['kernel'],
  description: { channel: number | null; end: number },
): number | null {
  const channel = description.channel === null ? undefined : kernel.descriptorModel.channels.get(description.channel);
  const stream = channel?.streams[description.end === 0 ? 1 : 0];
  return !stream || stream.partial ? null : stream.written - stream.read;
}
