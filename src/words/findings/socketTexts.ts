/** What the rules about sockets say. */

import type { FindingTexts } from './findingText.js';

export const socketTexts: FindingTexts = {
  'addr-in-use': {
    title: 'Address already in use',
    message: 'bind to {0} failed: the address is in use',
    values: ['address'],
    explanation:
      'The name of a UNIX socket stays in the file system when the socket is closed: unlink it before bind. A TCP port stays taken for about a minute after its server closed a connection first (TIME_WAIT): set SO_REUSEADDR before bind. If another server really listens there, this one must not start.',
    steps: { earlierBind: 'the address was bound before', bind: 'and cannot be bound again' },
  },
};
