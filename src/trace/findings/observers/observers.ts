/**
 * Small models of what rules need from single events, kept while the log is read so that no rule has to walk over all of them.
 *
 * No observer sees every call: a log has millions, and each would cost. An observer says what it wants to hear of, by as little as will do
 * (model.ts; dispatch.ts turns it into tables):
 * - `concerns(syscall)`: its `enter` and `call` are told of these syscalls;
 * - `concernsError(errno, syscall)`: its `failed` is told of calls of these syscalls with these errors;
 * - `signal`, `exit`, `linked`, `execed` and the others are told to whoever has them: they are rare;
 * - what a thread does next, after something happened to it: `followed.follow(thread, listener)`, until `followed.leave`;
 * - a copy of a place (`{ ...place }`) is for events that are rare: it takes longer than all else that happens to a call;
 * - whether two events of a thread follow each other: `place.before` is the thread's call before.
 */

import type { FollowedThreads } from '../../model/followedThreads.js';
import type { KernelModels } from '../../model/kernelModels.js';
import type { Model } from '../../model/model.js';
import { Addresses } from './addresses.js';
import { BigSelects } from './bigSelects.js';
import { Connections } from './connections.js';
import { DaemonSteps } from './daemonSteps.js';
import { DoubleCloses } from './doubleCloses.js';
import { ExecLeaks } from './execLeaks.js';
import { FailedMakers } from './failedMakers.js';
import { Faults } from './faults.js';
import { ForkFailures } from './forkFailures.js';
import { HandlerCalls } from './handlerCalls.js';
import { Interruptions } from './interruptions.js';
import { Leftovers } from './leftovers.js';
import { LockRetries } from './lockRetries.js';
import { Limits } from './limits.js';
import { MapFailures } from './mapFailures.js';
import { OpenWaits } from './openWaits.js';
import { PipeFailures } from './pipeFailures.js';
import { Polling } from './polling.js';
import { StdioBuffers } from './stdioBuffers.js';
import { Refusals } from './refusals.js';
import { SemaphoreWaits } from './semaphoreWaits.js';
import { TinyTransfers } from './tinyTransfers.js';
import { WaitCalls } from './waitCalls.js';

export class Observers {
  readonly addresses: Addresses;
  readonly bigSelects = new BigSelects();
  readonly connections: Connections;
  readonly daemonSteps = new DaemonSteps();
  readonly doubleCloses: DoubleCloses;
  readonly execLeaks: ExecLeaks;
  readonly failedMakers = new FailedMakers();
  readonly faults = new Faults();
  readonly forkFailures = new ForkFailures();
  readonly handlerCalls: HandlerCalls;
  readonly interruptions: Interruptions;
  readonly leftovers = new Leftovers();
  readonly lockRetries: LockRetries;
  readonly limits = new Limits();
  readonly mapFailures = new MapFailures();
  readonly openWaits = new OpenWaits();
  readonly pipeFailures: PipeFailures;
  readonly polling = new Polling();
  readonly stdioBuffers: StdioBuffers;
  readonly refusals = new Refusals();
  readonly semaphoreWaits = new SemaphoreWaits();
  readonly tinyTransfers: TinyTransfers;
  readonly waitCalls = new WaitCalls();
  /** All of them; to be told of a record after the kernel's models. */
  readonly models: readonly Model[];

  constructor(kernel: KernelModels, followed: FollowedThreads) {
    const { descriptorModel: descriptors, lockModel: locks, signalModel: signals } = kernel;
    this.addresses = new Addresses(descriptors);
    this.doubleCloses = new DoubleCloses(descriptors);
    this.connections = new Connections(descriptors, followed);
    this.execLeaks = new ExecLeaks(descriptors);
    this.handlerCalls = new HandlerCalls(signals, followed);
    this.interruptions = new Interruptions(followed);
    this.lockRetries = new LockRetries(descriptors, locks);
    this.pipeFailures = new PipeFailures(descriptors);
    this.stdioBuffers = new StdioBuffers(descriptors);
    this.tinyTransfers = new TinyTransfers(descriptors);
    this.models = [
      this.addresses,
      this.bigSelects,
      this.connections,
      this.daemonSteps,
      this.doubleCloses,
      this.execLeaks,
      this.failedMakers,
      this.faults,
      this.forkFailures,
      this.handlerCalls,
      this.interruptions,
      this.leftovers,
      this.lockRetries,
      this.limits,
      this.mapFailures,
      this.openWaits,
      this.pipeFailures,
      this.polling,
      this.stdioBuffers,
      this.refusals,
      this.semaphoreWaits,
      this.tinyTransfers,
      this.waitCalls,
    ];
  }
}
