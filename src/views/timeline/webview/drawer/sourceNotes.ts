/** What must be said where lines of C are shown: that there are no stacks and how to get them, or why some lines are not known. */

import type { SourceTrouble } from '../../protocol.js';
import type { Context } from '../context.js';
import { button, h } from '../dom.js';

export class SourceNotes {
  readonly element = h('div', { class: 'source-notes', attributes: { hidden: '' } });

  constructor(private readonly context: Context) {}

  /** undefined: nothing here is about lines. */
  show(answer: { recorded: boolean; trouble: SourceTrouble } | undefined): void {
    const notes = answer ? (answer.recorded ? this.#trouble(answer.trouble) : this.#noStacks()) : [];
    this.element.replaceChildren(...notes);
    this.element.classList.toggle('whole', answer?.recorded === false);
    this.element.hidden = notes.length === 0;
  }

  #noStacks(): Node[] {
    const { t, post, store } = this.context;
    const { trace } = store.state;
    if (trace?.canTraceAgain !== true) return [h('p', { text: t('noStacks') }), h('p', { text: t('noStacksSaved') })];
    const again = button({
      class: 'button primary',
      text: t('traceAgainWithLines'),
      click: () => post({ type: 'command', command: 'traceAgainWithSourceLines' }),
    });
    return [h('p', { text: t('noStacks') }), h('p', { class: 'dim', text: t('noStacksCost') }), again];
  }

  #trouble({ rebuilt, unreliable, failure }: SourceTrouble): Node[] {
    const { t } = this.context;
    const base = (path: string) => path.slice(path.lastIndexOf('/') + 1);
    const texts = [
      ...rebuilt.map(object => t('troubleRebuilt', base(object))),
      ...unreliable.map(object => t('troubleUnreliable', base(object))),
      ...(failure === null ? [] : [t('troubleFailure', failure)]),
    ];
    return texts.map(text => h('p', { class: 'dim', text }));
  }
}
