/**
 * When to look at a growing log again: after 16 ms while it grows (pictures come no more often), ever later up to 64 ms while it
 * does not. A file watch costs a wake-up for each write, far more than reading does, so one is set only when the log has been
 * still for a while, and only its first event is used.
 */

import { watch, type FSWatcher } from 'node:fs';

const GROWING_MS = 16;
const IDLE_MS = 64;
const SLOWER = 1.5;

export class FollowPace {
  private delayMs = GROWING_MS;
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
    this.delayMs = grew ? GROWING_MS : Math.min(IDLE_MS, this.delayMs * SLOWER);
    this.timer = setTimeout(() => this.wake(), this.delayMs);
    if (this.delayMs === IDLE_MS) this.watch();
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
