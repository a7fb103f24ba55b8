/** Signals of a process: what it does about each, what its thread blocks, what is pending, and what arrived from whom. */

import type { ProcessInfo, RangeQuery, ThreadId } from '../../trace/api.js';
import type { DeliveryInfo } from '../../trace/accountsApi.js';
import type { SignalState } from '../../trace/modelApi.js';
import { durationText, instantText } from '../quantities.js';
import type { Translate } from '../translate.js';
import { cell, empty, linked, table, type PageCell, type PageSection, type PageSource } from './page.js';

interface Asked {
  process: ProcessInfo;
  thread: ThreadId;
  atNs: number | null;
  range: RangeQuery;
}

export async function signalSections(source: PageSource, asked: Asked, t: Translate): Promise<PageSection[]> {
  const { process, thread, atNs, range } = asked;
  const [state, deliveries] = await Promise.all([
    source.signals({ thread, atNs }),
    source.deliveries({ ...range, process: process.id }),
  ]);
  return [...stateSections(state, process, t), ...arrivedSection(deliveries, process, t)];
}

function stateSections(state: SignalState, process: ProcessInfo, t: Translate): PageSection[] {
  const facts: { label: string; cells: PageCell[] }[] = [];
  const mine = process.threads.length > 1 ? t('Blocked by the thread') : t('Blocked');
  if (state.blocked) facts.push({ label: mine, cells: [cell(state.blocked.join(' ') || t('none'), { code: true })] });
  if (state.pending.length > 0)
    facts.push({ label: t('Pending'), cells: state.pending.map(p => linked(p.signal, p.sentRow, { code: true })) });
  const shown = state.dispositions.filter(d => d.action !== 'default' || d.sinceRow !== null);
  return [
    ...(facts.length === 0 ? [] : [{ id: 'mask', kind: 'facts', title: t('Signals'), facts } as const]),
    ...table(
      {
        id: 'dispositions',
        title: t('What it does about signals'),
        note: t('Signals not listed have their default action.'),
      },
      [
        { key: 'signal', heading: t('Signal'), code: true },
        { key: 'action', heading: t('Action') },
        { key: 'flags', heading: t('Flags'), code: true, wide: true },
      ],
      shown.map(d => [linked(d.signal, d.sinceRow), actionCell(d, t), cell(flagsText(d.flags))]),
    ),
  ];
}

function actionCell(d: SignalState['dispositions'][number], t: Translate): PageCell {
  switch (d.action) {
    case 'default':
      return cell(t('default'), { tone: 'dim' });
    case 'ignore':
      return cell(t('ignored'));
    case 'handler':
      return cell(t('handler {0}', d.handler));
  }
}

/** The C library's own part of every action says nothing about the program. */
function flagsText(flags: readonly string[]): string {
  return flags.filter(flag => flag !== 'SA_RESTORER').join('|');
}

function arrivedSection(deliveries: readonly DeliveryInfo[], process: ProcessInfo, t: Translate): PageSection[] {
  return table(
    { id: 'deliveries', title: t('Signals that arrived') },
    [
      { key: 'time', heading: t('Time'), numeric: true },
      { key: 'signal', heading: t('Signal'), code: true },
      ...(process.threads.length > 1 ? [{ key: 'thread', heading: t('Thread'), numeric: true }] : []),
      { key: 'from', heading: t('From') },
      { key: 'what', heading: t('What it did'), wide: true },
    ],
    deliveries.map(d => [
      linked(instantText(d.atNs), d.row),
      cell(d.signal, d.fatal ? { tone: 'bad' } : {}),
      ...(process.threads.length > 1 ? [cell(String(d.tid))] : []),
      senderCell(d, process, t),
      cell(effectText(d, t)),
    ]),
  );
}

function senderCell(d: DeliveryInfo, process: ProcessInfo, t: Translate): PageCell {
  if (d.senderPid === 0) return d.sentRow === null ? empty : linked(t('call'), d.sentRow);
  return linked(d.senderPid === process.pid ? t('itself') : String(d.senderPid), d.sentRow);
}

function effectText({ fatal, handler }: DeliveryInfo, t: Translate): string {
  if (fatal) return t('killed the process');
  if (!handler) return '';
  const ran =
    handler.endNs === null
      ? t('handler has not returned')
      : t('handler ran {0}', durationText(handler.endNs - handler.startNs));
  if (handler.interruptedRow === null) return ran;
  const call =
    handler.restarted === null
      ? t('a call was interrupted')
      : handler.restarted
        ? t('the interrupted call was restarted')
        : t('the interrupted call failed with EINTR');
  return `${ran}, ${call}`;
}
