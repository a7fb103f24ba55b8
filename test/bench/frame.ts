/**
 * How long a frame of the timeline takes while panning and zooming, without a GPU: the real bundle in headless Chromium, over a real
 * Trace. Chromium's frame rate is not limited, so the time between two frames is the cost of one: script, layout, painting, raster.
 */

import { chromium } from 'playwright-core';
import { findChromium } from '../../scripts/systemTools.mjs';
import type { Trace } from '../../src/trace/trace.js';
import { serveTimeline } from '../ui/timelineHarness/server.js';
import { traceHost } from '../ui/timelineHarness/traceHost.js';

export interface FrameTimes {
  lanes: number;
  widthPx: number;
  frames: number;
  medianMs: number;
  p95Ms: number;
  maxMs: number;
}

export interface FrameOptions {
  /** Lanes that are visible at once. */
  lanes: number;
  widthPx: number;
  /** Frames to pan and frames to zoom. */
  frames: number;
  /** Folder with `webview/timeline.js` and `.css` (as `npm run build` makes them). */
  distFolder: string;
}

const flags = ['--no-sandbox', '--disable-gpu', '--disable-gpu-vsync', '--disable-frame-rate-limit'];
const laneHeightPx = 34;

/** Pans and zooms with wheel events, one a frame, and measures every frame. */
export async function measureFrames(trace: Trace, options: FrameOptions): Promise<FrameTimes> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('chromium not found; run: apt-get install chromium');
  const shown = {
    id: 'bench',
    title: 'bench',
    phase: 'ended',
    saved: true,
    canTraceAgain: false,
    notice: null,
  } as const;
  const server = await serveTimeline(traceHost(trace, shown), options.distFolder);
  const browser = await chromium.launch({ executablePath, args: flags });
  try {
    // Toolbar, overview, axis and the closed drawer take the rest.
    const height = options.lanes * laneHeightPx + 37 + 34 + 21 + 31;
    const page = await browser.newPage({ viewport: { width: options.widthPx, height } });
    // tsx marks functions with a helper that the page does not have.
    await page.addInitScript('globalThis.__name = value => value');
    await page.goto(server.url('dark'));
    await page.waitForSelector('.lanes-canvas');
    await page.getByRole('button', { name: 'Hide the details' }).click();
    await page.waitForFunction(() => !document.querySelector<HTMLElement>('.screen')?.offsetParent);
    await page.waitForTimeout(1500);
    const times = await page.evaluate(panAndZoom, options.frames);
    // An empty view is fast: what was measured must have drawn something.
    const error = page.locator('.bar.error');
    if (await error.isVisible()) throw new Error(await error.innerText());
    times.sort((a, b) => a - b);
    const at = (part: number) => times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? NaN;
    const { lanes, widthPx } = options;
    return { lanes, widthPx, frames: times.length, medianMs: at(0.5), p95Ms: at(0.95), maxMs: at(1) };
  } finally {
    await browser.close();
    await server.close();
  }
}

/** Runs in the page. Zooms in to a window of busy pixels, then alternates panning and zooming. */
async function panAndZoom(frames: number): Promise<number[]> {
  const canvas = document.querySelector<HTMLCanvasElement>('.lanes-canvas');
  if (!canvas) throw new Error('The page has no lanes.');
  const box = canvas.getBoundingClientRect();
  const nextFrame = () => new Promise<number>(resolve => requestAnimationFrame(resolve));
  const wheel = (init: WheelEventInit) =>
    canvas.dispatchEvent(
      new WheelEvent('wheel', {
        bubbles: true,
        cancelable: true,
        clientX: box.left + box.width * 0.4,
        clientY: box.top + 60,
        ...init,
      }),
    );
  const times: number[] = [];
  let before = await nextFrame();
  for (let frame = 0; frame < frames; frame++) {
    // 60 frames of panning, 60 of zooming in, 60 of zooming out, and so on.
    const phase = Math.floor(frame / 60) % 4;
    if (phase % 2 === 0) wheel({ deltaX: phase === 0 ? 24 : -24 });
    else wheel({ ctrlKey: true, deltaY: phase === 1 ? -12 : 12 });
    const now = await nextFrame();
    times.push(now - before);
    before = now;
  }
  return times;
}
