/** Also one that stands right after a letter, as in `x1,002.00`: symbols of currencies may end in any. */
const FIGURE = /(?<![\d.]|\d,)(\d[\d,]*(?:\.\d+)?)(?:([KMBT])(?![A-Za-z])|E(\d+))?/g;
const DIGIT = /\d/;
const SIZES: Readonly<Record<string, number>> = { K: 1e3, M: 1e6, B: 1e9, T: 1e12 };

interface Figure {
  readonly text: string;
  readonly value: number;
  /** How much one more in its last digit would be. */
  readonly step: number;
}

/** All figures that a person can read in a text in English. */
export function figuresIn(text: string): Figure[] {
  // Most texts are names, which have none.
  if (!DIGIT.test(text)) return [];
  return [...text.matchAll(FIGURE)].map(([whole, digits = '', size = '', power = '0']) => {
    const scale = (SIZES[size] ?? 1) * 10 ** Number(power);
    const decimals = digits.split('.')[1]?.length ?? 0;
    return { text: whole, value: Number(digits.replaceAll(',', '')) * scale, step: scale * 10 ** -decimals };
  });
}

/**
 * The first figure in a text that none of these numbers explains: cut off or rounded in its last digit, and
 * whatever its sign. Undefined when there is none.
 */
export function unexplained(text: string, numbers: readonly number[]): string | undefined {
  const sizes = numbers.map(Math.abs);
  const strange = figuresIn(text).find(({ value, step }) => !sizes.some(size => explains(size, value, step)));
  return strange && `the figure ${strange.text} in “${text.slice(0, 300)}”`;
}

function explains(size: number, value: number, step: number): boolean {
  // Beyond what a double holds, all that can be told is that the figure is immense.
  if (!Number.isFinite(value)) return size > 1e290;
  return Math.abs(size - value) < step * 1.000001 + size * 4e-16;
}

/** All finite numbers in plain data, also those that are texts. */
export function numbersIn(data: unknown): number[] {
  const found: number[] = [];
  const look = (value: unknown, depth: number): void => {
    if (typeof value === 'number' && Number.isFinite(value)) found.push(value);
    else if (typeof value === 'string') {
      if (!DIGIT.test(value)) return;
      if (value.length < 400 && value.trim() !== '' && Number.isFinite(Number(value)))
        found.push(Number(value));
      for (const figure of figuresIn(value.slice(0, 4000))) found.push(figure.value);
    } else if (Array.isArray(value)) {
      found.push(value.length);
      for (const item of value) look(item, depth + 1);
    } else if (typeof value === 'object' && value !== null && depth < 20) {
      for (const [name, member] of Object.entries(value)) {
        look(name, depth + 1);
        look(member, depth + 1);
      }
    }
  };
  look(data, 0);
  return found;
}

/** Whether a number is one of these divided by a divisor, give or take what binary division leaves. */
export function isOneOf(number: number, numbers: readonly number[], divisor = 1): boolean {
  return numbers.some(each => {
    const part = each / divisor;
    return Math.abs(part - number) <= 1.01e-6 + Math.abs(part) * 1e-12;
  });
}
