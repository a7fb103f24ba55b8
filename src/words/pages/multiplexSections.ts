/** Waiting for many descriptors at once: interest lists, each readiness and what served it, the cost of each way, wake-ups by worker. */

import type { ProcessId, ProcessInfo, RangeQuery } from '../../trace/api.js';
import type { MultiplexUse, WakeUps } from '../../trace/accountsApi.js';
import type { InterestInfo, ReadinessInfo } from '../../trace/modelApi.js';
import { countText, durationText, instantText } from '../quantities.js';
import type { Translate } from '../translate.js';
import { cell, empty, linked, mostRows, table, type PageCell, type PageSection, type PageSource } from './page.js';

interface Asked {
  /** null: all processes. */
  only: ProcessId | null;
  selected: ProcessInfo | null;
  atNs: number | null;
  range: RangeQuery;
}

export async function multiplexSections(source: PageSource, asked: Asked, t: Translate): Promise<PageSection[]> {
  const { only, selected, range } = asked;
  const endNs = selected?.endNs ?? null;
  const atNs = endNs === null ? asked.atNs : Math.min(asked.atNs ?? Infinity, endNs - 1);
  const whole = { ...range, lanes: null, filter: null };
  const [interest, readiness, uses, wakeUps] = await Promise.all([
    selected ? source.interest({ process: selected.id, atNs }) : [],
    source.readiness({ ...whole, process: only }),
    source.multiplexing(),
    source.wakeUps(whole),
  ]);
  return [
    ...usesSection(
      uses.filter(use => only === null || use.process === only),
      t,
    ),
    ...interestSection(interest, selected, t),
    ...wakeUps.flatMap((target, i) => wakeUpSection(target, i, t)),
    ...readinessSection(readiness, t),
  ];
}

function usesSection(uses: readonly MultiplexUse[], t: Translate): PageSection[] {
  const each = (count: number, calls: number): string =>
    calls === 0 ? '' : (count / calls).toFixed(1).replace(/\.0$/, '');
  return table(
    {
      id: 'uses',
      title: t('select, poll and epoll side by side'),
      note: t(
        'Over the whole trace. select and poll hand all descriptors to the kernel with every call; epoll keeps the list there.',
      ),
    },
    [
      { key: 'way', heading: t('Call'), code: true },
      { key: 'pid', heading: t('Process'), numeric: true },
      { key: 'calls', heading: t('Calls'), numeric: true },
      { key: 'passed', heading: t('Handed over a call'), numeric: true },
      { key: 'reported', heading: t('Ready a call'), numeric: true },
      { key: 'controls', heading: 'epoll_ctl', numeric: true },
      { key: 'timeouts', heading: t('Timeouts'), numeric: true },
      { key: 'waited', heading: t('Waited'), numeric: true },
    ],
    uses.map(u => [
      linked(u.kind, u.firstRow),
      cell(String(u.pid)),
      cell(countText(u.calls)),
      cell(
        u.kind === 'epoll' ? '0' : each(u.passed, u.calls),
        u.mostPassed > 0 ? { title: t('at most {0}', u.mostPassed) } : {},
      ),
      cell(each(u.reported, u.calls)),
      u.controls === 0 ? empty : cell(countText(u.controls)),
      u.timeouts === 0 ? empty : cell(countText(u.timeouts)),
      cell(durationText(u.waitedNs)),
    ]),
  );
}

function interestSection(interest: readonly InterestInfo[], selected: ProcessInfo | null, t: Translate): PageSection[] {
  return table(
    { id: 'interest', title: t('Interest lists of {0}', selected?.pid ?? '') },
    [
      { key: 'epoll', heading: 'epoll', numeric: true },
      { key: 'fd', heading: t('fd'), numeric: true },
      { key: 'events', heading: t('Events'), code: true, wide: true },
      { key: 'trigger', heading: t('Trigger') },
      { key: 'since', heading: t('Since'), numeric: true },
      { key: 'reported', heading: t('Reported'), numeric: true },
      { key: 'drained', heading: t('Drained'), numeric: true },
      { key: 'undrained', heading: t('Not drained'), numeric: true },
    ],
    interest.map(i => [
      cell(String(i.epollFd)),
      cell(String(i.fd)),
      cell(i.events.filter(event => !['EPOLLET', 'EPOLLONESHOT', 'EPOLLEXCLUSIVE'].includes(event)).join('|')),
      cell(triggerText(i, t)),
      cell(instantText(i.addedNs)),
      cell(countText(i.reported)),
      cell(countText(i.drained)),
      i.undrained === 0 ? empty : cell(countText(i.undrained), i.trigger === 'edge' ? { tone: 'bad' } : {}),
    ]),
  );
}

function triggerText({ trigger, oneShot, exclusive }: InterestInfo, t: Translate): string {
  return [trigger === 'edge' ? t('edge') : t('level'), oneShot ? t('one shot') : '', exclusive ? t('exclusive') : '']
    .filter(text => text !== '')
    .join(', ');
}

function wakeUpSection(target: WakeUps, index: number, t: Translate): PageSection[] {
  const woken = target.workers.reduce((sum, w) => sum + w.woken, 0);
  const won = target.workers.reduce((sum, w) => sum + w.won, 0);
  const share = t('{0} wake-ups for {1} that found something', countText(woken), countText(won));
  const exclusive = target.exclusive ? ` ${t('It is watched with EPOLLEXCLUSIVE.')}` : '';
  return table(
    {
      id: `wakeUps-${index}`,
      title: t('Workers on {0}', target.name === '' ? target.fd : target.name),
      note: `${share}.${exclusive}`,
    },
    [
      { key: 'worker', heading: t('Worker'), wide: true },
      { key: 'woken', heading: t('Woken'), numeric: true },
      { key: 'won', heading: t('Won'), numeric: true },
      { key: 'vain', heading: t('In vain'), numeric: true },
    ],
    target.workers.map(w => [
      linked(w.pid === w.tid ? String(w.pid) : `${w.pid}/${w.tid}`, w.firstRow),
      cell(countText(w.woken)),
      cell(countText(w.won)),
      w.vain === 0 ? empty : cell(countText(w.vain), { tone: 'warn' }),
    ]),
  );
}

/** The latest ones: a loop reports again and again. */
function readinessSection(readiness: readonly ReadinessInfo[], t: Translate): PageSection[] {
  const shown = readiness.slice(-mostRows);
  const note =
    shown.length < readiness.length
      ? t('The last {0} of {1}.', countText(shown.length), countText(readiness.length))
      : '';
  return table(
    { id: 'readiness', title: t('Ready descriptors and the calls that served them'), ...(note && { note }) },
    [
      { key: 'time', heading: t('Time'), numeric: true },
      { key: 'fd', heading: t('fd'), numeric: true },
      { key: 'events', heading: t('Events'), code: true, wide: true },
      { key: 'trigger', heading: t('Trigger') },
      { key: 'served', heading: t('Served by') },
      { key: 'outcome', heading: t('Until') },
    ],
    shown.map(r => [
      linked(instantText(r.atNs), r.row),
      cell(r.fd < 0 ? '?' : String(r.fd)),
      cell(r.events.join('|')),
      cell(r.trigger === null ? '' : r.trigger === 'edge' ? t('edge') : t('level')),
      r.served.length === 0
        ? empty
        : linked(r.served.length === 1 ? t('1 call') : t('{0} calls', r.served.length), r.served[0] ?? null),
      outcomeCell(r, t),
    ]),
  );
}

function outcomeCell({ outcome, trigger }: ReadinessInfo, t: Translate): PageCell {
  const bad = trigger === 'edge' ? ({ tone: 'bad' } as const) : {};
  switch (outcome) {
    case 'eagain':
      return cell('EAGAIN');
    case 'shortRead':
      return cell(t('a short read'));
    case 'eof':
      return cell(t('end of file'));
    case 'error':
      return cell(t('an error'));
    case 'notDrained':
      return cell(t('not drained'), bad);
    case 'unserved':
      return cell(t('not served'), bad);
    case 'other':
      return cell(t('served'));
    case 'unknown':
      return empty;
  }
}
