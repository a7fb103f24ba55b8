/** Binds that failed because the address is taken, with what had been done about it: SO_REUSEADDR, unlink (socket(7), unix(7)). */

import type { CallRecord } from 'strace-parser';
import type { Row } from '../../api.js';
import type { Description } from '../../model/descriptors/description.js';
import type { DescriptorModel } from '../../model/descriptors/descriptorModel.js';
import { socketAddress } from '../../model/descriptors/socketAddress.js';
import type { EventPlace, Model } from '../../model/model.js';

export interface FailedBind extends EventPlace {
  atNs: number;
  fd: number;
  address: string;
  family: 'unix' | 'inet';
  reuseAddress: boolean;
  /** An earlier bind to the same address that worked, when the trace saw one. */
  earlier: Row | null;
  /** The socket that has the address is open in a traced process: the address is in use indeed. */
  held: boolean;
}

export class Addresses implements Model {
  readonly failedBinds: FailedBind[] = [];
  private readonly reusing = new Set<Description>();
  private readonly bound = new Map<string, Row>();
  private readonly holders = new Set<Description>();

  constructor(private readonly descriptors: DescriptorModel) {}

  concerns(syscall: string): boolean {
    return syscall === 'bind' || syscall === 'setsockopt';
  }

  call(record: CallRecord, place: EventPlace): void {
    const fd = record.argumentNumber(0);
    const description = this.descriptors.current(place, fd)?.description;
    if (record.name === 'setsockopt') {
      const option = record.argumentText(2);
      if (description && record.returnValue === 0 && /^SO_REUSE(ADDR|PORT)$/.test(option))
        this.reusing.add(description);
      return;
    }
    const text = record.argumentText(1);
    const address = socketAddress(text);
    if (address === '') return;
    if (record.returnValue === 0) {
      this.bound.set(address, place.row);
      if (description) this.holders.add(description);
    }
    if (record.errno === 'EADDRINUSE')
      this.failedBinds.push({
        ...place,
        atNs: record.startNs,
        fd,
        address,
        family: text.includes('sun_path') ? 'unix' : 'inet',
        reuseAddress: description !== undefined && this.reusing.has(description),
        earlier: this.bound.get(address) ?? null,
        held: this.isHeld(address),
      });
  }
  private isHeld(address: string): boolean {
    const { channels } = this.descriptors;
    for (const holder of this.holders)
      if (channels.localAddress(holder) === address && holder.descriptors.some(d => d.closeNs === null)) return true;
    return false;
  }
}
