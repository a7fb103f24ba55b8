/**
 * The column of names beside the lanes: twisty, name, pid and state in words. Rows exist only for lanes on the screen and are used
 * again while scrolling.
 */

import type { Context } from '../context.js';
import { button, h, setText } from '../dom.js';
import { processStateText, threadStateText } from '../stateText.js';
import type { LaneRow } from './laneList.js';

/** Indentation of a level; deep trees stop indenting before the name has no room. */
const indentPx = 14;
const mostIndentPart = 0.36;

interface NameRow {
  root: HTMLDivElement;
  twisty: HTMLButtonElement;
  name: HTMLSpanElement;
  pid: HTMLSpanElement;
  folded: HTMLSpanElement;
  state: HTMLDivElement;
  only: HTMLButtonElement;
  shown: LaneRow | undefined;
}

export class NameColumn {
  readonly element = h('div', { class: 'names' });
  readonly #rows: NameRow[] = [];

  constructor(private readonly context: Context) {}

  /** Shows `count` lanes from `first`; `topPx` is the first one's place. */
  show(
    first: number,
    count: number,
    topPx: number,
    heightPx: number,
    at: (index: number) => LaneRow | undefined,
  ): void {
    while (this.#rows.length < count) this.#rows.push(this.#newRow());
    for (const [i, row] of this.#rows.entries()) {
      row.root.hidden = i >= count;
      if (i >= count) continue;
      row.root.style.transform = `translateY(${topPx + i * heightPx}px)`;
      row.root.classList.toggle('odd', (first + i) % 2 === 1);
      this.#fill(row, at(first + i));
    }
  }

  #newRow(): NameRow {
    const { actions } = this.context;
    const twisty = button({
      class: 'twisty',
      icon: 'chevronDown',
      label: ' ',
      click: event => {
        event.stopPropagation();
        if (row.shown) actions.toggleFold(row.shown.process.id);
      },
    });
    twisty.tabIndex = -1;
    const name = h('span', { class: 'lane-name' });
    const pid = h('span', { class: 'lane-pid' });
    const folded = h('span', { class: 'badge', attributes: { hidden: '' } });
    const state = h('div', { class: 'lane-state' });
    const only = button({
      class: 'lane-only',
      icon: 'subtree',
      label: ' ',
      click: event => {
        event.stopPropagation();
        if (row.shown) actions.showOnly(row.shown.process.id);
      },
    });
    only.tabIndex = -1;
    const root = h('div', {
      class: 'lane-row',
      children: [twisty, h('div', { class: 'lane-title', children: [name, pid, folded] }), state, only],
      click: () => {
        if (row.shown) actions.selectLane(row.shown.lane.thread);
      },
    });
    const row: NameRow = { root, twisty, name, pid, folded, state, only, shown: undefined };
    this.element.append(root);
    return row;
  }

  #fill(row: NameRow, lane: LaneRow | undefined): void {
    row.shown = lane;
    row.root.classList.toggle('waiting', !lane);
    row.folded.hidden = true;
    if (!lane) {
      for (const element of [row.name, row.pid, row.state]) setText(element, '');
      row.twisty.hidden = true;
      row.only.hidden = true;
      return;
    }
    const { t, store } = this.context;
    const { folded, thread: selected, nameWidthPx, summary } = store.state;
    const { process, thread } = lane;
    const indent = Math.min(lane.lane.depth * indentPx, nameWidthPx * mostIndentPart);
    row.root.style.setProperty('--indent', `${Math.round(indent)}px`);
    row.root.classList.toggle('selected', selected === thread.id);
    row.root.classList.toggle('dead', process.endNs !== null);
    const label = laneLabel(lane, t('threadName'));
    const state = thread.leader ? processStateText(process, summary?.endNs ?? 0, t) : threadStateText(thread, t);
    setText(row.name, label);
    setText(row.pid, String(thread.tid));
    setText(row.state, state);
    row.root.title = [`${label} ${thread.tid}`, state, process.argv.join(' ') || process.image]
      .filter(Boolean)
      .join('\n');
    const foldable = thread.leader && (process.children.length > 0 || process.threads.length > 1);
    row.twisty.hidden = !foldable;
    row.only.hidden = !foldable || store.state.root === process.id;
    const isFolded = foldable && folded.has(process.id);
    row.folded.hidden = !isFolded;
    setText(row.folded, `+${process.children.length + process.threads.length - 1}`);
    row.twisty.classList.toggle('folded', isFolded);
    row.twisty.setAttribute('aria-expanded', String(!isFolded));
    row.twisty.title = t(isFolded ? 'unfold' : 'fold', label);
    row.only.title = t('onlySubtree', label);
  }
}

/** `server`, or `thread “log”` for threads that are not leaders. */
export function laneLabel({ process, thread }: LaneRow, threadWord: string): string {
  const name = process.name || process.image || String(process.pid);
  if (thread.leader) return name;
  return thread.name && thread.name !== name ? `${threadWord} “${thread.name}”` : threadWord;
}
