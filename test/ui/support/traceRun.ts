/** Starting a trace and knowing which of the screen's facts are about it, not about the one before. */

import { eventually } from './eventually.js';
import type { LaneText } from './timeline.js';
import type { Workbench } from './workbench.js';

/**
 * Does what starts a trace and waits until the timeline shows a lane of it.
 * @returns its first lane
 */
export async function startTrace(window: Workbench, start: () => Promise<unknown>): Promise<LaneText> {
  const before = await firstPid(window);
  await start();
  await eventually(
    'a new trace',
    () => firstPid(window),
    pid => pid !== undefined && pid !== before,
    30_000,
  );
  const [lane] = await window.timeline.lanes();
  if (!lane) throw new Error('The lane went away');
  return lane;
}

/** Starts a trace and waits for its end. */
export async function traceToEnd(window: Workbench, start: () => Promise<unknown>): Promise<LaneText> {
  const { pid } = await startTrace(window, start);
  await window.timeline.waitForEnd();
  return window.timeline.waitForLane(lane => lane.pid === pid);
}

async function firstPid(window: Workbench): Promise<number | undefined> {
  if ((await window.page.locator('iframe.webview').filter({ visible: true }).count()) === 0) return undefined;
  return (await window.timeline.lanes())[0]?.pid;
}
