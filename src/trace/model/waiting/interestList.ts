/**
 * What one epoll instance was ever told to watch. A server registers and forgets for every connection, so that nothing here may take
 * longer the more there were: those that last are found by what they watch, and by the data that they report with.
 */

import type { Description } from '../descriptors/description.js';
import type { Interest } from './interest.js';

export class InterestList {
  /** In order of registration. */
  readonly all: Interest[] = [];
  /** How often something was added or removed. */
  changes = 0;
  /** Not removed yet. Those of a target are few: one for each number that it has. */
  private readonly byTarget = new Map<Description | undefined, Interest[]>();
  private readonly byData = new Map<string, Interest[]>();

  /** The registration of a descriptor that has not been removed. */
  of(fd: number, target: Description | undefined): Interest | undefined {
    return this.byTarget.get(target)?.find(interest => interest.fd === fd);
  }

  /** The newest registration with this data that has not been removed. */
  withData(data: string): Interest | undefined {
    return this.byData.get(data)?.at(-1);
  }

  add(interest: Interest): void {
    this.changes++;
    this.all.push(interest);
    const { target, data } = interest;
    const ofTarget = this.byTarget.get(target);
    if (ofTarget) ofTarget.push(interest);
    else this.byTarget.set(target, [interest]);
    const ofData = this.byData.get(data);
    if (ofData) ofData.push(interest);
    else this.byData.set(data, [interest]);
  }

  remove(interest: Interest, atNs: number): void {
    this.changes++;
    interest.removedNs = atNs;
    forget(this.byTarget, interest.target, interest);
    forget(this.byData, interest.data, interest);
  }
}

function forget<Key>(map: Map<Key, Interest[]>, key: Key, interest: Interest): void {
  const interests = map.get(key) ?? [];
  interests.splice(interests.lastIndexOf(interest), 1);
  if (interests.length === 0) map.delete(key);
}
