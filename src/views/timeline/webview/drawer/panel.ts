/**
 * A tab that shows a part of the kernel's state: asks the host when its question changed (another process, another time, a grown
 * trace), at most a few times a second, and says so when there is nothing to show.
 */

import type { Context } from '../context.js';
import { h, setText } from '../dom.js';
import type { Changes, ViewState } from '../store.js';

const refreshMs = 400;

export abstract class StatePanel {
  readonly element: HTMLDivElement;
  protected readonly lead = h('p', { class: 'panel-lead' });
  readonly #empty = h('div', { class: 'list-empty', attributes: { hidden: '' } });
  #asked = '';
  #askedAtMs = 0;
  #tookMs = 0;
  #timer = 0;

  constructor(protected readonly context: Context) {
    this.element = h('div', {
      class: 'state-panel',
      attributes: { tabindex: '0' },
      children: [this.lead, this.#empty],
    });
  }

  update(state: Readonly<ViewState>, changes: Changes): void {
    if (changes.size === 0 || !state.summary) return;
    const wanted = `${this.question(state)} ${state.summary.revision}`;
    if (wanted === this.#asked) return;
    window.clearTimeout(this.#timer);
    // An answer that takes long is asked for less often: the trace has more to do than this.
    const pauseMs = Math.max(refreshMs, 4 * this.#tookMs);
    const waitMs = this.#askedAtMs + pauseMs - performance.now();
    this.#timer = window.setTimeout(() => void this.#ask(wanted), Math.max(0, Math.min(waitMs, pauseMs)));
  }

  /** Text by which two states ask the same question. */
  protected abstract question(state: Readonly<ViewState>): string;
  /** Asks and shows; returns the sentence for an empty answer, or '' when there is something. */
  protected abstract refresh(): Promise<string>;

  protected say(text: string): void {
    setText(this.lead, text);
    this.lead.hidden = text === '';
  }

  async #ask(wanted: string): Promise<void> {
    this.#asked = wanted;
    this.#askedAtMs = performance.now();
    try {
      const empty = await this.refresh();
      this.#tookMs = performance.now() - this.#askedAtMs;
      setText(this.#empty, empty);
      this.#empty.hidden = empty === '';
    } catch (error) {
      this.context.failed(error);
    }
  }
}
