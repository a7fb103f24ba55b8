/**
 * Who hears of what: a call goes to the models that asked for its syscall, for its error or for its thread, and to nobody else.
 *
 * Which those are is worked out once a syscall and once an error of it, so that what a model does not care for costs it nothing; a log of
 * millions of lines is read at that price. Models are told in the order in which they were added.
 */

import type { CallRecord, ExitRecord, NoteRecord, SignalRecord, StopRecord } from 'strace-parser';
import { FollowedThreads } from './followedThreads.js';
import type { EventPlace, Model, ProcessLink } from './model.js';
import type { ProcessId, Row } from '../api.js';

/** A model that has a method. */
type Having<Method extends keyof Model> = Model & Required<Pick<Model, Method>>;

/** A model and its method, looked up once: models are of many classes, and a look-up in what might be any takes longest of all. */
interface Listener {
  readonly model: Model;
  readonly tell: (this: Model, record: CallRecord, place: EventPlace) => void;
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
  private readonly entering: (readonly Listener[] | undefined)[] = [];
  private readonly calling: (readonly Listener[] | undefined)[] = [];
  /** By the parser's errno ids, then by its name ids. */
  private readonly failed: (readonly Listener[] | undefined)[][] = [];

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
    const told = this.entering[record.nameId] ?? this.enteringOf(record);
    if (told.length > 0) tellAll(told, record, place);
  }

  call(record: CallRecord, place: EventPlace): void {
    const told = this.calling[record.nameId] ?? this.callingOf(record);
    if (told.length > 0) tellAll(told, record, place);
    if (record.errnoId !== 0) this.callFailed(record, place);
    this.followed.tell(record, place);
  }

  private callFailed(record: CallRecord, place: EventPlace): void {
    const told = this.failed[record.errnoId]?.[record.nameId] ?? this.failedOf(record);
    if (told.length > 0) tellAll(told, record, place);
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

  private enteringOf(record: CallRecord): readonly Listener[] {
    const concerned = this.concernedBy(record).filter(model => model.concernsEntry?.(record.name) !== false);
    return (this.entering[record.nameId] = listeners(concerned, 'enter'));
  }

  private callingOf(record: CallRecord): readonly Listener[] {
    return (this.calling[record.nameId] = listeners(this.concernedBy(record), 'call'));
  }

  private concernedBy({ name }: CallRecord): Model[] {
    return this.models.filter(model => model.concerns?.(name) === true);
  }

  private failedOf(record: CallRecord): readonly Listener[] {
    const concerned = this.failing.filter(model => model.concernsError?.(record.errno, record.name) === true);
    return ((this.failed[record.errnoId] ??= [])[record.nameId] = listeners(concerned, 'failed'));
  }
}

function having<Method extends keyof Model>(models: readonly Model[], method: Method): Having<Method>[] {
  return models.filter((model): model is Having<Method> => model[method] !== undefined);
}

function listeners(models: readonly Model[], method: 'enter' | 'call' | 'failed'): Listener[] {
  return models.flatMap(model => {
    const tell = model[method];
    return tell === undefined ? [] : [{ model, tell }];
  });
}

function tellAll(told: readonly Listener[], record: CallRecord, place: EventPlace): void {
  for (let i = 0; i < told.length; i++) {
    const { model, tell } = told[i] as Listener;
    tell.call(model, record, place);
  }
}
