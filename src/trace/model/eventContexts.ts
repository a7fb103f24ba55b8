/** Everything the models know about one event, gathered for its details. */

import type { ProcessId, Row } from '../api.js';
import type { EventContext } from '../modelApi.js';
import type { Causality } from './causality/causality.js';
import type { EventLookup } from './causality/lookup.js';
import type { Descriptor } from './descriptors/description.js';
import type { KernelModels } from './kernelModels.js';
import { readinessInfo } from './waiting/waitingModel.js';

/** Shorter than this a call is said to have run, not to have waited. */
const notableWaitNs = 50_000;

export class EventContexts {
  constructor(
    private readonly events: EventLookup,
    private readonly models: KernelModels,
    private readonly causality: Causality,
  ) {}

  of(row: Row): EventContext {
    const { events, models } = this;
    const process = events.process(row);
    const atNs = events.startNs(row);
    const fd = events.fd(row);
    const descriptor = fd < 0 ? undefined : models.descriptorModel.find(process, fd, atNs, events.thread(row));
    const info = descriptor ? models.descriptorModel.describe(descriptor, atNs) : null;
    const span = models.signalModel.spanOf(row);
    const delivery = models.signalModel.deliveryAt(row);
    const fault = models.memoryModel.faultAt(row);
    return {
      descriptor: info,
      descriptorBirth: descriptor ? this.birthOf(descriptor) : null,
      channel: info?.channel == null ? null : models.descriptorModel.channel(info.channel),
      watchedBy: descriptor ? this.watchers(process, fd, atNs) : [],
      readiness: this.readiness(row),
      why: this.waited(row) ? this.causality.why(row) : null,
      region: this.regionOf(row, process, fault?.address),
      fault: fault ?? null,
      handler: span ?? null,
      disposition: delivery ? models.signalModel.dispositionInfo(process, delivery.signal, atNs) : null,
      transfer: fd < 0 ? null : models.transferModel.around(process, fd, atNs),
      overhead: models.overhead(),
    };
  }

  private waited(row: Row): boolean {
    return this.events.isOpen(row) || this.events.endNs(row) - this.events.startNs(row) >= notableWaitNs;
  }

  private birthOf(d: Descriptor): EventContext['descriptorBirth'] {
    const row = d.birthRow;
    return row === null ? null : { row, name: this.events.name(row), atNs: this.events.startNs(row) };
  }

  private watchers(process: ProcessId, fd: number, atNs: number): EventContext['watchedBy'] {
    return this.models.waitingModel
      .interest(process, atNs)
      .filter(i => i.fd === fd)
      .map(({ epollFd, trigger }) => ({ epollFd, trigger }));
  }

  private readiness(row: Row): EventContext['readiness'] {
    const { waitingModel } = this.models;
    const served = waitingModel.servedBy(row);
    return [...waitingModel.reportedAt(row), ...(served ? [served] : [])].map(readinessInfo);
  }

  private regionOf(row: Row, process: ProcessId, faultAddress: number | undefined): EventContext['region'] {
    const { events, models } = this;
    const made = /^(mmap2?|mremap|shmat)$/.test(events.name(row)) ? events.returnValue(row) : undefined;
    const address = faultAddress ?? made;
    if (address === undefined || !(address > 0)) return null;
    return models.memoryModel.regionInfo(process, address, events.endNs(row));
  }
}
