/** Counts, time and errors in the range, as `strace -c` would print them, by call, or by the line or function that made the calls. */

import type { SourceGroup, SourceSummary, SummaryRow } from '../../protocol.js';
import type { Context } from '../context.js';
import { h } from '../dom.js';
import { formatCount } from '../format.js';
import { touches, type Changes, type SummaryGrouping, type ViewState } from '../store.js';
import { choice } from './choice.js';
import { scopeKey, scopeQuery } from './scope.js';
import { SourceNotes } from './sourceNotes.js';
import { SummaryTable, type SummaryLine } from './summaryTable.js';

const refreshMs = 400;
const headings = { call: 'colCall', line: 'colLine', function: 'colFunction' } as const;

export class Summary {
  readonly element: HTMLDivElement;
  readonly #table: SummaryTable;
  readonly #notes: SourceNotes;
  readonly #empty: HTMLDivElement;
  readonly #choice: ReturnType<typeof choice<SummaryGrouping>>;
  #asked = '';
  #askedAtMs = 0;
  #timer = 0;

  constructor(private readonly context: Context) {
    const { t, store } = context;
    this.#table = new SummaryTable(context);
    this.#notes = new SourceNotes(context);
    this.#choice = choice(t('summaryBy'), { call: t('byCall'), line: t('byLine'), function: t('byFunction') }, by =>
      store.set({ summaryBy: by }),
    );
    this.#empty = h('div', { class: 'list-empty', text: t('summaryEmpty'), attributes: { hidden: '' } });
    this.element = h('div', {
      class: 'summary-panel',
      attributes: { tabindex: '0' },
      children: [
        h('div', { class: 'panel-head', children: [this.#choice.element] }),
        this.#notes.element,
        this.#table.element,
        this.#empty,
      ],
    });
  }

  update(state: Readonly<ViewState>, changes: Changes): void {
    if (touches(changes, 'summaryBy', 'tab', 'trace')) this.#choice.show(state.summaryBy);
    if (touches(changes, 'themeVersion')) this.#table.redraw();
    if (!state.summary) return;
    const wanted = `${state.summaryBy} ${scopeKey(state)} ${state.summary.revision}`;
    if (wanted === this.#asked) return;
    window.clearTimeout(this.#timer);
    const waitMs = this.#askedAtMs + refreshMs - performance.now();
    // Dragging a range changes the question with every move: the last one counts.
    this.#timer = window.setTimeout(() => void this.#ask(wanted), Math.max(0, Math.min(waitMs, refreshMs)));
  }

  async #ask(wanted: string): Promise<void> {
    this.#asked = wanted;
    this.#askedAtMs = performance.now();
    try {
      const { host, store } = this.context;
      const query = scopeQuery(store.state);
      const by = store.state.summaryBy;
      if (by === 'call') this.#show((await host.latest('summary', 'summarize', query)).map(callLine), by);
      else {
        const summary = await host.latest('summary', 'summarizeSource', { ...query, by });
        this.#show(summary.recorded ? summary.groups.map(group => this.#groupLine(group)) : [], by, summary);
      }
    } catch (error) {
      this.context.failed(error);
    }
  }

  #show(lines: readonly SummaryLine[], by: SummaryGrouping, source?: SourceSummary): void {
    this.#table.show(lines, this.context.t(headings[by]));
    this.#notes.show(source);
    this.#empty.hidden = lines.length > 0 || source?.recorded === false;
  }

  #groupLine({ kind, words, opens, row, ...sums }: SourceGroup): SummaryLine {
    const { t } = this.context;
    const name =
      kind === 'noSource'
        ? t('groupNoSource')
        : kind === 'noStack'
          ? t('groupNoStack')
          : kind === 'omitted'
            ? t('groupOmitted')
            : sums.name;
    const code = kind === 'line' || kind === 'function';
    const leads = opens ? { row, by: kind === 'line' ? ('name' as const) : ('detail' as const) } : null;
    return { ...sums, name, code, errorText: '', words, opens: leads };
  }
}

function callLine({ errnos, ...sums }: SummaryRow): SummaryLine {
  const errorText = errnos.map(({ name, calls }) => `${formatCount(calls)} ${name}`).join(', ');
  return { ...sums, detail: '', code: true, errorText, words: sums.name, opens: null };
}
