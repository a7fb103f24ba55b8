/**
 * Calls that have been entered and not yet left, one a thread.
 *
 * Invariant: a pending call's bytes stay readable until it is resumed. Within one push they are a range of the caller's chunk;
 * `settle`, called before the chunk is given back, copies what is still pending.
 */

/** A power of two. */
const cacheSize = 64;
const none = new Uint8Array(0);

/** The line that entered a call which is in progress where a piece of a log begins. */
export interface CallEntry {
  line: number;
  byteStart: number;
  /** The line with its LF. */
  bytes: Uint8Array;
}

export class PendingCall {
  pid = 0;
  /** As printed when the call was entered. */
  entryPid = 0;
  comm = '';
  active = false;
  nameId = 0;
  startNs = NaN;
  line = 0;
  byteStart = 0;
  byteEnd = 0;
  syscallNumber = NaN;
  bytes: Uint8Array = none;
  from = 0;
  to = 0;
  argsFrom = 0;
  argsTo = 0;
  ipFrom = 0;
  ipTo = 0;
  /** True while `bytes` belongs to the caller. */
  borrowed = false;
  /** In the list of calls to settle. */
  listed = false;
  /** The line had no end and no marker: it may be continued by a line that begins with `)`. */
  cut = false;
  private own: Uint8Array = none;

  takeBytes(): void {
    const length = this.to - this.from;
    if (this.own.length < length || this.own.length > 4 * length + 4096)
      this.own = new Uint8Array(length + (length >> 1) + 64);
    for (let i = 0; i < length; i++) this.own[i] = this.bytes[this.from + i] as number;
    this.bytes = this.own;
    this.argsFrom -= this.from;
    this.argsTo -= this.from;
    this.ipFrom -= this.from;
    this.ipTo -= this.from;
    this.from = 0;
    this.to = length;
    this.borrowed = false;
  }
}

export class PendingCalls {
  private readonly byPid = new Map<number, PendingCall>();
  private readonly toSettle: PendingCall[] = [];
  /** Direct-mapped by the pid's low bits, in front of the map: threads take turns from line to line. */
  private readonly cache: (PendingCall | undefined)[] = new Array<PendingCall | undefined>(cacheSize).fill(undefined);

  /** The thread's slot, active or not. */
  slot(pid: number): PendingCall {
    const cached = this.cache[pid & (cacheSize - 1)];
    if (cached !== undefined && cached.pid === pid) return cached;
    let slot = this.byPid.get(pid);
    if (slot === undefined) {
      slot = new PendingCall();
      slot.pid = pid;
      this.byPid.set(pid, slot);
    }
    this.cache[pid & (cacheSize - 1)] = slot;
    return slot;
  }

  /** The thread's pending call, if it has one. */
  get(pid: number): PendingCall | undefined {
    const cached = this.cache[pid & (cacheSize - 1)];
    const slot = cached !== undefined && cached.pid === pid ? cached : this.byPid.get(pid);
    return slot !== undefined && slot.active ? slot : undefined;
  }

  borrow(slot: PendingCall): void {
    slot.borrowed = true;
    if (!slot.listed) {
      slot.listed = true;
      this.toSettle.push(slot);
    }
  }

  /** Copies what is still pending; the caller's bytes may change after this. */
  settle(): void {
    for (const slot of this.toSettle) {
      slot.listed = false;
      if (slot.active && slot.borrowed) slot.takeBytes();
      else if (slot.borrowed) {
        slot.bytes = none;
        slot.borrowed = false;
      }
    }
    this.toSettle.length = 0;
  }

  /** The thread's id changes (exec by a thread that is not the leader). */
  move(from: number, to: number): void {
    const slot = this.byPid.get(from);
    if (slot === undefined || from === to) return;
    this.byPid.delete(from);
    slot.pid = to;
    this.byPid.set(to, slot);
    this.cache.fill(undefined);
  }

  forget(pid: number): void {
    this.byPid.delete(pid);
    this.cache[pid & (cacheSize - 1)] = undefined;
  }

  /** The only pending call (of this name), or undefined when there is none or more than one. */
  onlyOne(nameId?: number): PendingCall | undefined {
    let found: PendingCall | undefined;
    for (const slot of this.byPid.values()) {
      if (!slot.active || (nameId !== undefined && slot.nameId !== nameId)) continue;
      if (found !== undefined) return undefined;
      found = slot;
    }
    return found;
  }

  /** Pending calls in the order of their lines. */
  all(): PendingCall[] {
    return [...this.byPid.values()].filter(slot => slot.active).sort((a, b) => a.line - b.line);
  }
}

/** Names of one call's two parts: an unnamed call (`???`) may have got its name in between, and the other way round. */
export function sameCall(names: readonly string[], entered: number, resumed: number): boolean {
  return entered === resumed || names[entered] === '???' || names[resumed] === '???';
}
