/** The list of findings, or the page of one: what is wrong, why, and its proof step by step, each of which selects its event. */

import type { FindingAction, TimelineFinding } from '../../protocol.js';
import type { Context } from '../context.js';
import { button, h, icon } from '../dom.js';
import { findingRow } from '../findingMenu.js';
import { formatMoment } from '../format.js';
import type { IconName } from '../icons.js';
import { touches, type Changes, type ViewState } from '../store.js';

export class FindingsPanel {
  readonly element = h('div', { class: 'details findings', attributes: { tabindex: '0' } });
  #steps: HTMLElement[] = [];
  #shown = '';

  constructor(private readonly context: Context) {}

  update(state: Readonly<ViewState>, changes: Changes): void {
    if (touches(changes, 'findings', 'finding', 'tab', 'drawerOpen', 'trace')) this.#show(state);
    if (touches(changes, 'row', 'findings', 'finding', 'tab', 'drawerOpen')) this.#markStep(state);
  }

  #show({ findings, finding, trace, summary }: Readonly<ViewState>): void {
    const { t, actions } = this.context;
    const at = findings.findIndex(({ key }) => key === finding);
    const page = findings[at];
    // The same again would take the focus and the text selection away.
    const shown = JSON.stringify([trace?.id, page ?? findings, at, findings.length, summary?.complete]);
    if (shown === this.#shown) return;
    if (this.#shown === '' || !shown.startsWith(this.#shown.slice(0, 40))) this.element.scrollTop = 0;
    this.#shown = shown;
    this.#steps = [];
    if (page) this.element.replaceChildren(this.#page(page, at, findings.length));
    else if (findings.length > 0) {
      const rows = findings.map(each => findingRow(each, () => void actions.showFinding(each.key)));
      this.element.replaceChildren(h('div', { class: 'finding-list', children: rows }));
    } else {
      const empty = t(summary?.complete === false ? 'findingsEmptySoFar' : 'findingsEmpty');
      this.element.replaceChildren(h('div', { class: 'details-empty', children: [h('p', { text: empty })] }));
    }
  }

  #page(finding: TimelineFinding, at: number, count: number): HTMLElement {
    const { t, actions, store } = this.context;
    const { severity, severityText, title, message, explanation, pid, rule } = finding;
    const bar = h('div', {
      class: 'finding-bar',
      children: [
        button({ class: 'link', icon: 'all', text: t('findingsAll'), click: () => store.set({ finding: null }) }),
        h('span', { class: 'dim', text: t('matches', at + 1, count) }),
        button({
          class: 'tiny',
          icon: 'chevronUp',
          label: t('findingPrevious'),
          click: () => void actions.stepFinding(-1),
        }),
        button({
          class: 'tiny',
          icon: 'chevronDown',
          label: t('findingNext'),
          click: () => void actions.stepFinding(1),
        }),
      ],
    });
    const head = h('h2', {
      class: 'finding-head',
      children: [h('span', { class: `severity ${severity}`, children: [icon(severity)] }), title],
    });
    const facts = [severityText, t('findingProcess', pid), rule].join(' · ');
    this.#steps = finding.steps.map((step, i) =>
      h('button', {
        class: 'finding-step',
        attributes: { type: 'button' },
        click: () => void actions.showFinding(finding.key, i),
        children: [
          h('span', { class: 'step-number', text: String(i + 1), attributes: { 'aria-hidden': 'true' } }),
          h('span', { class: 'step-time', text: step.atNs === null ? '' : formatMoment(step.atNs, 1e5) }),
          h('span', { class: 'step-text', text: step.text }),
          h('span', { class: 'step-place dim', text: step.place }),
        ],
      }),
    );
    const steps = h('ol', {
      class: 'finding-steps',
      children: this.#steps.map(step => h('li', { children: [step] })),
    });
    steps.setAttribute('aria-label', t('findingSteps'));
    return h('article', {
      children: [
        bar,
        head,
        h('p', { class: 'finding-facts dim', text: facts }),
        h('p', { class: 'finding-what', text: message }),
        steps,
        h('p', { class: 'finding-why', text: explanation }),
        this.#actions(finding),
      ],
    });
  }

  #actions({ key, place, canFix, canLocate }: TimelineFinding): HTMLElement {
    const { t, post } = this.context;
    const act = (action: FindingAction, name: IconName, text: string) =>
      button({ class: 'button', icon: name, text, click: () => post({ type: 'finding', key, action }) });
    return h('div', {
      class: 'finding-actions',
      children: [
        ...(place ? [act('goToSource', 'source', place)] : []),
        ...(canLocate ? [act('locate', 'source', t('locateInSource'))] : []),
        ...(canFix ? [act('fix', 'bulb', t('findingFix'))] : []),
        act('explain', 'book', t('findingExplain')),
        ...(canFix ? [act('ignoreHere', 'hide', t('findingIgnoreHere'))] : []),
        act('switchOff', 'hide', t('findingSwitchOff')),
      ],
    });
  }

  /** The step whose event is selected. */
  #markStep({ findings, finding, row }: Readonly<ViewState>): void {
    const page = findings.find(({ key }) => key === finding);
    this.#steps.forEach((element, i) => {
      if (page?.steps[i]?.row === row) element.setAttribute('aria-current', 'step');
      else element.removeAttribute('aria-current');
    });
  }
}
