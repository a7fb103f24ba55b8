/** POSIX message queues (mq_overview(7)): descriptors whose messages are taken by priority. */

import type { CallRecord } from 'strace-parser';
import { unquote } from '../valueAccess.js';
import type { DescriptorHandler } from './handlers.js';
import { failed } from './ioHandlers.js';
import { opened } from './opened.js';

/** Opens of one name meet in one queue, until the name is removed. */
const openQueue: DescriptorHandler = (model, call, table, place) => {
  const flags = call.argumentText(1);
  // The kernel always sets close-on-exec (mq_overview(7) has them closed by execve).
  const descriptor = opened(model, call, table, place, 'open', true);
  if (!descriptor) return;
  const { description } = descriptor;
  description.kind = 'mqueue';
  description.name = queueName(call);
  description.access = flags.includes('O_RDWR') ? 'readWrite' : flags.includes('O_WRONLY') ? 'write' : 'read';
  description.nonBlocking.set(descriptor.openNs, flags.includes('O_NONBLOCK'));
  model.channels.openQueue(description, flags.includes('O_EXCL'), descriptor.openNs, place.row);
};

const unlinkQueue: DescriptorHandler = (model, call) => {
  if (call.errno === '' || call.errno === 'ENOENT') model.channels.queueUnlinked(queueName(call), call.startNs);
};

/** The C library takes the name's slash off. */
function queueName(call: CallRecord): string {
  return `/${unquote(call.argumentText(0)).replace(/^\//, '')}`;
}

const mqSend: DescriptorHandler = (model, call, table, { row }) => {
  const d = model.use(table, call.argumentNumber(0), call);
  if (!d) return;
  d.calls++;
  if (call.returnValue !== 0) {
    failed(model, d, call);
    return;
  }
  const bytes = call.argumentNumber(2);
  d.bytesOut += bytes;
  d.description.outgoing?.sentMessage(bytes, row, call.argumentNumber(3));
};

export const queueHandlers: readonly [string, DescriptorHandler][] = [
  ['mq_open', openQueue],
  ['mq_unlink', unlinkQueue],
  ['mq_timedsend', mqSend],
  ['mq_timedsend_time64', mqSend],
];
