/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** What WCAG 1.4.11 demands of meaningful graphics. */
const MIN_CONTRAST = 3;
const MIX_STEP = 0.1;

/** Parses a color as a canvas writes it, `#1a85ff` or `rgba(26, 133, 255, 0.5)`, on a background. */
export function parseColor(text: string, ground: Rgb): Rgb | undefined {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text);
  if (hex) return hex.slice(1).map(part => Number.parseInt(part, 16)) as unknown as Rgb;
  const numbers = /^rgba?\(([\d.\s,]+)\)$/.exec(text)?.[1]?.split(',').map(Number);
  if (!numbers || numbers.length < 3) return undefined;
  const [red = 0, green = 0, blue = 0, share = 1] = numbers;
  return mix(ground, [red, green, blue], share);
}

/** The color itself if its contrast with the background is enough, else mixed with as much of `strong` as it needs. */
export function withContrast(color: Rgb, ground: Rgb, strong: Rgb): Rgb {
  for (let share = 0; share < 1; share += MIX_STEP) {
    const mixed = mix(color, strong, share);
    if (contrast(mixed, ground) >= MIN_CONTRAST) return mixed;
  }
  return strong;
}

/** The contrast ratio of two colors, 1 to 21. */
export function contrast(a: Rgb, b: Rgb): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

export function cssColor([red, green, blue]: Rgb): string {
  return `rgb(${Math.round(red)}, ${Math.round(green)}, ${Math.round(blue)})`;
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const part = (index: 0 | 1 | 2) => from[index] + (to[index] - from[index]) * share;
  return [part(0), part(1), part(2)];
}

function luminance(color: Rgb): number {
  const [red = 0, green = 0, blue = 0] = color.map(part => {
    const share = part / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
