/**
 * Room for the calls of all lanes: columns that lanes share, in which each has a run of places of its own.
 *
 * A log goes from thread to thread, line by line: arrays of each lane's own would be as many headers to fetch from memory in turn, and
 * each array that is outgrown would be replaced by fresh pages, which cost more than what is written there. Here a run that a lane has
 * outgrown is another's next one. Runs are halves of halves of a room (a buddy system): the two halves of one, both free, are joined.
 *
 * Invariant: a place is in one run at most; what is free holds what was there last, not zeros.
 */

/** Calls of a node of the pyramid's lowest level, as a power of two: see lane.ts. */
export const FAN_OUT_LOG2 = 2;
const FAN_OUT = 1 << FAN_OUT_LOG2;

const FIRST_LOG2 = 3;
const ROOM_LOG2 = 16;
const ROOM = 1 << ROOM_LOG2;
const BYTES_A_CALL = 20;
/** Places that a complete trace may hold for each call. */
const MOST_PLACES = 1.06;

/** A column for each fact of a call that a picture needs: see CallColumns. */
export class CallRoom {
  readonly startNs: Float64Array;
  readonly rows: Uint32Array;
  readonly durationNs: Uint32Array;
  readonly look: Uint8Array;
  readonly nameId: Uint16Array;
  /** One for FAN_OUT calls, at the place of the first by FAN_OUT. */
  readonly nodes: Uint32Array;

  constructor(places: number) {
    this.startNs = new Float64Array(places);
    this.rows = new Uint32Array(places);
    this.durationNs = new Uint32Array(places);
    this.look = new Uint8Array(places);
    this.nameId = new Uint16Array(places);
    this.nodes = new Uint32Array(places >>> FAN_OUT_LOG2);
  }

  /** Takes over `count` calls from another run. */
  copy(base: number, from: Run, count: number): void {
    const { room, base: first } = from;
    const end = first + count;
    this.startNs.set(room.startNs.subarray(first, end), base);
    this.rows.set(room.rows.subarray(first, end), base);
    this.durationNs.set(room.durationNs.subarray(first, end), base);
    this.look.set(room.look.subarray(first, end), base);
    this.nameId.set(room.nameId.subarray(first, end), base);
    this.nodes.set(room.nodes.subarray(first >>> FAN_OUT_LOG2, end >>> FAN_OUT_LOG2), base >>> FAN_OUT_LOG2);
  }
}

/** A lane's places: `capacity` of them in `room`, from `base` on; both are multiples of FAN_OUT. */
export interface Run {
  readonly room: CallRoom;
  readonly base: number;
  readonly capacity: number;
  /** Its first place, counted through all shared rooms; -1 when its room is not one of them. */
  readonly place: number;
}

/** A lane's columns: of the places of its run so many are taken. */
interface Tenant {
  readonly run: Run;
  readonly length: number;
  moveTo(run: Run): void;
}

export const NO_RUN: Run = { room: new CallRoom(0), base: 0, capacity: 0, place: -1 };

export class CallRooms {
  private rooms: CallRoom[] = [];
  /** First places of the free runs of 1 << i places, by i. */
  private readonly free = Array.from({ length: ROOM_LOG2 + 1 }, () => new Set<number>());

  /** A larger run with what a full one has, which is free from now on. */
  grown(full: Run): Run {
    const log2 = Math.max(FIRST_LOG2, 32 - Math.clz32(full.capacity));
    const run = log2 > ROOM_LOG2 ? ownRun(wholeNodes(full.capacity * 1.5)) : this.sharedRun(log2);
    run.room.copy(run.base, full, full.capacity);
    if (full.place >= 0) this.give(full.place, Math.log2(full.capacity));
    return run;
  }

  /**
   * No call will come any more: moves the tenants' calls together and gives back the rest. Fresh room is taken only by those that have a
   * room to themselves, one after the other, and where too much would be left over at the shared rooms' ends.
   */
  trim(tenants: readonly Tenant[]): void {
    for (const tenant of tenants) if (tenant.run.place < 0) cut(tenant);
    const shared = tenants.filter(({ run }) => run.place >= 0).sort((a, b) => a.run.place - b.run.place);
    const used = shared.reduce((sum, { length }) => sum + wholeNodes(length), 0);
    const end = shared.reduce((place, { length }) => fitting(place, wholeNodes(length)) + wholeNodes(length), 0);
    const { rooms } = this;
    const fresh = Math.ceil(end / ROOM) * ROOM > used * MOST_PLACES ? new CallRoom(used) : null;
    let place = 0;
    for (const tenant of shared) {
      const capacity = wholeNodes(tenant.length);
      if (!fresh) place = fitting(place, capacity);
      const room = fresh ?? (rooms[place >>> ROOM_LOG2] as CallRoom);
      const base = fresh ? place : place & (ROOM - 1);
      room.copy(base, tenant.run, capacity);
      tenant.moveTo({ room, base, capacity, place: -1 });
      place += capacity;
    }
    this.rooms = [];
    for (const free of this.free) free.clear();
  }

  /** Bytes of the rooms, the given runs' and the shared ones. */
  byteLength(runs: readonly Run[]): number {
    const rooms = new Set([...this.rooms, ...runs.map(({ room }) => room)]);
    return [...rooms].reduce((sum, room) => sum + room.rows.length * BYTES_A_CALL, 0);
  }

  private sharedRun(log2: number): Run {
    const place = this.take(log2);
    const room = this.rooms[place >>> ROOM_LOG2] as CallRoom;
    return { room, base: place & (ROOM - 1), capacity: 1 << log2, place };
  }

  private take(log2: number): number {
    const free = this.free[log2] as Set<number>;
    for (const place of free) {
      free.delete(place);
      return place;
    }
    if (log2 === ROOM_LOG2) return (this.rooms.push(new CallRoom(ROOM)) - 1) * ROOM;
    const place = this.take(log2 + 1);
    free.add(place + (1 << log2));
    return place;
  }

  private give(place: number, log2: number): void {
    const free = this.free[log2] as Set<number>;
    const half = 1 << log2;
    if (log2 < ROOM_LOG2 && free.delete(place ^ half)) this.give(place & ~half, log2 + 1);
    else free.add(place);
  }
}

function wholeNodes(places: number): number {
  return Math.ceil(places / FAN_OUT) * FAN_OUT;
}

/** The first place from one on at which so many are in one room. */
function fitting(place: number, length: number): number {
  return (place & (ROOM - 1)) + length > ROOM ? (place | (ROOM - 1)) + 1 : place;
}

/** Gives back the places that are not taken. */
function cut(tenant: Tenant): void {
  const { run, length } = tenant;
  const capacity = wholeNodes(length);
  if (capacity === run.capacity) return;
  const shorter = ownRun(capacity);
  shorter.room.copy(0, run, capacity);
  tenant.moveTo(shorter);
}

function ownRun(capacity: number): Run {
  return { room: new CallRoom(capacity), base: 0, capacity, place: -1 };
}
