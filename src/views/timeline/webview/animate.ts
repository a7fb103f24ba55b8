/** Moves the window smoothly to where a key or button sends it; at once for people who asked for reduced motion. */

import type { Store } from './store.js';
import type { TimeWindow } from './viewport.js';

const durationMs = 130;

export class WindowAnimation {
  #frame = 0;
  #target: TimeWindow | null = null;
  readonly #still = matchMedia('(prefers-reduced-motion: reduce)');

  constructor(private readonly store: Store) {}

  /** Where the window is going, or is: the base of the next step while keys repeat. */
  get target(): TimeWindow {
    return this.#target ?? this.store.state.window;
  }

  /** Goes there at once; ends a movement that is under way. */
  jump(window: TimeWindow): void {
    this.stop();
    this.store.set({ window });
  }

  glide(target: TimeWindow): void {
    if (this.#still.matches) return this.jump(target);
    this.stop();
    this.#target = target;
    const from = this.store.state.window;
    const startedAt = performance.now();
    const step = (now: number) => {
      const t = Math.min(1, Math.max(0, (now - startedAt) / durationMs));
      const eased = 1 - (1 - t) ** 3;
      const blend = (a: number, b: number) => a + (b - a) * eased;
      this.store.set({
        window:
          t === 1 ? target : { startNs: blend(from.startNs, target.startNs), endNs: blend(from.endNs, target.endNs) },
      });
      if (t < 1) this.#frame = requestAnimationFrame(step);
      else this.#target = null;
    };
    this.#frame = requestAnimationFrame(step);
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
    this.#target = null;
  }
}
