/**
 * When to look at a growing log again: 30 times a second while it grows (reports of growth come no more often), 10 times when it has
 * been still for a while.
 *
 * What slows the traced program is not that somebody reads, but threads that wake up and work beside it. By turns on four processors,
 * 28 000 lines a second, while the follower still ran on any of them (see standAside.ts): looking every 16 ms made a run 7 to 14 %
 * longer, every 50 ms 4 to 8 % (the intervals touch), reading without parsing not at all. Every 50 ms, though, lines come to the window
 * after 90 ms instead of 55 (p95).
 *
 * A file watch costs each write a wake-up (the program runs 30 % longer under one), so only a still log is watched, and only the
 * watch's first event is used.
 */

import { watch, type FSWatcher } from 'node:fs';

const GROWING_MS = 33;
/** Open calls grow so often while nothing is logged; the next line is told by the watch. */
const STILL_MS = 100;
/** Looks that find nothing before the log counts as still. */
const LOOKS_UNTIL_STILL = 3;

export class FollowPace {
  private emptyLooks = 0;
  private timer: NodeJS.Timeout | undefined;
  private watcher: FSWatcher | undefined;

  constructor(
    private readonly path: string,
    /** Called once for each `wait`. */
    private readonly look: () => void,
  ) {}

  /** Calls `look` when it is time to. */
  wait(grew: boolean): void {
    this.stop();
    this.emptyLooks = grew ? 0 : this.emptyLooks + 1;
    const still = this.emptyLooks >= LOOKS_UNTIL_STILL;
    this.timer = setTimeout(() => this.wake(), still ? STILL_MS : GROWING_MS);
    if (still) this.watch();
  }

  /** No further call. */
  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.watcher?.close();
    this.watcher = undefined;
  }

  private wake(): void {
    this.stop();
    this.look();
  }

  private watch(): void {
    try {
      this.watcher = watch(this.path, { persistent: false }, () => this.wake());
      // Watches are a limited resource, and polling goes on without one.
      this.watcher.on('error', () => this.watcher?.close());
    } catch {
      this.watcher = undefined;
    }
  }
}
