/** The accounts of accountsApi.ts, put together. */

import type { AccountQueries, DeliveryInfo } from '../accountsApi.js';
import type { AccountContext } from './context.js';
import { daemonStepsOf } from './daemon.js';
import { descriptorUse } from './descriptorUse.js';
import { processTimes } from './processTimes.js';
import { sockets } from './sockets.js';
import { blockedOn, waitingAt } from './waits.js';
import { wakeUps } from './wakeUps.js';

export class Accounts implements AccountQueries {
  constructor(private readonly context: AccountContext) {}

  waitingAt({ atNs }: Parameters<AccountQueries['waitingAt']>[0]): ReturnType<AccountQueries['waitingAt']> {
    return waitingAt(this.context, this.time(atNs));
  }

  blockedOn(query: Parameters<AccountQueries['blockedOn']>[0]): ReturnType<AccountQueries['blockedOn']> {
    return blockedOn(this.context, query);
  }

  processTimes(query: Parameters<AccountQueries['processTimes']>[0]): ReturnType<AccountQueries['processTimes']> {
    return processTimes(this.context, query);
  }

  descriptorUse({
    process,
    atNs,
  }: Parameters<AccountQueries['descriptorUse']>[0]): ReturnType<AccountQueries['descriptorUse']> {
    return descriptorUse(this.context, process, this.time(atNs));
  }

  multiplexing(): ReturnType<AccountQueries['multiplexing']> {
    const { kernel, processes } = this.context;
    return kernel.waitingModel.counts.all().map(count => ({ ...count, pid: processes.pid(count.process) }));
  }

  wakeUps(query: Parameters<AccountQueries['wakeUps']>[0]): ReturnType<AccountQueries['wakeUps']> {
    return wakeUps(this.context, query);
  }

  deliveries({
    startNs,
    endNs,
    process,
  }: Parameters<AccountQueries['deliveries']>[0]): ReturnType<AccountQueries['deliveries']> {
    const { kernel, events, isFatal } = this.context;
    return kernel.signalModel.deliveries
      .filter(d => d.atNs >= startNs && d.atNs <= endNs && (process === null || d.process === process))
      .map(({ row, thread, atNs, signal, senderPid, send }): DeliveryInfo => ({
        ...{ row, thread, tid: events.tid(row), atNs, signal, fatal: isFatal(row) },
        ...{ senderPid: senderPid > 0 ? senderPid : 0, sentRow: send?.row ?? null },
        handler: kernel.signalModel.spanOf(row) ?? null,
      }));
  }

  environment({
    process,
    atNs,
  }: Parameters<AccountQueries['environment']>[0]): ReturnType<AccountQueries['environment']> {
    return this.context.kernel.environmentModel.environment(process, this.time(atNs));
  }

  daemon({ process }: Parameters<AccountQueries['daemon']>[0]): ReturnType<AccountQueries['daemon']> {
    return daemonStepsOf(this.context, process);
  }

  sockets({ process, atNs }: Parameters<AccountQueries['sockets']>[0]): ReturnType<AccountQueries['sockets']> {
    return sockets(this.context, process, this.time(atNs));
  }

  private time(atNs: number | null): number {
    return atNs ?? this.context.nowNs();
  }
}
