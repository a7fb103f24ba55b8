/** What the accounts are worked out from. */

import type { EventLookup, ProcessLookup } from '../model/causality/lookup.js';
import type { KernelModels } from '../model/kernelModels.js';

export interface AccountContext {
  events: EventLookup;
  processes: ProcessLookup;
  kernel: KernelModels;
  /** End of the trace so far. */
  nowNs(): number;
  /** The signal killed the process. */
  isFatal(row: number): boolean;
}
