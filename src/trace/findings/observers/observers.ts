/** Small models of what rules need from single events, kept while the log is read so that no rule has to walk over all of them. */

import type { DescriptorModel } from '../../model/descriptors/descriptorModel.js';
import type { Model } from '../../model/model.js';
import { Addresses } from './addresses.js';
import { ExecLeaks } from './execLeaks.js';
import { Interruptions } from './interruptions.js';
import { MapFailures } from './mapFailures.js';
import { OpenWaits } from './openWaits.js';
import { PipeFailures } from './pipeFailures.js';
import { Polling } from './polling.js';
import { WaitCalls } from './waitCalls.js';

export class Observers {
  readonly addresses: Addresses;
  readonly execLeaks: ExecLeaks;
  readonly interruptions = new Interruptions();
  readonly mapFailures = new MapFailures();
  readonly openWaits = new OpenWaits();
  readonly pipeFailures: PipeFailures;
  readonly polling = new Polling();
  readonly waitCalls = new WaitCalls();
  /** All of them; to be told of a record after the kernel's models. */
  readonly models: readonly Model[];

  constructor(descriptors: DescriptorModel) {
    this.addresses = new Addresses(descriptors);
    this.execLeaks = new ExecLeaks(descriptors);
    this.pipeFailures = new PipeFailures(descriptors);
    this.models = [
      this.addresses,
      this.execLeaks,
      this.interruptions,
      this.mapFailures,
      this.openWaits,
      this.pipeFailures,
      this.polling,
      this.waitCalls,
    ];
  }
}
