/** A file was copied through a buffer, piece by piece, where the kernel could have moved it (sendfile(2), copy_file_range(2)). */

import { evidence } from './evidence.js';
import type { Rule } from './rule.js';

/** Less is not worth another call. */
const leastBytes = 256 * 1024;
const leastPieces = 4;

export const copyLoopCouldBeSendfile: Rule = {
  id: 'copy-loop-could-be-sendfile',
  severity: 'info',
  concept: 'zeroCopy',
  manPages: ['sendfile(2)', 'copy_file_range(2)', 'splice(2)'],
  blames: 'firstRead',
  snippet: 'sys-sendfile',
  check: ({ kernel, process: byId, nowNs, events }) =>
    kernel.transferModel.inRange(0, nowNs, null).flatMap(transfer => {
      if (transfer.method !== 'readWrite' || transfer.bytes < leastBytes) return [];
      if (transfer.calls < 2 * leastPieces) return [];
      const from = kernel.descriptorModel.find(transfer.process, transfer.fromFd, transfer.startNs);
      if (from?.description.kind !== 'file' || !byId(transfer.process)) return [];
      return {
        cause: `${transfer.fromFd} ${transfer.toFd}`,
        process: transfer.process,
        thread: events.thread(transfer.firstRow),
        atNs: transfer.startNs,
        evidence: evidence(
          ['opened', from.birthRow],
          ['firstRead', transfer.firstRow],
          ['firstWrite', events.next(transfer.firstRow)],
        ),
        values: { from: transfer.fromName, to: transfer.toName, bytes: transfer.bytes, calls: transfer.calls },
      };
    }),
};
