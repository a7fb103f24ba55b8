/** The timeline's keys. They act wherever the focus is in the view, except where a text or a list uses them itself. */

import type { Context } from './context.js';

type KeyAction = (context: Context, event: KeyboardEvent) => void;

/** By `event.key`; letters in lower case unless capitals mean something else. */
const table: Readonly<Record<string, KeyAction>> = {
  w: ({ actions }) => actions.zoomTo(1 / 1.5),
  s: ({ actions }) => actions.zoomTo(1.5),
  '+': ({ actions }) => actions.zoomTo(1 / 1.5),
  '-': ({ actions }) => actions.zoomTo(1.5),
  a: ({ actions }) => actions.panPart(-0.2),
  d: ({ actions }) => actions.panPart(0.2),
  ArrowLeft: ({ actions }) => void actions.step(-1),
  ArrowRight: ({ actions }) => void actions.step(1),
  ArrowUp: ({ actions }) => void actions.stepLane(-1),
  ArrowDown: ({ actions }) => void actions.stepLane(1),
  PageUp: ({ actions }) => void actions.stepLane(-(actions.view?.lanesPerPage ?? 1)),
  PageDown: ({ actions }) => void actions.stepLane(actions.view?.lanesPerPage ?? 1),
  Home: ({ actions }) => actions.goToEnd('first'),
  End: ({ actions }) => actions.goToEnd('last'),
  Enter: ({ actions }) => actions.openTab('details'),
  n: ({ actions }) => void actions.nextMatch(1),
  N: ({ actions }) => void actions.nextMatch(-1),
  f: ({ actions }) => actions.fit(),
  '[': ({ actions }) => void actions.followLink('cause'),
  ']': ({ actions }) => void actions.followLink('effect'),
  F8: ({ actions }, { shiftKey }) => void actions.stepFinding(shiftKey ? -1 : 1),
  m: ({ actions }) => actions.toggleMark(),
  g: ({ actions }) => actions.goToSource(),
  l: ({ actions, store }) => {
    if (store.state.trace?.phase === 'live') actions.jumpToLive();
  },
  '?': ({ store }) => store.set({ helpOpen: true }),
  Escape: ({ actions, store }) => {
    if (!actions.clear() && store.state.filterText !== '') actions.setFilterText('');
  },
};

/** Keys that lists, tabs, buttons and the like use themselves. */
const widgetKeys = new Set([
  'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown', 'Enter',
]); // prettier-ignore

export function listenForKeys(context: Context, focusFilter: () => void): void {
  document.addEventListener('keydown', event => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target as HTMLElement;
    if (target.matches('input[type=text], textarea')) return;
    const { canvas } = context.actions.view ?? {};
    const atHome = target === canvas || target === document.body;
    if (!atHome && widgetKeys.has(event.key)) return;
    if (event.key === '/') {
      event.preventDefault();
      focusFilter();
      return;
    }
    const action = table[event.key] ?? (event.shiftKey ? undefined : table[event.key.toLowerCase()]);
    if (!action || !context.store.state.summary) return;
    event.preventDefault();
    action(context, event);
  });
}
