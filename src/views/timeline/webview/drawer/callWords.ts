/** The words of a call with their colours, as nodes: no HTML is ever made of what a traced program wrote. */

import type { EventWords } from '../../protocol.js';
import { h } from '../dom.js';

export function callWords(parts: EventWords['call']): HTMLElement {
  return h('code', {
    class: 'call',
    children: parts.map(part =>
      part.role === 'plain' ? part.text : h('span', { class: `call-${part.role}`, text: part.text }),
    ),
  });
}

/** The same as plain text. */
export function callText(parts: EventWords['call']): string {
  return parts.map(part => part.text).join('');
}
