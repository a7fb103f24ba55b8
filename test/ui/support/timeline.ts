/** The timeline as a person sees and uses it: lanes by name, slices found with the pointer, details read as label and text. */

import type { FrameLocator, Locator, Page } from 'playwright-core';
import { eventually } from './eventually.js';

export interface LaneText {
  name: string;
  pid: number;
  state: string;
  selected: boolean;
}

export class Timeline {
  constructor(
    private readonly page: Page,
    readonly frame: FrameLocator,
  ) {}

  get canvas(): Locator {
    return this.frame.locator('canvas.lanes-canvas');
  }

  /** `live`, `ended`, `saved trace` … */
  get phase(): Locator {
    return this.frame.locator('.phase-word');
  }

  get jumpToLive(): Locator {
    return this.frame.getByRole('button', { name: 'Jump to live' });
  }

  get tooltip(): Locator {
    return this.frame.locator('.tooltip:not([hidden])');
  }

  private get laneRows(): Locator {
    return this.frame.locator('.lane-row:not([hidden]):not(.waiting)');
  }

  /** The lanes on the screen, from top to bottom. */
  async lanes(): Promise<LaneText[]> {
    try {
      return await this.readLanes();
    } catch (error) {
      // VS Code makes a view's page anew when the view moves or hides.
      if (String(error).includes('Execution context was destroyed')) return this.readLanes();
      throw error;
    }
  }

  private readLanes(): Promise<LaneText[]> {
    return this.laneRows.evaluateAll(rows =>
      rows
        .map(row => ({
          name: row.querySelector('.lane-name')?.textContent ?? '',
          pid: Number(row.querySelector('.lane-pid')?.textContent),
          state: row.querySelector('.lane-state')?.textContent ?? '',
          selected: row.classList.contains('selected'),
          top: row.getBoundingClientRect().top,
        }))
        .sort((a, b) => a.top - b.top)
        .map(({ name, pid, state, selected }) => ({ name, pid, state, selected })),
    );
  }

  /** Waits until the trace has ended and all of it is shown. */
  async waitForEnd(timeoutMs = 30_000): Promise<void> {
    await eventually(
      'the end of the trace',
      () => this.phase.innerText(),
      phase => ['ended', 'saved trace'].includes(phase),
      timeoutMs,
    );
  }

  async waitForLane(matches: (lane: LaneText) => boolean, timeoutMs?: number): Promise<LaneText> {
    const lanes = await eventually(
      'the lane',
      () => this.lanes(),
      found => found.some(matches),
      timeoutMs,
    );
    return lanes.find(matches) as LaneText;
  }

  /**
   * Moves the pointer along a lane until the tooltip's text matches.
   * @returns where that was, in the page
   */
  async findSlice(pid: number, call: RegExp): Promise<{ x: number; y: number }> {
    const row = await this.laneRows
      .filter({ has: this.frame.locator('.lane-pid', { hasText: String(pid) }) })
      .boundingBox();
    const canvas = await this.canvas.boundingBox();
    if (!row || !canvas) throw new Error(`No lane of ${pid} on the screen`);
    // Slices begin 10 px and end 28 px below the lane's top.
    const y = row.y + 19;
    const seen = new Set<string>();
    for (let x = canvas.x + 2; x < canvas.x + canvas.width; x += 2) {
      await this.page.mouse.move(x, y);
      // At once: what moves with time may have taken the tooltip away again.
      const shown = (await this.tooltip.allInnerTexts())[0] ?? '';
      seen.add(shown);
      if (call.test(shown)) return { x, y };
    }
    throw new Error(`No slice like ${call} in the lane of ${pid}; seen: ${[...seen].join(' · ')}`);
  }

  /** Text of the drawer's details: each label with what stands beside it. */
  async details(): Promise<Record<string, string>> {
    const list = this.frame.locator('#panel-details dl.facts');
    await list.waitFor();
    const labels = await list.locator('dt').allInnerTexts();
    const texts = await list.locator('dd').allInnerTexts();
    return Object.fromEntries(labels.map((label, i) => [label, texts[i] ?? '']));
  }

  /** Clicks a slice and waits for its details. */
  async select(pid: number, call: RegExp): Promise<Record<string, string>> {
    const { x, y } = await this.findSlice(pid, call);
    await this.page.mouse.click(x, y);
    // The drawer stays at the tab that was chosen last.
    await this.frame.getByRole('tab', { name: 'Details' }).click();
    return eventually(
      'the details',
      () => this.details(),
      details => call.test(details['Call'] ?? ''),
    );
  }

  /** What of the trace is on the screen, as the overview tells a screen reader: `… The window shows 0 s to 1.5 s.` */
  async windowText(): Promise<string> {
    const label = await this.frame.locator('canvas[role=img]').first().getAttribute('aria-label');
    return /The window shows (.*)\.$/.exec(label ?? '')?.[1] ?? `unreadable: ${label}`;
  }

  /** Gives the keyboard to the lanes without selecting anything. */
  async focus(): Promise<void> {
    await this.canvas.focus();
  }
}
