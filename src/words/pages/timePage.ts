/** Where the time of the range went, of all processes and of each. */

import type { ProcessTime } from '../../trace/accountsApi.js';
import type { TimeSplit } from '../../trace/modelApi.js';
import { durationText } from '../quantities.js';
import { classifyTime, overheadText, timeClassText, timeClassWord, timeShares } from '../timeWords.js';
import type { Translate } from '../translate.js';
import { cell, empty, table, type Page, type PageCell, type PageQuery, type PageSource } from './page.js';

export async function timePage(source: PageSource, { range }: PageQuery, t: Translate): Promise<Page> {
  const [times, overhead, summary] = await Promise.all([
    source.processTimes({ ...range, filter: null, processes: null }),
    source.overhead(),
    source.summary(),
  ]);
  if (times.length === 0) return { lead: '', sections: [], empty: '' };
  const all = times.reduce((sum, { split }) => added(sum, split), nothing);
  const columns = shownStates.filter(state => times.some(({ split }) => split[state] > 0));
  return {
    lead: '',
    sections: [
      {
        id: 'time',
        kind: 'shares',
        title: t('Time of all threads'),
        note: overheadText(overhead, summary.events, t),
        parts: timeShares(all, t),
      },
      ...table(
        { id: 'times', title: t('Time by process') },
        [
          { key: 'process', heading: t('Process'), wide: true },
          { key: 'class', heading: t('Kind') },
          ...columns.map(state => ({ key: state, heading: headings(t)[state], numeric: true })),
        ],
        times.map(time => [
          cell(`${time.name} ${time.pid}`.trim()),
          classCell(time, t),
          ...columns.map(state => (time.split[state] === 0 ? empty : cell(durationText(time.split[state])))),
        ]),
      ),
    ],
    empty: '',
  };
}

function classCell({ split, blockedFor }: ProcessTime, t: Translate): PageCell {
  const timeClass = classifyTime(split, blockedFor);
  return cell(timeClassWord(timeClass, t), { title: timeClassText(timeClass, t) });
}

const nothing: TimeSplit = { runningNs: 0, inCallNs: 0, blockedNs: 0, stoppedNs: 0, vforkSuspendedNs: 0, zombieNs: 0 };
const shownStates = Object.keys(nothing) as (keyof TimeSplit)[];

function added(a: TimeSplit, b: TimeSplit): TimeSplit {
  const sum = { ...a };
  for (const state of shownStates) sum[state] += b[state];
  return sum;
}

function headings(t: Translate): Record<keyof TimeSplit, string> {
  return {
    runningNs: t('Outside calls'),
    inCallNs: t('In calls'),
    blockedNs: t('Blocked'),
    stoppedNs: t('Stopped'),
    vforkSuspendedNs: t('In vfork'),
    zombieNs: t('Zombie'),
  };
}
