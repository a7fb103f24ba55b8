/** How much is wrong, beside the filter; opens a list that leads to each finding's page. */

import type { TimelineFinding } from '../protocol.js';
import type { Context } from './context.js';
import { button, h, icon, setText } from './dom.js';
import { Popup } from './popup.js';
import { touches, type Changes, type ViewState } from './store.js';

/** The drawer lists all of them. */
const mostRows = 100;

export class FindingMenu {
  readonly element: HTMLDivElement;
  readonly #button: HTMLButtonElement;
  readonly #icon = h('span', { class: 'severity' });
  readonly #count = h('span', { class: 'button-text' });
  readonly #list = h('div', { class: 'menu finding-menu', role: 'group' });
  readonly #popup: Popup;

  constructor(private readonly context: Context) {
    const { t } = context;
    this.#list.setAttribute('aria-label', t('tabFindings'));
    this.#popup = new Popup(this.#list, open => {
      if (open) this.#fill(context.store.state.findings);
      this.#button.setAttribute('aria-expanded', String(open));
    });
    this.#button = button({
      class: 'button finding-button',
      label: t('findingsTitle'),
      click: () => (this.#popup.open ? this.#popup.close() : this.#popup.show(this.#button)),
    });
    this.#button.removeAttribute('aria-label');
    this.#button.setAttribute('aria-haspopup', 'true');
    this.#button.setAttribute('aria-expanded', 'false');
    this.#button.append(this.#icon, this.#count, icon('chevronDown'));
    this.element = h('div', { class: 'menu-anchor', attributes: { hidden: '' }, children: [this.#button, this.#list] });
  }

  update({ findings }: Readonly<ViewState>, changes: Changes): void {
    if (!touches(changes, 'findings', 'trace')) return;
    const { t } = this.context;
    const [gravest] = findings;
    this.element.hidden = !gravest;
    if (!gravest) return this.#popup.close(false);
    this.#icon.className = `severity ${gravest.severity}`;
    this.#icon.replaceChildren(icon(gravest.severity));
    setText(this.#count, findings.length === 1 ? t('findingsCountOne') : t('findingsCount', findings.length));
    if (this.#popup.open) this.#fill(findings);
  }

  #fill(findings: readonly TimelineFinding[]): void {
    this.#list.replaceChildren(
      ...findings.slice(0, mostRows).map(finding =>
        findingRow(finding, () => {
          this.#popup.close(false);
          void this.context.actions.showFinding(finding.key);
        }),
      ),
    );
  }
}

/** A finding in a line: what it is, what happened, where. */
export function findingRow(finding: TimelineFinding, click: () => void): HTMLButtonElement {
  const { severity, severityText, title, message, place, pid } = finding;
  const mark = h('span', { class: `severity ${severity}`, role: 'img', children: [icon(severity)] });
  mark.setAttribute('aria-label', severityText);
  return h('button', {
    class: 'finding-row',
    attributes: { type: 'button', 'data-key': finding.key },
    title: message,
    click,
    children: [
      mark,
      h('span', { class: 'finding-title', text: title }),
      h('span', { class: 'finding-message', text: message }),
      h('span', { class: 'finding-place', text: place || String(pid) }),
    ],
  });
}
