/**
 * Which wake ended which wait, and what waits without a known waker expected: columns in the order in which waits ended, because there
 * are millions of them. They are searched from end to end when somebody asks about one event, which is seldom.
 */

import type { Row } from '../../api.js';
import { Float64List, Uint32List } from '../../store/growable.js';

export class WakeUps {
  private readonly waits = new Uint32List();
  private readonly wakes = new Uint32List();
  private readonly unexplained = new Uint32List();
  private readonly values = new Float64List();

  joined(wait: Row, wake: Row): void {
    this.waits.push(wait);
    this.wakes.push(wake);
  }

  /** A wait ended by itself, as far as is known; `value` is what it expected. */
  expected(wait: Row, value: number): void {
    this.unexplained.push(wait);
    this.values.push(value);
  }

  wakerOf(wait: Row): Row | undefined {
    const at = this.waits.lastIndexOf(wait);
    return at < 0 ? undefined : this.wakes.at(at);
  }

  wokenBy(wake: Row): Row[] {
    const woken: Row[] = [];
    for (let i = 0; i < this.wakes.length; i++) if (this.wakes.at(i) === wake) woken.push(this.waits.at(i));
    return woken;
  }

  expectedBy(wait: Row): number | undefined {
    const at = this.unexplained.lastIndexOf(wait);
    return at < 0 ? undefined : this.values.at(at);
  }
}
