/** What rules look at. Everything in it is as of one moment (`nowNs`). */

import type { ProcessId, ProcessInfo } from '../api.js';
import type { EventLookup, ProcessLookup } from '../model/causality/lookup.js';
import type { KernelModels } from '../model/kernelModels.js';
import type { Observers } from './observers/observers.js';

export interface FindingSettings {
  /** A child that was dead this long before anybody reaped it is worth a finding. */
  zombieMs: number;
  /** A process that outlived its parent by this much is told as an orphan. */
  orphanMs: number;
  /** A wait that lasts this long is one that somebody would notice. */
  stuckMs: number;
}

export const defaultSettings: FindingSettings = { zombieMs: 500, orphanMs: 100, stuckMs: 500 };

export interface FindingContext {
  /** Every process once, in order of birth. */
  processes: readonly ProcessInfo[];
  process(id: ProcessId): ProcessInfo | undefined;
  kernel: KernelModels;
  events: EventLookup;
  family: ProcessLookup;
  observed: Observers;
  /** End of the trace so far. */
  nowNs: number;
  /** The log will not grow any more. */
  complete: boolean;
  settings: FindingSettings;
}
