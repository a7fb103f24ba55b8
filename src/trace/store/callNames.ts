/**
 * What the store needs to know of each syscall, by the parser's name id: looked up once a name, read for every event.
 */

import { syscallClasses } from '../api.js';
import type { SyscallInfo } from '../knowledge/syscallInfo.js';

const OTHER = syscallClasses.indexOf('other');

export interface CallName {
  /** The parser's. */
  readonly id: number;
  readonly name: string;
  /** Index into syscallClasses. */
  readonly callClass: number;
  readonly waits: boolean;
  /** Index of the argument that is the call's descriptor, -1 when it has none. */
  readonly fdArgument: number;
}

export class CallNames {
  /** By id, as they turn up. */
  private readonly known: CallName[] = [];

  /** Of restart_syscall; -1 until it is called. */
  restartId = -1;

  constructor(private readonly infoOf: (name: string) => SyscallInfo | undefined) {}

  /** `name`: the parser's, in case that it is new. */
  of(nameId: number, name: string): CallName {
    return this.known[nameId] ?? this.learn(nameId, name);
  }

  /** By id. */
  get names(): string[] {
    return this.known.map(({ name }) => name);
  }

  /** undefined for a name that no call has used yet. */
  named(name: string): CallName | undefined {
    return this.known.find(known => known.name === name);
  }

  /** Index into syscallClasses. */
  classOf(nameId: number): number {
    return this.known[nameId]?.callClass ?? OTHER;
  }

  waits(nameId: number): boolean {
    return this.known[nameId]?.waits === true;
  }

  /** Index of the argument that is the call's descriptor, -1 when it has none. */
  fdArgument(nameId: number): number {
    return this.known[nameId]?.fdArgument ?? -1;
  }

  nameOf(nameId: number): string {
    return this.known[nameId]?.name ?? '';
  }

  private learn(nameId: number, name: string): CallName {
    // Ids come in order of first appearance; notes may use up some, so fill what lies between.
    while (this.known.length < nameId) this.learn(this.known.length, '');
    const info = this.infoOf(name);
    if (name === 'restart_syscall') this.restartId = nameId;
    const callClass = info === undefined ? OTHER : syscallClasses.indexOf(info.class);
    const known = { id: nameId, name, callClass, waits: info?.waits === true, fdArgument: info?.fd ?? -1 };
    this.known[nameId] = known;
    return known;
  }
}
