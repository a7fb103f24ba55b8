/**
 * What the store needs to know of each syscall, by the parser's name id: columns filled once a name, read for every event.
 */

import { syscallClasses } from '../api.js';
import type { SyscallInfo } from '../knowledge/syscallInfo.js';

const OTHER = syscallClasses.indexOf('other');

export class CallNames {
  /** By name id; holes for ids that no call has used yet. */
  readonly names: string[] = [];
  private readonly classes: number[] = [];
  private readonly waiting: boolean[] = [];
  private readonly fdArguments: number[] = [];

  /** Of restart_syscall; -1 until it is called. */
  restartId = -1;

  constructor(private readonly infoOf: (name: string) => SyscallInfo | undefined) {}

  learn(nameId: number, name: string): void {
    if (this.names[nameId] !== undefined) return;
    // Ids come in order of first appearance; notes may use up some, so fill what lies between.
    while (this.names.length < nameId) this.learn(this.names.length, '');
    const info = this.infoOf(name);
    this.names[nameId] = name;
    if (name === 'restart_syscall') this.restartId = nameId;
    this.classes[nameId] = info === undefined ? OTHER : syscallClasses.indexOf(info.class);
    this.waiting[nameId] = info?.waits === true;
    this.fdArguments[nameId] = info?.fd ?? -1;
  }

  /** Id of a name; -1 for one that no call has used yet. */
  idOf(name: string): number {
    return this.names.indexOf(name);
  }

  /** Index into syscallClasses. */
  classOf(nameId: number): number {
    return this.classes[nameId] ?? OTHER;
  }

  waits(nameId: number): boolean {
    return this.waiting[nameId] === true;
  }

  /** Index of the argument that is the call's descriptor, -1 when it has none. */
  fdArgument(nameId: number): number {
    return this.fdArguments[nameId] ?? -1;
  }

  nameOf(nameId: number): string {
    return this.names[nameId] ?? '';
  }
}
