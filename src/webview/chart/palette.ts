import { cssColor, parseColor, type Rgb, withContrast } from './contrast.ts';
import { slotLook } from './slotLook.ts';

/** Theme colors for the series of a chart, in the order in which they are given away. */
const SERIES_COLOR_NAMES = [
  '--vscode-charts-blue',
  '--vscode-charts-green',
  '--vscode-charts-purple',
  '--vscode-charts-red',
  '--vscode-charts-yellow',
  '--vscode-terminal-ansiCyan',
  '--vscode-charts-orange',
] as const;
/** For the sum of what is too small for a color of its own. */
const REST_COLOR = '--vscode-descriptionForeground';

/** For pages without a theme. */
const FALLBACK_COLORS = ['#3794ff', '#89d185', '#b180d7', '#f14c4c', '#cca700', '#29b8db', '#d18616'];
const REST_FALLBACK = '#999999';

const TILE_SIZE = 8;

/** The colors of the theme that VS Code shows now. Each theme needs a new palette. */
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

  /** High-contrast themes get patterns in addition to colors. */
  get isHighContrast(): boolean {
    return (
      document.body.classList.contains('vscode-high-contrast') ||
      document.body.classList.contains('vscode-high-contrast-light')
    );
  }

  /** The theme's color for a slot, with more contrast where it would be too close to the background. */
  color(slot: number | undefined): string {
    const at = slotLook(slot, this.isHighContrast).color ?? -1;
    const cached = this.#colors.get(at);
    if (cached) return cached;
    const ground = rgbOf(this.background, [128, 128, 128]);
    const wanted = rgbOf(
      this.#read(SERIES_COLOR_NAMES[at] ?? REST_COLOR, FALLBACK_COLORS[at] ?? REST_FALLBACK),
      ground,
    );
    const color = cssColor(withContrast(wanted, ground, rgbOf(this.foreground, ground)));
    this.#colors.set(at, color);
    return color;
  }

  /**
   * The fill of the bars in a slot: a color, and a pattern where another slot has that color or the theme is of high
   * contrast.
   */
  fill(slot: number | undefined, context: CanvasRenderingContext2D): string | CanvasPattern {
    const { pattern: look } = slotLook(slot, this.isHighContrast);
    if (look === 0) return this.color(slot);
    const name = slot ?? -1;
    const known = this.#patterns.get(name);
    if (known) return known;
    const pattern = context.createPattern(
      drawTile(PATTERNS[look], this.color(slot), this.background),
      'repeat',
    );
    if (!pattern) return this.color(slot);
    this.#patterns.set(name, pattern);
    return pattern;
  }

  /** The fill for times that no source covers, unlike any bar. */
  hatch(context: CanvasRenderingContext2D): string | CanvasPattern {
    return context.createPattern(drawTile(HATCH, this.foreground), 'repeat') ?? this.grid;
  }

  #read(name: string, fallback: string): string {
    return this.#style.getPropertyValue(name).trim() || fallback;
  }
}

const colorParser = document.createElement('canvas').getContext('2d');

/** Parses a theme color, which may be written in any CSS notation, on a background. */
function rgbOf(color: string, ground: Rgb): Rgb {
  if (!colorParser) return ground;
  colorParser.fillStyle = color;
  return parseColor(colorParser.fillStyle, ground) ?? ground;
}

/** Calls back when VS Code changes the theme of the page. */
export function onThemeChange(changed: () => void): void {
  const observer = new MutationObserver(changed);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
}

type Pattern = (context: CanvasRenderingContext2D) => void;

const HATCH: Pattern = context => {
  context.lineWidth = 1;
  strokeLines(
    context,
    [0, 0, TILE_SIZE, TILE_SIZE],
    [-1, TILE_SIZE - 1, 1, TILE_SIZE + 1],
    [TILE_SIZE - 1, -1, TILE_SIZE + 1, 1],
  );
};

const PATTERNS: readonly Pattern[] = [
  context => context.fillRect(0, 0, TILE_SIZE, TILE_SIZE),
  context =>
    strokeLines(
      context,
      [0, TILE_SIZE, TILE_SIZE, 0],
      [-1, 1, 1, -1],
      [TILE_SIZE - 1, TILE_SIZE + 1, TILE_SIZE + 1, TILE_SIZE - 1],
    ),
  context => context.fillRect(TILE_SIZE / 4, TILE_SIZE / 4, TILE_SIZE / 2, TILE_SIZE / 2),
  context => strokeLines(context, [0, TILE_SIZE / 2, TILE_SIZE, TILE_SIZE / 2]),
  context =>
    strokeLines(
      context,
      [0, 0, TILE_SIZE, TILE_SIZE],
      [-1, TILE_SIZE - 1, 1, TILE_SIZE + 1],
      [TILE_SIZE - 1, -1, TILE_SIZE + 1, 1],
    ),
  context => strokeLines(context, [TILE_SIZE / 2, 0, TILE_SIZE / 2, TILE_SIZE]),
  context =>
    strokeLines(
      context,
      [0, TILE_SIZE / 2, TILE_SIZE, TILE_SIZE / 2],
      [TILE_SIZE / 2, 0, TILE_SIZE / 2, TILE_SIZE],
    ),
  context => context.fillRect(0, 0, TILE_SIZE / 2, TILE_SIZE / 2),
  context => {
    context.fillRect(0, 0, TILE_SIZE / 2, TILE_SIZE / 2);
    context.fillRect(TILE_SIZE / 2, TILE_SIZE / 2, TILE_SIZE / 2, TILE_SIZE / 2);
  },
];

function drawTile(pattern: Pattern | undefined, color: string, background?: string): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = TILE_SIZE;
  canvas.height = TILE_SIZE;
  const context = canvas.getContext('2d');
  if (!context) return canvas;
  if (background !== undefined) {
    context.fillStyle = background;
    context.fillRect(0, 0, TILE_SIZE, TILE_SIZE);
  }
  context.fillStyle = color;
  context.strokeStyle = color;
  context.lineWidth = 2;
  pattern?.(context);
  return canvas;
}

function strokeLines(
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
