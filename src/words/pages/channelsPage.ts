/** What bytes and messages travel through at a moment: pipes, FIFOs, connections, queues, shared memory; and every socket. */

import type { SocketInfo } from '../../trace/accountsApi.js';
import type { ChannelInfo } from '../../trace/modelApi.js';
import { bytesText, countText, instantText } from '../quantities.js';
import type { Translate } from '../translate.js';
import {
  cell,
  empty,
  linked,
  table,
  type Page,
  type PageCell,
  type PageQuery,
  type PageSection,
  type PageSource,
} from './page.js';

/** Kinds that are listed together. */
const groups = {
  pipes: ['pipe', 'fifo'],
  sockets: ['socketpair', 'unix', 'tcp', 'udp'],
  queues: ['mqueue', 'sysvQueue', 'eventfd', 'other'],
  shared: ['sysvShm', 'posixShm', 'sharedMap', 'sysvSem'],
} as const satisfies Record<string, readonly ChannelInfo['kind'][]>;

export async function channelsPage(source: PageSource, query: PageQuery, t: Translate): Promise<Page> {
  const process =
    query.onlyProcess && query.thread !== null ? ((await source.processOf(query.thread))?.id ?? null) : null;
  const { atNs } = query;
  const [channels, sockets] = await Promise.all([
    source.channels({ process, atNs }),
    source.sockets({ process, atNs }),
  ]);
  const of = (kinds: readonly ChannelInfo['kind'][]): ChannelInfo[] => channels.filter(c => kinds.includes(c.kind));
  const sections = [
    ...streamSection('pipes', t('Pipes and FIFOs'), of(groups.pipes), atNs, t),
    ...streamSection('connections', t('Connections and socket pairs'), of(groups.sockets), atNs, t),
    ...socketSection(sockets, t),
    ...queueSection(of(groups.queues), atNs, t),
    ...sharedSection(of(groups.shared), atNs, t),
  ];
  return {
    lead: sections.length === 0 ? '' : atNs === null ? t('At the end of the trace') : t('At {0}', instantText(atNs)),
    sections,
    empty: sections.length === 0 ? t('No pipe, socket, queue or shared memory was made until then.') : '',
  };
}

function streamSection(
  id: string,
  title: string,
  channels: readonly ChannelInfo[],
  atNs: number | null,
  t: Translate,
): PageSection[] {
  return table(
    { id, title },
    [
      { key: 'kind', heading: t('Kind') },
      { key: 'name', heading: t('Name'), code: true, wide: true },
      { key: 'from', heading: id === 'pipes' ? t('Readers') : t('One end') },
      { key: 'to', heading: id === 'pipes' ? t('Writers') : t('Other end') },
      { key: 'written', heading: t('Written'), numeric: true },
      { key: 'read', heading: t('Read'), numeric: true },
      { key: 'flying', heading: t('In flight'), numeric: true },
      { key: 'state', heading: t('State') },
    ],
    channels.map(c => {
      const oneWay = c.kind === 'pipe' || c.kind === 'fifo';
      return [
        linked(kindWords(c.kind, t), c.bornRow),
        cell(c.name, { title: c.name }),
        holdersCell(c, 0, atNs, t),
        holdersCell(c, 1, atNs, t),
        ...(oneWay
          ? [amount(c.bytesWritten[1]), amount(c.bytesRead[1]), flying(c.inFlight[1], t)]
          : [bothWays(c.bytesWritten), bothWays(c.bytesRead), flyingBoth(c.inFlight, t)]),
        stateCell(c, atNs, t),
      ];
    }),
  );
}

function queueSection(channels: readonly ChannelInfo[], atNs: number | null, t: Translate): PageSection[] {
  return table(
    { id: 'queues', title: t('Message queues and counters') },
    [
      { key: 'kind', heading: t('Kind') },
      { key: 'name', heading: t('Name'), code: true, wide: true },
      { key: 'holders', heading: t('Used by') },
      { key: 'written', heading: t('Sent'), numeric: true },
      { key: 'read', heading: t('Received'), numeric: true },
      { key: 'flying', heading: t('Waiting in it'), numeric: true },
      { key: 'state', heading: t('State') },
    ],
    channels.map(c => {
      const size = c.kind === 'eventfd' ? countText : bytesText;
      const sum = ([a, b]: [number, number]): PageCell => cell(size(a + b));
      const left = c.inFlight[1];
      return [
        linked(kindWords(c.kind, t), c.bornRow),
        cell(c.name, { title: c.name }),
        holdersCell(c, 0, atNs, t),
        ...[sum(c.bytesWritten), sum(c.bytesRead)],
        left === null
          ? cell('?', { tone: 'dim', title: t('The trace cannot know.') })
          : cell(left === 0 ? '' : size(left)),
        stateCell(c, atNs, t),
      ];
    }),
  );
}

function sharedSection(channels: readonly ChannelInfo[], atNs: number | null, t: Translate): PageSection[] {
  return table(
    { id: 'shared', title: t('Shared memory and semaphores') },
    [
      { key: 'kind', heading: t('Kind') },
      { key: 'name', heading: t('Name'), code: true, wide: true },
      { key: 'holders', heading: t('Used by') },
      { key: 'state', heading: t('State') },
    ],
    channels.map(c => [
      linked(kindWords(c.kind, t), c.bornRow),
      cell(c.name, { title: c.name }),
      holdersCell(c, 0, atNs, t),
      stateCell(c, atNs, t),
    ]),
  );
}

function socketSection(sockets: readonly SocketInfo[], t: Translate): PageSection[] {
  const states: Record<SocketInfo['state'], () => string> = {
    listening: () => t('listening'),
    connected: () => t('connected'),
    peerClosed: () => t('peer has closed'),
    reset: () => t('reset'),
    bound: () => t('bound'),
    unconnected: () => t('not connected'),
  };
  return table(
    { id: 'sockets', title: t('Sockets') },
    [
      { key: 'pid', heading: t('Process'), numeric: true },
      { key: 'fd', heading: t('fd'), numeric: true },
      { key: 'state', heading: t('State') },
      { key: 'local', heading: t('Local address'), code: true, wide: true },
      { key: 'remote', heading: t('Peer address'), code: true },
      { key: 'queue', heading: t('Not read'), numeric: true },
      { key: 'in', heading: t('In'), numeric: true },
      { key: 'out', heading: t('Out'), numeric: true },
    ],
    sockets.map(s => [
      cell(String(s.pid)),
      linked(String(s.fd), s.birthRow),
      cell(states[s.state](), s.state === 'reset' ? { tone: 'bad' } : s.state === 'peerClosed' ? { tone: 'warn' } : {}),
      cell(s.local || s.name, { title: s.name }),
      cell(s.remote),
      s.receiveQueue ? cell(bytesText(s.receiveQueue)) : empty,
      amount(s.bytesIn),
      amount(s.bytesOut),
    ]),
  );
}

/** Who holds an end at that time: `2010:5`, once each; in words when nobody does. */
function holdersCell(channel: ChannelInfo, end: 0 | 1, atNs: number | null, t: Translate): PageCell {
  const found = channel.ends[end];
  if (!found) return empty;
  const now = found.holders.filter(h =>
    atNs === null ? h.toNs === null : h.fromNs <= atNs && (h.toNs ?? Infinity) > atNs,
  );
  const who = [...new Set(now.map(h => (h.fd < 0 ? String(h.pid) : `${h.pid}:${h.fd}`)))];
  const once = [...new Set(found.holders.map(h => (h.fd < 0 ? String(h.pid) : `${h.pid}:${h.fd}`)))];
  if (who.length > 0) return cell(who.join(' '), { title: found.address });
  if (once.length === 0) return cell(t('not seen'), { tone: 'dim' });
  return cell(t('closed'), { tone: 'dim', title: t('Held before: {0}', once.join(' ')) });
}

function stateCell(c: ChannelInfo, atNs: number | null, t: Translate): PageCell {
  if (c.resetNs !== null) return cell(t('reset'), { tone: 'bad' });
  if (c.removedNs !== null) return cell(t('removed'));
  if (c.eofNs !== null) return cell(t('read to its end'));
  if (
    c.kind === 'sysvQueue' ||
    c.kind === 'sysvShm' ||
    c.kind === 'sysvSem' ||
    c.kind === 'mqueue' ||
    c.kind === 'posixShm'
  )
    return cell(t('stays until removed'), { tone: 'dim' });
  const open = c.ends.some(e => e.holders.some(h => (atNs === null ? h.toNs === null : (h.toNs ?? Infinity) > atNs)));
  return open ? cell(t('open')) : cell(t('closed'), { tone: 'dim' });
}

function amount(bytes: number): PageCell {
  return bytes === 0 ? empty : cell(bytesText(bytes));
}

function bothWays([one, other]: [number, number]): PageCell {
  if (one === 0 && other === 0) return empty;
  return cell(`${bytesText(one)} → ${bytesText(other)} ←`);
}

function flying(bytes: number | null, t: Translate): PageCell {
  if (bytes === null) return cell('?', { tone: 'dim', title: t('The trace cannot know: an end of it is outside.') });
  return bytes === 0 ? empty : cell(bytesText(bytes), { tone: 'warn' });
}

function flyingBoth([one, other]: [number | null, number | null], t: Translate): PageCell {
  return one === null || other === null ? flying(null, t) : flying(one + other, t);
}

function kindWords(kind: ChannelInfo['kind'], t: Translate): string {
  const words: Record<ChannelInfo['kind'], () => string> = {
    pipe: () => t('pipe'),
    fifo: () => t('FIFO'),
    socketpair: () => t('socket pair'),
    unix: () => t('Unix'),
    tcp: () => t('TCP'),
    udp: () => t('UDP'),
    mqueue: () => t('POSIX queue'),
    sysvQueue: () => t('System V queue'),
    sysvShm: () => t('System V segment'),
    posixShm: () => t('POSIX segment'),
    sharedMap: () => t('shared mapping'),
    sysvSem: () => t('System V semaphores'),
    eventfd: () => t('eventfd'),
    other: () => t('other'),
  };
  return words[kind]();
}
