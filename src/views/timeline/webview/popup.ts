/** Something that opens over the view and closes on Esc, on a press elsewhere, and when the focus leaves it. */

export class Popup {
  #opener: HTMLElement | null = null;

  constructor(
    readonly element: HTMLElement,
    private readonly onToggle: (open: boolean) => void,
  ) {
    element.hidden = true;
    element.addEventListener('keydown', event => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      this.close();
    });
    element.addEventListener('focusout', event => {
      const next = event.relatedTarget;
      if (next instanceof Node && !element.contains(next) && !this.#opener?.contains(next)) this.close(false);
    });
    document.addEventListener('pointerdown', event => {
      const target = event.target as Node;
      if (this.open && !element.contains(target) && !this.#opener?.contains(target)) this.close(false);
    });
  }

  get open(): boolean {
    return !this.element.hidden;
  }

  show(opener: HTMLElement): void {
    this.#opener = opener;
    this.element.hidden = false;
    this.onToggle(true);
    this.element.querySelector<HTMLElement>('input, button')?.focus();
  }

  close(refocus = true): void {
    if (!this.open) return;
    this.element.hidden = true;
    this.onToggle(false);
    if (refocus) this.#opener?.focus();
  }
}
