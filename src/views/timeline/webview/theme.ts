/**
 * The colours of the user's theme, as the canvases need them. All of them come from VS Code's theme variables, mixed where a theme
 * has no variable for the purpose, and corrected where a mix would not be readable. Read again whenever the theme changes.
 */

import { syscallClasses, threadStates, type SyscallClass, type ThreadState } from '../protocol.js';
import { css, inkOn, mix, over, pixel, readable, withAlpha, type Rgba } from './colour.js';

/** One colour in the two forms that drawing needs. */
interface Paint {
  css: string;
  pixel: number;
}

interface ClassPaint {
  /** Working: the full colour. */
  fill: Paint;
  /** Waiting: the same hue, lighter. */
  blocked: Paint;
  /** Outside of the filter. */
  dimmed: Paint;
  /** Text on `fill` and on `blocked`. */
  ink: string;
  blockedInk: string;
}

export interface Theme {
  highContrast: boolean;
  background: string;
  band: string;
  surface: string;
  foreground: string;
  dim: string;
  grid: string;
  /** Frame of the overview's brush. */
  frame: string;
  /** The same three as pixels. */
  ground: { background: number; band: number; grid: number };
  /** Selection outline, focus. */
  accent: string;
  /** Border that high contrast themes want around everything; null elsewhere. */
  contrastBorder: string | null;
  failed: Paint;
  signal: string;
  zombie: { ground: string; stripe: string; ink: string };
  forkArrow: string;
  reapArrow: string;
  causeArrow: string;
  rangeFill: string;
  /** Laid over what is outside of the selected range. */
  veil: string;
  mark: string;
  classes: ClassPaint[];
  states: (Paint | null)[];
  /** Marks of findings: the shape, and the sign within it. */
  severity: Readonly<Record<'error' | 'warning' | 'info', { fill: string; ink: string }>>;
  fontFamily: string;
}

/** Reads a CSS colour, whatever its notation, through one canvas pixel. */
class ColourReader {
  readonly #context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  readonly #style = getComputedStyle(document.documentElement);

  /** The first of the variables that the theme defines; the last argument is the fallback. */
  read(fallback: Rgba, ...variables: string[]): Rgba {
    for (const name of variables) {
      const text = this.#style.getPropertyValue(`--vscode-${name}`).trim();
      if (text !== '' && text !== 'transparent') return this.#parse(text);
    }
    return fallback;
  }

  /** As `read`, without the transparency that some themes give to colours made for other places (an overview ruler, a minimap). */
  hue(fallback: Rgba, ...variables: string[]): Rgba {
    return { ...this.read(fallback, ...variables), a: 1 };
  }

  text(name: string, fallback: string): string {
    return this.#style.getPropertyValue(`--vscode-${name}`).trim() || fallback;
  }

  #parse(text: string): Rgba {
    const context = this.#context;
    if (!context) return { r: 0, g: 0, b: 0, a: 1 };
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = text;
    context.fillRect(0, 0, 1, 1);
    const [r = 0, g = 0, b = 0, a = 0] = context.getImageData(0, 0, 1, 1).data;
    return { r, g, b, a: a / 255 };
  }
}

function readTheme(): Theme {
  const reader = new ColourReader();
  const kinds = document.body.classList;
  const highContrast = kinds.contains('vscode-high-contrast') || kinds.contains('vscode-high-contrast-light');
  const light = kinds.contains('vscode-light') || kinds.contains('vscode-high-contrast-light');
  const black: Rgba = { r: 0, g: 0, b: 0, a: 1 };
  const white: Rgba = { r: 255, g: 255, b: 255, a: 1 };
  const background = over(reader.read(light ? white : black, 'editor-background'), light ? white : black);
  const foreground = over(reader.read(light ? black : white, 'foreground', 'editor-foreground'), background);
  const surface = over(reader.read(background, 'panel-background', 'sideBar-background'), background);
  const dim = over(reader.read(mix(foreground, background, 0.35), 'descriptionForeground'), background);
  const accent = reader.read(foreground, 'focusBorder');
  const border = reader.read({ ...foreground, a: 0 }, 'contrastBorder');
  const red = reader.hue({ r: 241, g: 76, b: 76, a: 1 }, 'charts-red', 'editorError-foreground');
  const paint = (colour: Rgba): Paint => ({
    css: css(over(colour, background)),
    pixel: pixel(over(colour, background)),
  });

  const base = classColours(reader, foreground, dim);
  const slate = base.wait;
  const failed = readable(reader.hue(red, 'editorError-foreground', 'charts-red'), background, 3);
  const zombieGround = over(withAlpha(red, 0.16), background);
  const purple = base.process;
  const orange = reader.hue({ r: 209, g: 134, b: 22, a: 1 }, 'charts-orange');
  const band = highContrast ? background : mix(background, foreground, 0.025);
  const grid = mix(background, foreground, highContrast ? 0.3 : 0.075);
  return {
    highContrast,
    background: css(background),
    band: css(band),
    ground: { background: pixel(background), band: pixel(band), grid: pixel(grid) },
    surface: css(surface),
    foreground: css(foreground),
    dim: css(readable(dim, background, 4.5)),
    grid: css(grid),
    frame: css(highContrast ? foreground : mix(background, foreground, 0.42)),
    accent: css(accent),
    contrastBorder: border.a > 0 ? css(border) : null,
    failed: paint(failed),
    signal: css(failed),
    zombie: {
      ground: css(zombieGround),
      stripe: css(over(withAlpha(red, 0.5), background)),
      ink: css(readable(mix(red, foreground, 0.6), over(withAlpha(red, 0.3), background), 4.5)),
    },
    forkArrow: css(readable(purple, background, 3)),
    reapArrow: css(readable(orange, background, 3)),
    causeArrow: css(readable(reader.hue(orange, 'charts-yellow'), background, 3)),
    rangeFill: css(withAlpha(over(reader.read(accent, 'editor-selectionBackground'), background), 0.32)),
    veil: css(withAlpha(background, 0.5)),
    mark: css(readable(reader.hue(accent, 'charts-blue'), background, 3)),
    classes: syscallClasses.map(name => classPaint(base[name], slate, background, foreground, paint)),
    states: threadStates.map(name => statePaint(name, { slate, red, purple, reader, background }, paint)),
    severity: {
      error: severityPaint(failed),
      warning: severityPaint(readable(reader.hue(orange, 'editorWarning-foreground', 'charts-yellow'), background, 3)),
      info: severityPaint(readable(reader.hue(accent, 'editorInfo-foreground', 'charts-blue'), background, 3)),
    },
    fontFamily: reader.text('font-family', 'system-ui, sans-serif'),
  };
}

function severityPaint(fill: Rgba): { fill: string; ink: string } {
  return { fill: css(fill), ink: css(inkOn(fill)) };
}

function classColours(reader: ColourReader, foreground: Rgba, dim: Rgba): Record<SyscallClass, Rgba> {
  const blue = reader.hue({ r: 55, g: 148, b: 255, a: 1 }, 'charts-blue');
  const green = reader.hue({ r: 137, g: 209, b: 133, a: 1 }, 'charts-green');
  const purple = reader.hue({ r: 177, g: 128, b: 215, a: 1 }, 'charts-purple');
  const orange = reader.hue({ r: 209, g: 134, b: 22, a: 1 }, 'charts-orange');
  const yellow = reader.hue({ r: 204, g: 167, b: 0, a: 1 }, 'charts-yellow');
  const cyan = reader.hue({ r: 17, g: 168, b: 205, a: 1 }, 'terminal-ansiCyan');
  const magenta = reader.hue({ r: 188, g: 63, b: 188, a: 1 }, 'terminal-ansiMagenta');
  return {
    process: purple,
    file: blue,
    wait: mix(dim, blue, 0.28),
    network: mix(green, cyan, 0.5),
    memory: orange,
    signal: mix(magenta, foreground, 0.12),
    sync: yellow,
    time: mix(cyan, dim, 0.35),
    ipc: mix(mix(green, yellow, 0.45), dim, 0.2),
    other: mix(dim, foreground, 0.1),
  };
}

function classPaint(
  base: Rgba,
  slate: Rgba,
  background: Rgba,
  foreground: Rgba,
  paint: (colour: Rgba) => Paint,
): ClassPaint {
  const fill = readable(base, background, 3);
  const blocked = over(withAlpha(mix(fill, slate, 0.45), 0.26), background);
  return {
    fill: paint(fill),
    blocked: paint(blocked),
    dimmed: paint(withAlpha(fill, 0.16)),
    ink: css(inkOn(fill)),
    blockedInk: css(readable(mix(foreground, fill, 0.12), blocked, 4.5)),
  };
}

function statePaint(
  state: ThreadState,
  colours: { slate: Rgba; red: Rgba; purple: Rgba; reader: ColourReader; background: Rgba },
  paint: (colour: Rgba) => Paint,
): Paint | null {
  const { slate, red, purple, reader, background } = colours;
  const green = reader.hue(slate, 'charts-green');
  const yellow = reader.hue(slate, 'charts-yellow');
  switch (state) {
    case 'running':
      return paint(mix(green, background, 0.6));
    case 'inCall':
      return paint(mix(green, background, 0.25));
    case 'blocked':
      return paint(mix(slate, background, 0.25));
    case 'stopped':
      return paint(yellow);
    case 'vforkSuspended':
      return paint(mix(purple, background, 0.3));
    case 'zombie':
      return paint(mix(red, background, 0.3));
    case 'unknown':
      return null;
  }
}

/** The current theme; reads it again when VS Code changes the body's class or style, or the system its contrast. */
export class ThemeSource {
  current = readTheme();

  constructor(onChange: () => void) {
    const refresh = () => {
      this.current = readTheme();
      onChange();
    };
    const observer = new MutationObserver(refresh);
    observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
    matchMedia('(forced-colors: active)').addEventListener('change', refresh);
  }
}
