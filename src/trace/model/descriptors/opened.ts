/** A call that returned a new descriptor: what all of them have in common. */

import type { CallRecord } from 'strace-parser';
import type { EventPlace } from '../model.js';
import { applyPrinted, printedReturn } from './annotation.js';
import type { Descriptor } from './description.js';
import type { DescriptorModel } from './descriptorModel.js';
import type { DescriptorTable } from './descriptorTable.js';

/** When a call's effect is there: its return, or its entry when the log has no durations. */
export function whenOf(call: CallRecord): number {
  return Number.isNaN(call.endNs) ? call.startNs : call.endNs;
}

/** Opens the returned number with a description of its own; undefined when the call failed. */
export function opened(
  model: DescriptorModel,
  call: CallRecord,
  table: DescriptorTable,
  place: EventPlace,
  birth: Descriptor['birth'],
  closeOnExec: boolean,
): Descriptor | undefined {
  if (!(call.returnValue >= 0)) return undefined;
  const description = model.newDescription();
  const atNs = whenOf(call);
  const printed = printedReturn(call);
  if (printed) applyPrinted(description, printed, atNs);
  const early = model.usedEarly(table, call.returnValue, call.startNs);
  const descriptor = model.open(table, call.returnValue, description, birth, atNs, place.row);
  descriptor.closeOnExec.set(atNs, closeOnExec);
  if (early) {
    descriptor.calls += early.calls;
    descriptor.errors += early.errors;
    descriptor.bytesIn += early.bytesIn;
    descriptor.bytesOut += early.bytesOut;
  }
  return descriptor;
}
