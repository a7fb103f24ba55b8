/** A choice of one of a few, as buttons side by side. */

import { h } from '../dom.js';

export function choice<T extends string>(
  label: string,
  options: Readonly<Record<T, string>>,
  choose: (value: T) => void,
): { element: HTMLElement; show(value: T): void } {
  const values = Object.keys(options) as T[];
  const buttons = values.map(value =>
    h('button', {
      class: 'choice-option',
      role: 'radio',
      text: options[value],
      attributes: { type: 'button' },
      click: () => choose(value),
    }),
  );
  const element = h('div', {
    class: 'choice',
    role: 'radiogroup',
    attributes: { 'aria-label': label },
    children: buttons,
  });
  element.addEventListener('keydown', event => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const at = buttons.findIndex(each => each === document.activeElement);
    if (step === undefined || at < 0) return;
    event.preventDefault();
    event.stopPropagation();
    const next = (at + step + values.length) % values.length;
    buttons[next]?.focus();
    buttons[next]?.click();
  });
  return {
    element,
    show: value => {
      for (const [i, each] of buttons.entries()) {
        const chosen = values[i] === value;
        each.setAttribute('aria-checked', String(chosen));
        each.tabIndex = chosen ? 0 : -1;
      }
    },
  };
}
