/**
 * What the models know about an event, in words: the descriptor and where it came from, why the call waited and who ended the
 * wait, what a readiness led to, where an address lies. Right by the man pages; what the trace does not know is not said.
 */

import type { EventDetail } from '../trace/api.js';
import type {
  ChannelInfo,
  DescriptorInfo,
  EventContext,
  ReadinessInfo,
  RegionInfo,
  WhyBlocked,
} from '../trace/modelApi.js';
import type { WordRow } from './factWords.js';
import { bytesText, durationText, instantText } from './quantities.js';
import type { Translate } from './translate.js';
import { reasonText } from './waitWords.js';

export function contextRows(context: EventContext, detail: EventDetail, t: Translate): WordRow[] {
  const rows: WordRow[] = [];
  if (context.descriptor) rows.push(descriptorRow(context.descriptor, context, t));
  if (context.channel) rows.push({ label: t('Channel'), text: channelText(context.channel, t) });
  if (context.why) rows.push(whyRow(context.why, t));
  for (const readiness of context.readiness) rows.push(readinessRow(readiness, detail, t));
  if (context.fault) rows.push({ label: t('Address'), text: faultText(context.fault, t) });
  if (context.region) rows.push({ label: t('Memory'), text: regionText(context.region, t) });
  if (context.disposition) rows.push({ label: t('Disposition'), text: dispositionText(context.disposition, t) });
  if (context.handler) rows.push(handlerRow(context.handler, detail, t));
  const tracer = tracerText(context, detail, t);
  if (tracer !== '') rows.push({ label: t('Tracing'), text: tracer });
  return rows;
}

function descriptorRow(d: DescriptorInfo, context: EventContext, t: Translate): WordRow {
  const parts = [`${d.fd} ${d.name === '' ? kindWords(d.kind, t) : d.name}`];
  const birth = context.descriptorBirth;
  if (birth && d.birth === 'fork') parts.push(t('inherited at {0} ({1})', instantText(birth.atNs), birth.name));
  else if (birth) parts.push(t('made by {0} at {1}', birth.name, instantText(birth.atNs)));
  else if (d.birth === 'unknown') parts.push(t('open since before the trace began'));
  if (d.nonBlocking !== null && canBlock.has(d.kind)) parts.push(d.nonBlocking ? t('non-blocking') : t('blocking'));
  if (d.append) parts.push(t('append'));
  if (d.closeOnExec) parts.push(t('close-on-exec'));
  if (d.deleted) parts.push(t('unlinked'));
  for (const w of context.watchedBy)
    parts.push(
      w.trigger === 'edge' ? t('edge-triggered in epoll {0}', w.epollFd) : t('level-triggered in epoll {0}', w.epollFd),
    );
  if (d.siblings.length > 0)
    parts.push(t('shares its offset with {0}', d.siblings.map(s => `${s.pid}:${s.fd}`).join(', ')));
  return { label: t('Descriptor'), text: parts.join(', '), ...(birth ? { row: birth.row } : {}) };
}

/** Kinds for which O_NONBLOCK makes a difference to read and write. */
const canBlock: ReadonlySet<DescriptorInfo['kind']> = new Set([
  'pipe',
  'fifo',
  'socket',
  'char',
  'eventfd',
  'signalfd',
  'timerfd',
  'inotify',
  'mqueue',
]);

function kindWords(kind: DescriptorInfo['kind'], t: Translate): string {
  const words: Record<DescriptorInfo['kind'], string> = {
    file: t('file'),
    directory: t('directory'),
    symlink: t('symbolic link'),
    char: t('character device'),
    block: t('block device'),
    fifo: t('FIFO'),
    pipe: t('pipe'),
    socket: t('socket'),
    epoll: t('epoll'),
    eventfd: t('eventfd'),
    signalfd: t('signalfd'),
    timerfd: t('timerfd'),
    inotify: t('inotify'),
    memfd: t('memory file'),
    pidfd: t('pidfd'),
    mqueue: t('message queue'),
    ioUring: t('io_uring'),
    other: t('other'),
    unknown: t('unknown'),
  };
  return words[kind];
}

/** `pipe: read end in 2010 (3), write end in 2009 (4); 512 B written, 500 B read, 12 B in flight` */
function channelText(channel: ChannelInfo, t: Translate): string {
  const ends = channel.ends
    .map(end => {
      const who = [...new Set(end.holders.map(h => `${h.pid}:${h.fd}`))].join(', ');
      return who === '' ? '' : t('{0} end: {1}', end.role, who);
    })
    .filter(text => text !== '');
  const written = channel.bytesWritten[0] + channel.bytesWritten[1];
  const read = channel.bytesRead[0] + channel.bytesRead[1];
  const amounts = [t('{0} written', bytesText(written)), t('{0} read', bytesText(read))];
  const flying = (channel.inFlight[0] ?? 0) + (channel.inFlight[1] ?? 0);
  if (channel.inFlight.some(n => n !== null) && flying > 0) amounts.push(t('{0} in flight', bytesText(flying)));
  return [`${channel.kind} ${channel.name}`.trim(), ...ends, amounts.join(', ')].join('; ');
}

function whyRow(why: WhyBlocked, t: Translate): WordRow {
  const what = reasonText(why, t);
  const waited = durationText(why.waitedNs);
  if (why.endedBy) {
    const { name, pid, row } = why.endedBy;
    return { label: t('Why blocked'), text: t('waited {0} {1}; ended by {2} in {3}', waited, what, name, pid), row };
  }
  if (why.couldEnd.length > 0) {
    const who = why.couldEnd.map(c => (c.fd === null ? String(c.pid) : `${c.pid}:${c.fd}`)).join(', ');
    return { label: t('Why blocked'), text: t('has waited {0} {1}; could be ended by {2}', waited, what, who) };
  }
  return { label: t('Why blocked'), text: t('waited {0} {1}', waited, what) };
}

function readinessRow(r: ReadinessInfo, detail: EventDetail, t: Translate): WordRow {
  const outcomes: Record<ReadinessInfo['outcome'], string> = {
    eagain: t('drained until EAGAIN'),
    shortRead: t('drained: the last read was short'),
    eof: t('read to end of file'),
    error: t('ended in an error'),
    notDrained: t('not drained: the thread stopped while there may have been more'),
    unserved: t('not served before the thread waited again'),
    other: t('served'),
    unknown: t('what became of it is unknown'),
  };
  const events = r.events.join('|');
  if (r.row === detail.row) {
    const more = r.outcome === 'notDrained' || r.outcome === 'unserved';
    const outcome =
      more && r.trigger === 'level'
        ? t('served; level-triggered, so it is reported again while there is more')
        : outcomes[r.outcome];
    const text = t('{0} on {1}: {2}', events, r.fd, outcome);
    const first = r.served[0];
    return { label: t('Reported'), text, ...(first === undefined ? {} : { row: first }) };
  }
  return { label: t('Serves'), text: t('{0} on {1}, reported at {2}', events, r.fd, instantText(r.atNs)), row: r.row };
}

function faultText(fault: NonNullable<EventContext['fault']>, t: Translate): string {
  const address = `0x${fault.address.toString(16)}`;
  switch (fault.near) {
    case 'null':
      return t('{0}: the null page, which is never mapped (a null pointer, or a field of one)', address);
    case 'stackGuard':
      return t('{0}: in the stack\u2019s area, outside the stack (overflow, or a wild pointer)', address);
    case 'pastEndOfFile':
      return t('{0}: in a mapping, beyond the end of the mapped file', address);
    case 'unmapped':
      return t('{0}: no mapping the trace knows of', address);
    case 'protection':
      return t('{0}: mapped, but its protection forbids the access', address);
  }
}

function regionText(r: RegionInfo, t: Translate): string {
  const range = `0x${r.start.toString(16)}\u20130x${r.end.toString(16)}`;
  const parts = [range, bytesText(r.end - r.start), r.protection, r.shared ? t('shared') : t('private')];
  if (r.path !== '') parts.push(r.path);
  else parts.push(r.kind === 'heap' ? t('heap') : r.kind === 'stack' ? t('stack') : t('anonymous'));
  if (r.sharedWith.length > 0) {
    const who = r.sharedWith.map(s => s.pid).join(', ');
    parts.push(r.shared ? t('shared with {0}', who) : t('copy on write with {0}', who));
  }
  return parts.join(', ');
}

function dispositionText(d: NonNullable<EventContext['disposition']>, t: Translate): string {
  const flags = d.flags.filter(f => f !== 'SA_RESTORER').join('|');
  switch (d.action) {
    case 'default':
      return t('default action');
    case 'ignore':
      return t('ignored');
    case 'handler':
      return flags === '' ? t('handler {0}', d.handler) : t('handler {0}, {1}', d.handler, flags);
  }
}

function handlerRow(h: NonNullable<EventContext['handler']>, detail: EventDetail, t: Translate): WordRow {
  const ran = h.endNs === null ? t('has not returned') : t('ran {0}', durationText(h.endNs - h.startNs));
  const interrupted =
    h.interruptedRow === null
      ? ''
      : h.restarted === null
        ? t('interrupted a call')
        : h.restarted
          ? t('interrupted a call, which the kernel restarted')
          : t('interrupted a call, which failed with EINTR');
  const other = detail.row === h.deliveredRow ? (h.interruptedRow ?? h.returnRow) : h.deliveredRow;
  const text = [t('of {0}', h.signal), ran, interrupted].filter(part => part !== '').join(', ');
  return { label: t('Handler'), text, ...(other === null ? {} : { row: other }) };
}

/** `about 24 µs of it are the tracer\u2019s`: an estimate, and said to be one. */
function tracerText(context: EventContext, detail: EventDetail, t: Translate): string {
  const { perCallNs, how } = context.overhead;
  if (detail.kind !== 'call' || perCallNs === null || detail.endNs === null) return '';
  const took = detail.endNs - detail.startNs;
  const share = durationText(Math.min(took, perCallNs));
  return how === 'calibrated'
    ? t('about {0} of it is the tracer\u2019s (measured with a known loop)', share)
    : t('about {0} of it is the tracer\u2019s (estimated from the fastest calls of this trace)', share);
}
