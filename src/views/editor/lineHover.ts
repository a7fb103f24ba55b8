/** What a line did in the last run: each call with counts, time, waiting and errors by name; the first and the last of them. */

import { Hover, MarkdownString, l10n, type HoverProvider, type Position, type TextDocument } from 'vscode';
import type { CommandId } from '../../session/contributions.js';
import type { EventFilter, EventListItem, SummaryRow } from '../../trace/api.js';
import type { PlaceCalls } from '../../trace/source/lineCalls.js';
import type { TraceSource } from '../../trace/traceSource.js';
import { countText, durationText, instantText } from '../../words/quantities.js';
import { sumText } from './lineText.js';
import type { TracedSource } from './tracedSource.js';

const command: CommandId = 'syscape.showLineInTimeline';
/** Rows of the table; a line that makes more different calls is rare. */
const mostRows = 8;

export class LineHover implements HoverProvider {
  constructor(private readonly source: TracedSource) {}

  async provideHover(document: TextDocument, { line }: Position): Promise<Hover | undefined> {
    const { session, hidden } = this.source;
    const file = hidden ? undefined : this.source.file(document);
    const place = file?.lines.at(line);
    if (!file || !place || !session?.trace) return undefined;
    const text = new MarkdownString();
    text.isTrusted = { enabledCommands: [command] };
    await describe(text, session.trace, place);
    if (file.stale) text.appendMarkdown(`\n\n*${l10n.t('The trace is older than this text.')}*`);
    return new Hover(text, document.lineAt(line).range);
  }
}

async function describe(text: MarkdownString, trace: TraceSource, place: PlaceCalls): Promise<void> {
  const filter: EventFilter = { stacks: [...place.stacks] };
  const range = { startNs: 0, endNs: trace.latest.endNs, lanes: null, filter };
  const [rows, first] = await Promise.all([trace.summarize(range), trace.events({ ...range, offset: 0, limit: 1 })]);
  const last = first.total < 2 ? undefined : await trace.events({ ...range, offset: first.total - 1, limit: 1 });
  const link = `[${l10n.t('Show in timeline')}](command:${command}?${encodeURIComponent(JSON.stringify([place.words]))})`;
  text.appendMarkdown(`**${l10n.t('In the last trace')}:** ${sumText(place.calls, l10n)} · ${link}\n\n`);
  // A single call is told by its own line below.
  if (first.total > 1) text.appendMarkdown(table(rows));
  event(text, first.total > 1 ? l10n.t('First') : undefined, first.items[0]);
  event(text, l10n.t('Last'), last?.items[0]);
}

/** Names of calls and errors come from strace, and are letters, digits and underscores. */
function table(rows: readonly SummaryRow[]): string {
  const head = [l10n.t('Call'), l10n.t('Count'), l10n.t('Time'), l10n.t('Waited'), l10n.t('Failed')];
  const lines = rows
    .slice(0, mostRows)
    .map(({ name, calls, totalNs, blockedNs, errnos }) => [
      `\`${plainName(name)}\``,
      countText(calls),
      durationText(totalNs),
      blockedNs > 0 ? durationText(blockedNs) : '',
      errnos.map(errno => `${countText(errno.calls)} ${plainName(errno.name)}`).join(', '),
    ]);
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
  const more = rows.length > mostRows ? `${l10n.t('and {0} more', rows.length - mostRows)}\n\n` : '';
  return `${line(head)}${line(['---', '--:', '--:', '--:', '---'])}${lines.map(line).join('')}\n${more}`;
}

function plainName(name: string): string {
  return name.replace(/\W/g, '');
}

/** What the program wrote is shown as code: none of it is taken for markdown. */
function event(text: MarkdownString, label: string | undefined, item: EventListItem | undefined): void {
  if (!item) return;
  const at = l10n.t('at {0}', instantText(item.startNs));
  text.appendMarkdown(label === undefined ? `${at}:\n` : `${label}, ${at}:\n`).appendCodeblock(item.text, 'c');
}
