/** Heights of a lane's parts, in device-independent pixels from the lane's top. */

export const laneHeightPx = 34;
/** State strip. */
export const stripTopPx = 4;
export const stripHeightPx = 3;
/** Slices. */
export const sliceTopPx = 10;
export const sliceHeightPx = 18;
/** The failure mark hangs below the slice: a place of its own, not only a colour. */
export const failTopPx = 28;
export const failHeightPx = 3;
/** A signal handler's bracket lies under that. */
export const handlerTopPx = 31;
export const handlerLinePx = 2;
export const handlerTickPx = 3;
/** The density of a folded subtree stands on the lane's lower edge. */
export const densityHeightPx = 6;
/** Middle and half the size of a signal's diamond. */
export const signalMiddlePx = 8;
export const signalRadiusPx = 5;

/** A lane that is on the screen. */
export interface VisibleLane {
  /** Index in the list of all lanes. */
  index: number;
  /** Index in the columns. */
  column: number;
  topPx: number;
}
