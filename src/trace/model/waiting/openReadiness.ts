/**
 * A readiness that its thread may still serve: what is not in its record of the log yet.
 *
 * Those of one thread form a chain. It is used again for each report, so that the objects that every transfer asks stay few and near:
 * the ones in use come first in it.
 */

import type { Row } from '../../api.js';
import type { ReadinessInfo } from '../../modelApi.js';
import { NO_RECORD } from '../../store/recordChunks.js';
import type { Interest } from './interest.js';

const mostServed = 32;

export class OpenReadiness {
  fd = -1;
  /** Number in the log; NO_RECORD when it is not in use. */
  record = NO_RECORD;
  interest: Interest | undefined;
  outcome: ReadinessInfo['outcome'] = 'unserved';
  /** Calls that served it are the first ones of these rows. */
  servedCount = 0;
  next: OpenReadiness | undefined;
  private readonly rows: Row[] = [];

  begin(record: number, fd: number, interest: Interest | undefined): void {
    this.record = record;
    this.fd = fd;
    this.interest = interest;
    this.outcome = 'unserved';
    this.servedCount = 0;
  }

  serve(row: Row): void {
    if (this.servedCount < mostServed) this.rows[this.servedCount++] = row;
  }

  servedRow(index: number): Row {
    return this.rows[index] as Row;
  }

  served(): Row[] {
    return this.rows.slice(0, this.servedCount);
  }
}

/** The one of a chain that is about a descriptor number. */
export function openAbout(first: OpenReadiness | undefined, fd: number): OpenReadiness | undefined {
  let open = first;
  while (open !== undefined && open.record !== NO_RECORD) {
    if (open.fd === fd) return open;
    open = open.next;
  }
  return undefined;
}

/** The one of a chain that a report about a descriptor goes to: there is at most one for a number. */
export function placeFor(first: OpenReadiness, fd: number): OpenReadiness {
  let place = first;
  while (place.record !== NO_RECORD && place.fd !== fd) place = place.next ??= new OpenReadiness();
  return place;
}
