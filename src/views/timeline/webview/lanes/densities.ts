/** Under a folded lane: how much its hidden subtree did, bin by bin; the tallest bar is the busiest moment of what was fetched. */

import type { ThreadId, WindowSlices } from '../../protocol.js';
import type { Theme } from '../theme.js';
import type { TimeScale } from '../viewport.js';
import { densityHeightPx, laneHeightPx } from './geometry.js';

interface DensityInput {
  slices: WindowSlices;
  scale: TimeScale;
  theme: Theme;
  topOf(thread: ThreadId): number | undefined;
}

export function paintDensities(context: CanvasRenderingContext2D, { slices, scale, theme, topOf }: DensityInput): void {
  context.fillStyle = theme.dim;
  for (const { thread, counts } of slices.densities) {
    const top = topOf(thread);
    const most = counts.reduce((a, b) => Math.max(a, b), 0);
    if (top === undefined || most === 0) continue;
    const binNs = (slices.endNs - slices.startNs) / counts.length;
    const bottom = top + laneHeightPx - 1;
    for (const [bin, count] of counts.entries()) {
      if (count === 0) continue;
      const x0 = Math.round(scale.toPx(slices.startNs + bin * binNs));
      const x1 = Math.max(x0 + 1, Math.round(scale.toPx(slices.startNs + (bin + 1) * binNs)));
      if (x1 < 0 || x0 > scale.widthPx) continue;
      // The square root: a single call stays visible beside a thousand.
      const height = Math.max(1, Math.round(densityHeightPx * Math.sqrt(count / most)));
      context.fillRect(x0, bottom - height, x1 - x0, height);
    }
  }
}
