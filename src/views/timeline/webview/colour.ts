/** Colours as numbers: what mixing, contrast and pixel buffers need. Pure. */

/** Red, green, blue 0–255, alpha 0–1. */
export interface Rgba {
  r: number;
  g: number;
  b: number;
  a: number;
}

/** `part` of `b` in `a`; alpha is mixed too. */
export function mix(a: Rgba, b: Rgba, part: number): Rgba {
  const blend = (x: number, y: number) => x + (y - x) * part;
  return { r: blend(a.r, b.r), g: blend(a.g, b.g), b: blend(a.b, b.b), a: blend(a.a, b.a) };
}

export function withAlpha(colour: Rgba, alpha: number): Rgba {
  return { ...colour, a: colour.a * alpha };
}

/** The opaque colour that is seen when `top` lies on the opaque `ground`. */
export function over(top: Rgba, ground: Rgba): Rgba {
  return { ...mix(ground, { ...top, a: 1 }, top.a), a: 1 };
}

export function css(colour: Rgba): string {
  const byte = (x: number) => Math.round(Math.min(255, Math.max(0, x)));
  return `rgba(${byte(colour.r)}, ${byte(colour.g)}, ${byte(colour.b)}, ${Math.round(colour.a * 1000) / 1000})`;
}

/** The colour as one little-endian RGBA pixel of an ImageData (which is not premultiplied). */
export function pixel(colour: Rgba): number {
  const byte = (x: number) => Math.round(Math.min(255, Math.max(0, x)));
  return ((byte(colour.a * 255) << 24) | (byte(colour.b) << 16) | (byte(colour.g) << 8) | byte(colour.r)) >>> 0;
}

/** Relative luminance (WCAG 2). */
function luminance({ r, g, b }: Rgba): number {
  const channel = (x: number) => {
    const s = x / 255;
    return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
}

/** Contrast ratio of two opaque colours (WCAG 2). */
export function contrast(a: Rgba, b: Rgba): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

/** `colour`, moved towards white or black on this ground until it has the wanted contrast. */
export function readable(colour: Rgba, ground: Rgba, ratio: number): Rgba {
  const pole = luminance(ground) > 0.18 ? { r: 0, g: 0, b: 0, a: 1 } : { r: 255, g: 255, b: 255, a: 1 };
  const opaque = over(colour, ground);
  for (let part = 0; part < 1; part += 0.05) {
    const candidate = mix(opaque, pole, part);
    if (contrast(candidate, ground) >= ratio) return candidate;
  }
  return pole;
}

/** Black or white, whichever reads better on the ground. */
export function inkOn(ground: Rgba): Rgba {
  const dark = { r: 0, g: 0, b: 0, a: 1 };
  const light = { r: 255, g: 255, b: 255, a: 1 };
  return contrast(dark, ground) >= contrast(light, ground) ? dark : light;
}
