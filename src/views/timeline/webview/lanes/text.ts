/** Measured text for canvases: widths are remembered, because measuring costs more than drawing. */

/** Beyond this many texts the memory starts afresh (labels with durations are endless while zooming). */
const mostTexts = 5000;

export class TextMeter {
  readonly #widths = new Map<string, number>();
  #font = '';

  constructor(private readonly context: CanvasRenderingContext2D) {}

  /** Setting a context's font costs half a millisecond, even the same one again. */
  setFont(font: string): void {
    if (font === this.#font) return;
    this.#widths.clear();
    this.#font = font;
    this.context.font = font;
  }

  /** The canvas was resized: its context has forgotten the font. */
  forgetFont(): void {
    this.#font = '';
  }

  width(text: string): number {
    const known = this.#widths.get(text);
    if (known !== undefined) return known;
    const { width } = this.context.measureText(text);
    if (this.#widths.size >= mostTexts) this.#widths.clear();
    this.#widths.set(text, width);
    return width;
  }

  /** The first of the texts that fits; undefined when none does. */
  fitting(texts: readonly string[], roomPx: number): string | undefined {
    return texts.find(text => this.width(text) <= roomPx);
  }
}
