import type { ProcessId, Row, ThreadId } from '../../api.js';
import type { Send } from './sends.js';

/** A signal that reached a thread. */
export interface Delivery {
  row: Row;
  thread: ThreadId;
  process: ProcessId;
  tid: number;
  signal: string;
  /** NaN when nobody sent it, or the log does not say who. */
  senderPid: number;
  atNs: number;
  send: Send | null;
}
