/**
 * Scrolling through more rows than a browser can lay out: up to `mostSpacerPx` the scroll bar is true to the pixel, beyond that it is a
 * scale of the whole list, and the wheel moves by rows all the same. Pure.
 *
 * Invariant: row 0 is at the top of the scroll bar's way, the last row at its end, whatever the number of rows.
 */

/** Browsers stop at about 17 to 33 million pixels. */
const mostSpacerPx = 8_000_000;

export class RowScroll {
  total = 0;
  viewportPx = 0;
  /** Place of the viewport's top in the list, in pixels as if all rows were laid out. */
  topPx = 0;

  constructor(readonly rowPx: number) {}

  get listPx(): number {
    return this.total * this.rowPx;
  }

  /** Height to give to the scrolled content. */
  get spacerPx(): number {
    return Math.min(this.listPx, mostSpacerPx);
  }

  get scaled(): boolean {
    return this.listPx > mostSpacerPx;
  }

  get #ratio(): number {
    const way = this.spacerPx - this.viewportPx;
    return way <= 0 ? 1 : (this.listPx - this.viewportPx) / way;
  }

  /** The scroll bar was moved to `scrollTop`. */
  fromScrollTop(scrollTop: number): void {
    // What we set ourselves comes back rounded to a pixel of the bar, which may be many rows: then ours is the truer one.
    if (Math.abs(scrollTop - this.scrollTop) >= 1) this.moveTo(scrollTop * this.#ratio);
  }

  get scrollTop(): number {
    return this.topPx / this.#ratio;
  }

  moveTo(topPx: number): void {
    this.topPx = Math.min(Math.max(topPx, 0), Math.max(0, this.listPx - this.viewportPx));
  }

  /** Shows a row whole: moves no further than needed, or puts a row that was not to be seen into the middle. */
  reveal(index: number, middle = false): void {
    const top = index * this.rowPx;
    const hidden = top < this.topPx || top + this.rowPx > this.topPx + this.viewportPx;
    if (middle && hidden) this.moveTo(top - (this.viewportPx - this.rowPx) / 2);
    else if (top < this.topPx) this.moveTo(top);
    else if (top + this.rowPx > this.topPx + this.viewportPx) this.moveTo(top + this.rowPx - this.viewportPx);
  }

  /** First row that is (partly) visible, and how many are. */
  visible(): { first: number; count: number } {
    const first = Math.max(0, Math.floor(this.topPx / this.rowPx));
    const last = Math.min(this.total, Math.ceil((this.topPx + this.viewportPx) / this.rowPx));
    return { first, count: Math.max(0, last - first) };
  }
}
