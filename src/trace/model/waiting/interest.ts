/** What an epoll instance was told to watch: one registration, from epoll_ctl to its change or removal. */

import type { Description } from '../descriptors/description.js';

export interface Interest {
  /** Number among those that reported something; -1 before. */
  id: number;
  fd: number;
  target: Description | undefined;
  events: string[];
  trigger: 'edge' | 'level';
  data: string;
  addedNs: number;
  removedNs: number | null;
  reported: number;
  drained: number;
  undrained: number;
}
