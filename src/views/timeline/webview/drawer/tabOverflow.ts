/**
 * Tabs that do not fit scroll sideways: with the wheel, by themselves when one is chosen, and through a menu of all of them that
 * appears only then.
 */

import { button, h } from '../dom.js';
import { Popup } from '../popup.js';

export interface TabOverflow {
  /** The strip with its menu. */
  readonly element: HTMLDivElement;
  /** Brings the chosen tab into view. */
  show(tab: HTMLElement): void;
}

export function tabOverflow(list: HTMLElement, label: string): TabOverflow {
  const menu = h('div', { class: 'menu tab-menu', attributes: { 'aria-label': label } });
  const popup = new Popup(menu, open => opener.setAttribute('aria-expanded', String(open)));
  const opener = button({
    class: 'button quiet tab-more',
    icon: 'chevronDown',
    label,
    click: () => {
      if (popup.open) return popup.close();
      const tabs = [...list.querySelectorAll<HTMLButtonElement>('[role=tab]')];
      menu.replaceChildren(
        ...tabs.map(tab => {
          const chosen = tab.getAttribute('aria-selected') === 'true';
          return button({
            class: `menu-row tab-item${chosen ? ' chosen' : ''}`,
            text: tab.textContent ?? '',
            click: () => {
              popup.close();
              tab.click();
            },
          });
        }),
      );
      popup.show(opener);
    },
  });
  opener.hidden = true;
  opener.setAttribute('aria-haspopup', 'true');
  const measure = (): void => {
    const over = list.scrollWidth > list.clientWidth + 1;
    opener.hidden = !over;
    list.classList.toggle('more-before', over && list.scrollLeft > 2);
    list.classList.toggle('more-after', over && list.scrollLeft + list.clientWidth < list.scrollWidth - 2);
  };
  new ResizeObserver(measure).observe(list);
  list.addEventListener('scroll', measure);
  list.addEventListener(
    'wheel',
    event => {
      if (list.scrollWidth <= list.clientWidth) return;
      event.preventDefault();
      list.scrollLeft += Math.abs(event.deltaX) > Math.abs(event.deltaY) ? event.deltaX : event.deltaY;
    },
    { passive: false },
  );
  return {
    element: h('div', {
      class: 'tab-strip',
      children: [list, h('div', { class: 'menu-anchor', children: [opener, menu] })],
    }),
    show(tab) {
      const { left, right } = tab.getBoundingClientRect();
      const strip = list.getBoundingClientRect();
      const marginPx = 28; // of the neighbour, so that it is seen that there is one
      if (left - marginPx < strip.left) list.scrollLeft += left - marginPx - strip.left;
      else if (right + marginPx > strip.right) list.scrollLeft += right + marginPx - strip.right;
      measure();
    },
  };
}
