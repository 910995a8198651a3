import { cssColor, parseColor, type Rgb, standingOut } from './contrast.ts';

/** Theme colours for the series of a chart, in the order they are given out. */
const SERIES = [
  '--vscode-charts-blue',
  '--vscode-charts-green',
  '--vscode-charts-purple',
  '--vscode-charts-red',
  '--vscode-charts-yellow',
  '--vscode-terminal-ansiCyan',
  '--vscode-charts-orange',
  '--vscode-descriptionForeground',
] as const;

/** For pages without a theme around them. */
const FALLBACK = ['#3794ff', '#89d185', '#b180d7', '#f14c4c', '#cca700', '#29b8db', '#d18616', '#999999'];

const TILE = 8;

/** The colours of the theme that VS Code shows now; another theme is another palette. */
export class Palette {
  readonly #style = getComputedStyle(document.documentElement);
  readonly #patterns = new Map<number, CanvasPattern>();
  readonly #colors = new Map<number, string>();

  get foreground(): string {
    return this.#read('--vscode-foreground', '#888888');
  }

  get background(): string {
    return this.#read('--vscode-editor-background', '#ffffff');
  }

  get grid(): string {
    return this.#read('--vscode-editorWidget-border', '#88888840');
  }

  get font(): string {
    return `11px ${this.#read('--vscode-font-family', 'sans-serif')}`;
  }

  /** Themes in high contrast get patterns beside colours. */
  get wantsPatterns(): boolean {
    return (
      document.body.classList.contains('vscode-high-contrast') ||
      document.body.classList.contains('vscode-high-contrast-light')
    );
  }

  /** The theme's colour for a series, stronger where it would drown in the background. */
  color(series: number): string {
    const at = series % SERIES.length;
    const known = this.#colors.get(at);
    if (known) return known;
    const ground = rgbOf(this.background, [128, 128, 128]);
    const wanted = rgbOf(this.#read(SERIES[at] ?? SERIES[0], FALLBACK[at] ?? '#888888'), ground);
    const color = cssColor(standingOut(wanted, ground, rgbOf(this.foreground, ground)));
    this.#colors.set(at, color);
    return color;
  }

  /** How to fill the bars of a series. */
  fill(series: number, context: CanvasRenderingContext2D): string | CanvasPattern {
    if (!this.wantsPatterns) return this.color(series);
    const known = this.#patterns.get(series);
    if (known) return known;
    const made = context.createPattern(
      tile(PATTERNS[series % PATTERNS.length], this.color(series), this.background),
      'repeat',
    );
    if (!made) return this.color(series);
    this.#patterns.set(series, made);
    return made;
  }

  /** How to fill what no source speaks for: unlike any bar. */
  hatch(context: CanvasRenderingContext2D): string | CanvasPattern {
    return context.createPattern(tile(HATCH, this.foreground), 'repeat') ?? this.grid;
  }

  #read(name: string, otherwise: string): string {
    return this.#style.getPropertyValue(name).trim() || otherwise;
  }
}

const dropper = document.createElement('canvas').getContext('2d');

/** A colour of the theme, which may be written in any way that CSS knows, on a ground. */
function rgbOf(color: string, ground: Rgb): Rgb {
  if (!dropper) return ground;
  dropper.fillStyle = color;
  return parseColor(dropper.fillStyle, ground) ?? ground;
}

/** Calls back when VS Code changes the theme under the page. */
export function onThemeChange(changed: () => void): void {
  const observer = new MutationObserver(changed);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
}

type Pattern = (context: CanvasRenderingContext2D) => void;

const HATCH: Pattern = context => {
  context.lineWidth = 1;
  strokes(context, [0, 0, TILE, TILE], [-1, TILE - 1, 1, TILE + 1], [TILE - 1, -1, TILE + 1, 1]);
};

const PATTERNS: readonly Pattern[] = [
  context => context.fillRect(0, 0, TILE, TILE),
  context => strokes(context, [0, TILE, TILE, 0], [-1, 1, 1, -1], [TILE - 1, TILE + 1, TILE + 1, TILE - 1]),
  context => context.fillRect(TILE / 4, TILE / 4, TILE / 2, TILE / 2),
  context => strokes(context, [0, TILE / 2, TILE, TILE / 2]),
  context => strokes(context, [0, 0, TILE, TILE], [-1, TILE - 1, 1, TILE + 1], [TILE - 1, -1, TILE + 1, 1]),
  context => strokes(context, [TILE / 2, 0, TILE / 2, TILE]),
  context => strokes(context, [0, TILE / 2, TILE, TILE / 2], [TILE / 2, 0, TILE / 2, TILE]),
  context => context.fillRect(0, 0, TILE / 2, TILE / 2),
];

function tile(pattern: Pattern | undefined, color: string, background?: string): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = TILE;
  canvas.height = TILE;
  const context = canvas.getContext('2d');
  if (!context) return canvas;
  if (background !== undefined) {
    context.fillStyle = background;
    context.fillRect(0, 0, TILE, TILE);
  }
  context.fillStyle = color;
  context.strokeStyle = color;
  context.lineWidth = 2;
  pattern?.(context);
  return canvas;
}

function strokes(
  context: CanvasRenderingContext2D,
  ...lines: readonly (readonly [x1: number, y1: number, x2: number, y2: number])[]
): void {
  context.beginPath();
  for (const [x1, y1, x2, y2] of lines) {
    context.moveTo(x1, y1);
    context.lineTo(x2, y2);
  }
  context.stroke();
}
