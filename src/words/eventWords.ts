/**
 * An event in words, for the details drawer and whoever else shows one: the call in coloured parts, then a line for each thing
 * worth saying. Fits `EventWords` of the timeline's protocol. The raw log lines and the stack are the view's own business.
 */

import type { EventDetail } from '../trace/api.js';
import { SliceFlag } from '../trace/api.js';
import type { EventContext } from '../trace/modelApi.js';
import { errnoInfo, likelyCause } from '../trace/knowledge/errnos.js';
import { syscallInfo, syscallManPage } from '../trace/knowledge/syscalls.js';
import { contextRows } from './contextWords.js';
import { callParts, type CallPart } from './callParts.js';
import { factRow, linkRow, type WordRow } from './factWords.js';
import { flagRows, sharingRows, signalRows } from './flagWords.js';
import { durationText, instantText } from './quantities.js';
import { resultWords } from './resultWords.js';
import type { Translate } from './translate.js';

export interface EventSentences {
  call: CallPart[];
  rows: WordRow[];
}

/** `context`: what the models know about the event; null or absent when nobody asked them. */
export function eventWords(detail: EventDetail, t: Translate, context: EventContext | null = null): EventSentences {
  const rows = detail.kind === 'call' ? callRows(detail, t) : signalRows(detail, t);
  rows.push({ label: t('Thread'), text: threadText(detail, t) }, { label: t('Time'), text: timeText(detail, t) });
  for (const fact of detail.facts) {
    const row = factRow(fact, detail, t);
    if (row) rows.push(row);
  }
  if (context) rows.push(...contextRows(context, detail, t));
  for (const link of detail.links) rows.push(linkRow(link, detail, t));
  return { call: callParts(detail), rows };
}

function callRows(detail: EventDetail, t: Translate): WordRow[] {
  const info = syscallInfo(detail.name);
  const rows: WordRow[] = [];
  if (info) {
    const man = syscallManPage(detail.name) ?? '';
    rows.push({ label: t('Meaning'), text: man === '' ? t(info.meaning) : `${t(info.meaning)} ${man}` });
    if (info.variant)
      rows.push({ label: t('Variant'), text: t('of {0}: {1}', info.variant.of, t(info.variant.difference)) });
  }
  const result = resultWords(detail, info, t);
  if (result !== '') rows.push({ label: t('Result'), text: result });
  const error = errnoInfo(detail.errno);
  if (error && !error.restart) {
    rows.push({ label: detail.errno, text: t(error.meaning) });
    const likely = likelyCause(detail.name, detail.errno);
    if (likely)
      rows.push(
        { label: t('Likely cause'), text: t(likely.cause) },
        { label: t('What to do'), text: t(likely.whatToDo) },
      );
  }
  for (const arg of detail.args) {
    if (arg.name !== null) rows.push({ label: arg.name, text: arg.text, code: true });
    rows.push(...flagRows(detail.name, arg.text, t));
  }
  rows.push(...sharingRows(detail, t));
  return rows;
}

function threadText(detail: EventDetail, t: Translate): string {
  return detail.tid === detail.pid ? String(detail.pid) : t('{0} of process {1}', detail.tid, detail.pid);
}

function timeText(detail: EventDetail, t: Translate): string {
  const at = t('at {0}', instantText(detail.startNs));
  if (detail.kind !== 'call') return at;
  if (detail.endNs === null) return t('{0}, without an end in the trace', at);
  const took = durationText(detail.endNs - detail.startNs);
  return detail.flags & SliceFlag.Blocked ? t('{0}, waited {1}', at, took) : t('{0}, took {1}', at, took);
}
