/**
 * Findings on the lanes: a mark with the shape of its severity where each was made, and the numbered steps of the one whose page is
 * shown. Invariant: marks of one lane do not cover each other; the graver one stays.
 */

import type { ThreadId, TimelineFinding } from '../../protocol.js';
import type { ViewState } from '../store.js';
import type { Theme } from '../theme.js';
import type { TimeScale } from '../viewport.js';

export const findingRadiusPx = 6.5;
/** Middles below the lane's top: marks hang at the slices' feet, steps stand at their heads. */
const markMiddlePx = 26;
const stepMiddlePx = 9;

/** A mark that is on the screen. */
export interface DrawnMark {
  finding: TimelineFinding;
  /** A step of the shown finding; null: the finding's own mark. */
  step: number | null;
  xPx: number;
  yPx: number;
}

interface MarksInput {
  scale: TimeScale;
  theme: Theme;
  state: Readonly<ViewState>;
  topOf(thread: ThreadId): number | undefined;
}

export class FindingMarks {
  /** Of the last picture, for the pointer: what lies on top first. */
  drawn: DrawnMark[] = [];

  constructor(private readonly context: CanvasRenderingContext2D) {}

  paint({ scale, theme, state, topOf }: MarksInput): void {
    const marks: DrawnMark[] = [];
    const place = (finding: TimelineFinding, step: number | null, thread: ThreadId, atNs: number): void => {
      const top = topOf(thread);
      const xPx = scale.toPx(atNs);
      if (top === undefined || xPx < -findingRadiusPx || xPx > scale.widthPx + findingRadiusPx) return;
      const yPx = top + (step === null ? markMiddlePx : stepMiddlePx);
      const covered = marks.some(each => each.yPx === yPx && Math.abs(each.xPx - xPx) < 2 * findingRadiusPx);
      if (!covered) marks.push({ finding, step, xPx, yPx });
    };
    const shown = state.findings.find(({ key }) => key === state.finding);
    shown?.steps.forEach(({ thread, atNs }, i) => {
      if (thread !== null && atNs !== null) place(shown, i, thread, atNs);
    });
    if (shown) place(shown, null, shown.thread, shown.atNs);
    for (const finding of state.findings) place(finding, null, finding.thread, finding.atNs);
    this.drawn = marks;
    for (const mark of marks) {
      if (mark.step === null) severityMark(this.context, mark.finding.severity, mark.xPx, mark.yPx, theme);
      else this.#step(mark, mark.finding.steps[mark.step]?.row === state.row, theme);
    }
  }

  #step({ step, xPx, yPx }: DrawnMark, selected: boolean, theme: Theme): void {
    const { context } = this;
    context.beginPath();
    context.arc(xPx, yPx, findingRadiusPx + 0.5, 0, 2 * Math.PI);
    context.fillStyle = selected ? theme.foreground : theme.background;
    context.fill();
    context.strokeStyle = theme.foreground;
    context.lineWidth = 1.2;
    context.stroke();
    context.fillStyle = selected ? theme.background : theme.foreground;
    context.textAlign = 'center';
    context.fillText(String((step ?? 0) + 1), xPx, yPx + 0.5);
    context.textAlign = 'start';
  }
}

/** A disc with a cross, a triangle with an exclamation mark, a ring with an i: told apart without their colours. */
export function severityMark(
  context: CanvasRenderingContext2D,
  severity: TimelineFinding['severity'],
  x: number,
  y: number,
  theme: Theme,
  radius = findingRadiusPx,
): void {
  const { fill, ink } = theme.severity[severity];
  const shape = (r: number): void => {
    context.beginPath();
    if (severity === 'warning') {
      context.moveTo(x, y - r);
      context.lineTo(x + r * 1.05, y + r * 0.85);
      context.lineTo(x - r * 1.05, y + r * 0.85);
      context.closePath();
    } else context.arc(x, y, r * 0.92, 0, 2 * Math.PI);
  };
  context.lineJoin = 'round';
  shape(radius);
  // A rim of the ground sets it off from slices of any colour.
  context.lineWidth = 3;
  context.strokeStyle = theme.background;
  context.stroke();
  context.fillStyle = severity === 'info' ? theme.background : fill;
  context.fill();
  context.lineWidth = 1.4;
  context.strokeStyle = fill;
  context.stroke();
  context.strokeStyle = severity === 'info' ? fill : ink;
  context.lineCap = 'round';
  context.beginPath();
  if (severity === 'error') {
    const c = radius * 0.36;
    context.moveTo(x - c, y - c);
    context.lineTo(x + c, y + c);
    context.moveTo(x + c, y - c);
    context.lineTo(x - c, y + c);
  } else {
    const [dotY, fromY, toY] = severity === 'info' ? [-0.5, -0.1, 0.55] : [0.6, -0.35, 0.2];
    context.moveTo(x, y + radius * fromY);
    context.lineTo(x, y + radius * toY);
    context.moveTo(x, y + radius * dotY);
    context.lineTo(x, y + radius * dotY + 0.1);
  }
  context.stroke();
  context.lineCap = 'butt';
  context.lineJoin = 'miter';
}
