/** Runs work a few at a time: compilers take a processor each. */

import { availableParallelism } from 'node:os';

export class AtMost {
  #free = Math.max(2, Math.min(4, availableParallelism()));
  readonly #waiting: (() => void)[] = [];

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>(resolve => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free++;
    }
  }
}
