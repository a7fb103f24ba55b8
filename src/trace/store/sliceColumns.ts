/**
 * The columns of a window's answer while it is being made: room that is kept between queries and grows as needed, copied out once
 * at its exact size.
 */

export class SliceColumns {
  startNs = new Float64Array(0);
  endNs = new Float64Array(0);
  row = new Int32Array(0);
  count = new Uint32Array(0);
  class = new Uint8Array(0);
  flags = new Uint8Array(0);
  name = new Uint16Array(0);
  fd = new Int32Array(0);
  returnValue = new Float64Array(0);
  /** Time in calls and in blocked calls, from which the state strip is made. */
  callNs = new Float64Array(0);
  blockedNs = new Float64Array(0);
  length = 0;

  /** Makes room for one more and returns its index. */
  add(): number {
    if (this.length === this.startNs.length) this.grow();
    return this.length++;
  }

  private grow(): void {
    const capacity = Math.max(4096, this.length * 2);
    const wider = <T extends { set(old: T): void }>(old: T, make: new (length: number) => T): T => {
      const bigger = new make(capacity);
      bigger.set(old);
      return bigger;
    };
    this.startNs = wider(this.startNs, Float64Array);
    this.endNs = wider(this.endNs, Float64Array);
    this.row = wider(this.row, Int32Array);
    this.count = wider(this.count, Uint32Array);
    this.class = wider(this.class, Uint8Array);
    this.flags = wider(this.flags, Uint8Array);
    this.name = wider(this.name, Uint16Array);
    this.fd = wider(this.fd, Int32Array);
    this.returnValue = wider(this.returnValue, Float64Array);
    this.callNs = wider(this.callNs, Float64Array);
    this.blockedNs = wider(this.blockedNs, Float64Array);
  }
}

export class StateColumns {
  startNs = new Float64Array(0);
  endNs = new Float64Array(0);
  state = new Uint8Array(0);
  length = 0;

  add(startNs: number, endNs: number, state: number): void {
    if (this.length === this.startNs.length) this.grow();
    this.startNs[this.length] = startNs;
    this.endNs[this.length] = endNs;
    this.state[this.length++] = state;
  }

  private grow(): void {
    const capacity = Math.max(4096, this.length * 2);
    const startNs = new Float64Array(capacity);
    const endNs = new Float64Array(capacity);
    const state = new Uint8Array(capacity);
    startNs.set(this.startNs);
    endNs.set(this.endNs);
    state.set(this.state);
    this.startNs = startNs;
    this.endNs = endNs;
    this.state = state;
  }
}
