/** A value that changes over time: its changes, oldest first. */

export class Timeline<T> {
  private readonly times: number[] = [];
  private readonly values: T[] = [];

  /** Records a change; the same value again is none. Returns itself. */
  set(atNs: number, value: T): this {
    if (this.values.length > 0 && this.values.at(-1) === value) return this;
    this.times.push(atNs);
    this.values.push(value);
    return this;
  }

  /** The value at a time; undefined before the first change. */
  at(atNs: number): T | undefined {
    let low = 0;
    let high = this.times.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.times[middle]! <= atNs) low = middle + 1;
      else high = middle;
    }
    return this.values[low - 1];
  }

  get latest(): T | undefined {
    return this.values.at(-1);
  }

  copy(): Timeline<T> {
    const copy = new Timeline<T>();
    this.times.forEach((t, i) => copy.set(t, this.values[i]!));
    return copy;
  }
}
