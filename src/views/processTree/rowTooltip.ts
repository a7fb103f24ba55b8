/** What a row says when the pointer rests on it. Made only then: the facts are asked of the trace anew. */

import { MarkdownString, l10n } from 'vscode';
import type { ProcessInfo, ThreadInfo } from '../../trace/api.js';
import type { ProcessTime } from '../../trace/accountsApi.js';
import { classifyTime, timeClassWord, timeShares } from '../../words/timeWords.js';
import { adoptionWords, processName, reapWords, stateWords } from '../../words/processWords.js';
import { countText, instantText } from '../../words/quantities.js';
import { translate } from './rowText.js';

/** `time`: where its time went; undefined when it took none. */
export function processTooltip(
  info: ProcessInfo,
  parent: ProcessInfo | null,
  time: ProcessTime | undefined,
  nowNs: number,
): MarkdownString {
  const tooltip = new MarkdownString();
  tooltip.appendCodeblock(info.argv.length > 0 ? info.argv.join(' ') : info.image || info.name, 'shellscript');
  const parentName = parent
    ? `${processName(parent, translate)} ${parent.pid}`
    : String(info.parentPid ?? l10n.t('unknown'));
  const fate = [stateWords(info, nowNs, translate), reapWords(info, translate), adoptionWords(info, translate)];
  return appendTable(tooltip, [
    [l10n.t('Process'), String(info.pid)],
    [l10n.t('Parent'), parentName],
    [l10n.t('State'), fate.filter(words => words !== '').join(', ')],
    [l10n.t('Started'), instantText(info.startNs)],
    ...(info.endNs === null ? [] : ([[l10n.t('Ended'), instantText(info.endNs)]] as const)),
    ...timeRows(time),
    [l10n.t('Calls'), l10n.t('{0}, {1} failed', countText(info.calls), countText(info.errors))],
  ]);
}

function timeRows(time: ProcessTime | undefined): (readonly [string, string])[] {
  if (!time) return [];
  const percent = (share: number): string => `${share < 0.01 ? '<1' : Math.round(share * 100)}\u00a0%`;
  const parts = timeShares(time.split, translate).map(
    ({ label, text, share }) => `${label} ${text} (${percent(share)})`,
  );
  const kind = timeClassWord(classifyTime(time.split, time.blockedFor), translate);
  return [[l10n.t('Time'), parts.join(', ')], ...(kind === '' ? [] : ([[l10n.t('Kind'), kind]] as const))];
}

export function threadTooltip(info: ThreadInfo, nowNs: number): MarkdownString {
  return appendTable(new MarkdownString(), [
    [l10n.t('Thread'), String(info.tid)],
    [l10n.t('State'), stateWords(info, nowNs, translate)],
    [l10n.t('Started'), instantText(info.startNs)],
    ...(info.endNs === null ? [] : ([[l10n.t('Ended'), instantText(info.endNs)]] as const)),
  ]);
}

/** A traced program chooses its names: they are text here, never Markdown. */
function appendTable(tooltip: MarkdownString, rows: readonly (readonly [string, string])[]): MarkdownString {
  tooltip.appendMarkdown('\n\n| | |\n|---|---|\n');
  for (const [label, value] of rows) {
    tooltip.appendMarkdown('| ').appendText(label).appendMarkdown(' | ');
    tooltip.appendText(value.replaceAll(/[\n|]/g, ' ')).appendMarkdown(' |\n');
  }
  return tooltip;
}
