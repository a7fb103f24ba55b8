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
  const sections = [
    ...circleSection(mine, await stuckProcesses(source, mine), t),
    ...waitingSection(mine, t),
    ...lockSection(locks, t),
    ...futexSection(futexes, t),
    ...multiplexed,
  ];
  const lead =
    mine.length === 0
      ? t('Nobody waits {0}.', when)
      : mine.length === 1
        ? t('1 thread waits {0}.', when)
        : t('{0} threads wait {1}.', countText(mine.length), when);
  return {
    lead: sections.length === 0 ? '' : lead,
    sections,
    empty: sections.length === 0 ? t('Nobody waits {0}.', when) : '',
  };
}

/** Processes all of whose living threads wait for a wake that only another of them could give. */
async function stuckProcesses(source: PageSource, waiting: readonly WaitingThread[]): Promise<Map<number, number>> {
  const found = new Map<number, number>();
  for (const id of new Set(waiting.filter(w => w.stuck).map(w => w.process))) {
    const [process, threads] = [await source.process(id), waiting.filter(w => w.process === id)];
    // A thread that is over waits for nothing: with as many waiting as there are lanes, or all that wait stuck, none is left.
    const alive = process ? await livingThreads(source, process.threads, threads) : 0;
    if (alive === threads.length && threads.every(w => w.stuck)) found.set(id, threads.length);
  }
  return found;
}

/** Threads of a process that had not ended when those wait. */
async function livingThreads(
  source: PageSource,
  threads: readonly number[],
  waiting: readonly WaitingThread[],
): Promise<number> {
  const atNs = Math.max(...waiting.map(w => w.sinceNs)) + 1;
  const page = await source.lanes({ offset: 0, limit: 1e6, folded: [], root: waiting[0]?.process ?? null });
  const own = new Set(threads);
  return page.threads.filter(
    thread => own.has(thread.id) && thread.startNs <= atNs && (thread.endNs ?? Infinity) > atNs,
  ).length;
}

/** Who waits for whom in a circle, where the trace knows who could end a wait; and threads that none is left to wake. */
function circleSection(
  waiting: readonly WaitingThread[],
  stuck: ReadonlyMap<number, number>,
  t: Translate,
): PageSection[] {
  const facts: { label: string; cells: PageCell[] }[] = [];
  for (const [process, count] of stuck) {
    const threads = waiting.filter(w => w.process === process);
    facts.push({
      label: t('Process {0}', threads[0]?.pid ?? ''),
      cells: [
        cell(t('its {0} living threads all wait to be woken, and none is left to do it:', count), { tone: 'bad' }),
        ...threads.map(w => linked(String(w.tid), w.row)),
      ],
    });
  }
  for (const circle of circles(waiting))
    facts.push({
      label: t('Circle'),
      cells: circle.map(w => linked(t('{0} waits for', w.pid), w.row, { tone: 'bad' })),
    });
  return facts.length === 0 ? [] : [{ id: 'circle', kind: 'facts', title: t('Waiting for each other'), facts }];
}

/** Each circle once: from a process to one that could end its wait, until the first comes again. */
function circles(waiting: readonly WaitingThread[]): WaitingThread[][] {
  const byProcess = new Map(waiting.filter(w => w.untilNs === null).map(w => [w.process, w]));
  const seen = new Set<number>();
  const found: WaitingThread[][] = [];
  for (const start of byProcess.values()) {
    const path: WaitingThread[] = [];
    let at: WaitingThread | undefined = start;
    while (at && !seen.has(at.process) && !path.includes(at)) {
      path.push(at);
      at = at.why.couldEnd.map(c => byProcess.get(c.process)).find(w => w !== undefined && w !== path.at(-1));
    }
    const from = at ? path.indexOf(at) : -1;
    if (from >= 0 && path.length - from > 1) found.push(path.slice(from));
    for (const { process } of path) seen.add(process);
  }
  return found;
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
