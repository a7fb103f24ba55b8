/**
 * Who hears of what: a call goes to the models that asked for its syscall, for its error or for its thread, and to nobody else.
 *
 * Which those are is worked out once a syscall and once an errno, so that what a model does not care for costs it nothing; a log of
 * millions of lines is read at that price. Models are told in the order in which they were added.
 */

import type { CallRecord, ExitRecord, NoteRecord, SignalRecord, StopRecord } from 'strace-parser';
import { FollowedThreads } from './followedThreads.js';
import type { EventPlace, Model, ProcessLink } from './model.js';
import type { ProcessId, Row } from '../api.js';

/** A model that has a method. */
type Having<Method extends keyof Model> = Model & Required<Pick<Model, Method>>;

/** What a model hears of one syscall. */
interface Audience {
  readonly enter: readonly Having<'enter'>[];
  readonly call: readonly Having<'call'>[];
}

export class Dispatch {
  /** Threads that models follow. */
  readonly followed = new FollowedThreads();
  private readonly models: Model[] = [];
  private signalled: readonly Having<'signal'>[] = [];
  private exited: readonly Having<'exit'>[] = [];
  private stopped: readonly Having<'stop'>[] = [];
  private noted: readonly Having<'note'>[] = [];
  private failing: readonly Having<'failed'>[] = [];
  /** By the parser's name ids, as they turn up. */
  private readonly audiences: (Audience | undefined)[] = [];
  /** By the parser's errno ids. */
  private readonly failed: (readonly Having<'failed'>[] | undefined)[] = [];

  /** Before the first record. */
  add(added: readonly Model[]): void {
    const { models } = this;
    models.push(...added);
    this.signalled = having(models, 'signal');
    this.exited = having(models, 'exit');
    this.stopped = having(models, 'stop');
    this.noted = having(models, 'note');
    this.failing = having(models, 'failed');
  }

  linked(link: ProcessLink): void {
    for (const model of this.models) model.linked?.(link);
  }

  execed(process: ProcessId, row: Row, atNs: number): void {
    for (const model of this.models) model.execed?.(process, row, atNs);
  }

  ended(process: ProcessId, row: Row, atNs: number): void {
    for (const model of this.models) model.ended?.(process, row, atNs);
  }

  enter(record: CallRecord, place: EventPlace): void {
    const { enter } = this.audiences[record.nameId] ?? this.audienceOf(record);
    for (let i = 0; i < enter.length; i++) (enter[i] as Having<'enter'>).enter(record, place);
  }

  call(record: CallRecord, place: EventPlace): void {
    const { call } = this.audiences[record.nameId] ?? this.audienceOf(record);
    for (let i = 0; i < call.length; i++) (call[i] as Having<'call'>).call(record, place);
    if (record.errnoId !== 0) {
      const failed = this.failed[record.errnoId] ?? this.failedOf(record);
      for (let i = 0; i < failed.length; i++) (failed[i] as Having<'failed'>).failed(record, place);
    }
    this.followed.tell(record, place);
  }

  signal(record: SignalRecord, place: EventPlace): void {
    for (const model of this.signalled) model.signal(record, place);
  }

  exit(record: ExitRecord, place: EventPlace): void {
    for (const model of this.exited) model.exit(record, place);
  }

  stop(record: StopRecord, place: EventPlace): void {
    for (const model of this.stopped) model.stop(record, place);
  }

  note(record: NoteRecord, place: EventPlace): void {
    for (const model of this.noted) model.note(record, place);
  }

  end(endNs: number): void {
    for (const model of this.models) model.end?.(endNs);
  }

  private audienceOf(record: CallRecord): Audience {
    const concerned = this.models.filter(model => model.concerns?.(record.name) === true);
    return (this.audiences[record.nameId] = { enter: having(concerned, 'enter'), call: having(concerned, 'call') });
  }

  private failedOf(record: CallRecord): readonly Having<'failed'>[] {
    return (this.failed[record.errnoId] = this.failing.filter(model => model.concernsError?.(record.errno) === true));
  }
}

function having<Method extends keyof Model>(models: readonly Model[], method: Method): Having<Method>[] {
  return models.filter((model): model is Having<Method> => model[method] !== undefined);
}
