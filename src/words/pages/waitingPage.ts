/** Who waits for whom at a moment, locks, and what became of each readiness: the page about waiting. */

import type { ProcessId } from '../../trace/api.js';
import type { WaitingThread } from '../../trace/accountsApi.js';
import type { FutexInfo, LockInfo } from '../../trace/modelApi.js';
import { countText, durationText, instantText } from '../quantities.js';
import type { Translate } from '../translate.js';
import { reasonText } from '../waitWords.js';
import { multiplexSections } from './multiplexSections.js';
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

export async function waitingPage(source: PageSource, query: PageQuery, t: Translate): Promise<Page> {
  const selected = query.thread === null ? null : await source.processOf(query.thread);
  const only: ProcessId | null = query.onlyProcess ? (selected?.id ?? null) : null;
  const { atNs } = query;
  const [waiting, locks, futexes, multiplexed] = await Promise.all([
    source.waitingAt({ atNs }),
    source.locks({ atNs }),
    source.futexes({ process: only }),
    multiplexSections(source, { only, selected, atNs, range: query.range }, t),
  ]);
  const mine = waiting.filter(w => only === null || w.process === only);
  const when = atNs === null ? t('at the end') : t('at {0}', instantText(atNs));
  const sections = [...waitingSection(mine, t), ...lockSection(locks, t), ...futexSection(futexes, t), ...multiplexed];
  const lead =
    mine.length === 0 ? t('Nobody waits {0}.', when) : t('{0} threads wait {1}.', countText(mine.length), when);
  return {
    lead: sections.length === 0 ? '' : lead,
    sections,
    empty: sections.length === 0 ? t('Nobody waits {0}.', when) : '',
  };
}

function waitingSection(waiting: readonly WaitingThread[], t: Translate): PageSection[] {
  return table(
    { id: 'waiting', title: t('Who waits') },
    [
      { key: 'thread', heading: t('Thread'), numeric: true },
      { key: 'call', heading: t('Call'), code: true },
      { key: 'for', heading: t('Waits'), wide: true },
      { key: 'since', heading: t('Since'), numeric: true },
      { key: 'waited', heading: t('In all'), numeric: true },
      { key: 'ended', heading: t('Ended by') },
    ],
    waiting.map(w => [
      cell(w.tid === w.pid ? String(w.tid) : `${w.pid}/${w.tid}`),
      linked(w.name, w.row),
      cell(w.fdName === '' ? reasonText(w.why, t) : `${reasonText(w.why, t)}: ${w.fdName}`, { title: w.fdName }),
      cell(instantText(w.sinceNs)),
      w.untilNs === null ? cell(t('still waits'), { tone: 'warn' }) : cell(durationText(w.untilNs - w.sinceNs)),
      enderCell(w, t),
    ]),
  );
}

function enderCell({ why }: WaitingThread, t: Translate): PageCell {
  if (why.endedBy) return linked(t('{0} in {1}', why.endedBy.name, why.endedBy.pid), why.endedBy.row);
  if (why.couldEnd.length === 0) return empty;
  const who = why.couldEnd.map(c => (c.fd === null ? String(c.pid) : `${c.pid}:${c.fd}`));
  return cell(t('could be: {0}', [...new Set(who)].join(' ')), { tone: 'dim' });
}

function lockSection(locks: readonly LockInfo[], t: Translate): PageSection[] {
  const kinds: Record<LockInfo['kind'], () => string> = {
    flock: () => 'flock',
    posix: () => t('record lock of the process'),
    ofd: () => t('record lock of the open file'),
    futex: () => 'futex',
    semaphore: () => t('semaphore'),
  };
  return table(
    { id: 'locks', title: t('Locks held') },
    [
      { key: 'kind', heading: t('Kind') },
      { key: 'name', heading: t('On'), code: true, wide: true },
      { key: 'mode', heading: t('Mode') },
      { key: 'since', heading: t('Since'), numeric: true },
      { key: 'until', heading: t('Until'), numeric: true },
      { key: 'waiters', heading: t('Waiting for it') },
    ],
    locks.map(l => [
      cell(kinds[l.kind]()),
      cell(l.name, { title: l.name }),
      cell(l.mode === 'shared' ? t('shared') : t('exclusive')),
      linked(instantText(l.fromNs), l.acquiredRow),
      l.toNs === null ? empty : linked(instantText(l.toNs), l.releasedRow),
      l.waiters.length === 0
        ? empty
        : linked(t('{0} threads', l.waiters.length), l.waiters[0]?.row ?? null, { tone: 'warn' }),
    ]),
  );
}

/** The most waited for first. Only contended locks reach the kernel: a lock that is free is taken without a call (futex(7)). */
function futexSection(futexes: readonly FutexInfo[], t: Translate): PageSection[] {
  const waited = futexes.filter(f => f.waits > 0).sort((a, b) => b.waitedNs - a.waitedNs);
  return table(
    {
      id: 'futexes',
      title: t('Locks and conditions in memory (futexes)'),
      note: t('Over the whole trace. A free lock is taken without a call, so only contention is seen.'),
    },
    [
      { key: 'address', heading: t('Address'), code: true, wide: true },
      { key: 'threads', heading: t('Threads'), numeric: true },
      { key: 'waits', heading: t('Waits'), numeric: true },
      { key: 'wakes', heading: t('Wakes'), numeric: true },
      { key: 'time', heading: t('Waited'), numeric: true },
    ],
    waited.map(f => [
      cell(`0x${f.address.toString(16)}`),
      cell(countText(f.threads.length)),
      cell(countText(f.waits)),
      cell(countText(f.wakes)),
      cell(durationText(f.waitedNs)),
    ]),
  );
}
