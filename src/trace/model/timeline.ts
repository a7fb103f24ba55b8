/** A value that changes over time: its changes, oldest first. Most never change, so the first value costs no array. */

export class Timeline<T> {
  private firstNs = Number.NaN;
  private first: T | undefined;
  private times: number[] | undefined;
  private values: T[] | undefined;

  /** Records a change; the same value again is none. Returns itself. */
  set(atNs: number, value: T): this {
    if (Number.isNaN(this.firstNs)) {
      this.firstNs = atNs;
      this.first = value;
    } else if (this.latest !== value) {
      (this.times ??= []).push(atNs);
      (this.values ??= []).push(value);
    }
    return this;
  }

  /** The value at a time; undefined before the first change. */
  at(atNs: number): T | undefined {
    let low = 0;
    let high = this.times?.length ?? 0;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.times![middle]! <= atNs) low = middle + 1;
      else high = middle;
    }
    if (low > 0) return this.values![low - 1];
    return this.firstNs <= atNs ? this.first : undefined;
  }

  /** True when it has had one value since a time, or never had one. */
  steadySince(atNs: number): boolean {
    return this.times === undefined && (Number.isNaN(this.firstNs) || this.firstNs === atNs);
  }

  get latest(): T | undefined {
    return this.values ? this.values.at(-1) : this.first;
  }

  copy(): Timeline<T> {
    const copy = new Timeline<T>();
    copy.firstNs = this.firstNs;
    copy.first = this.first;
    copy.times = this.times?.slice();
    copy.values = this.values?.slice();
    return copy;
  }
}
