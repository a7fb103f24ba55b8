/** Events as JSON, one object a line (jsonlines.org). */

import type { EventWriter } from './exportedEvent.js';

export const jsonLinesWriter: EventWriter = {
  head: () => '',
  event: ({ thread, ...event }) => {
    const { pid = null, tid = null, process = '', name = '' } = thread ?? {};
    return `${JSON.stringify({ ...event, pid, tid, process, thread: name })}\n`;
  },
  tail: () => '',
};
