/** So many signs of a secret in a row give it away; fewer are an ordinary word by chance. */
export const PART = 8;

const BASE = 31;
/** What the sign that leaves a run has contributed to its number. */
const LEAVING = BASE ** (PART - 1);
/** For each part there are so many places to be told in, so that few other runs have to be looked at closely. */
const PLACES = 64;
const FEWEST_BITS = 14;
/** Runs are told by numbers of no more bits than this. */
const MOST_BITS = 30;

type Span = readonly [from: number, to: number];

/** What almost every text has of them; in a long report there are hundreds of thousands of texts. */
const NONE: readonly Span[] = [];

/**
 * Finds parts of known texts in other texts, without regard to the case of ASCII letters. Every run of signs is
 * told by a number that rolls along, so that a text without any is read once and copied never.
 */
export class SecretMatcher {
  readonly #parts = new Set<string>();
  #bits = FEWEST_BITS;
  #numbers = new Uint8Array(2 ** (FEWEST_BITS - 3));

  get isEmpty(): boolean {
    return this.#parts.size === 0;
  }

  /** Makes all runs of `PART` signs from `first` on known. */
  add(text: string, first = 0): void {
    for (let at = first; at + PART <= text.length; at++) {
      const part = lowerCase(text.slice(at, at + PART));
      this.#parts.add(part);
      this.#mark(part);
    }
    if (this.#parts.size * PLACES > 2 ** this.#bits && this.#bits < MOST_BITS) this.#makeRoom();
  }

  /** The spans of a text that are made of known parts, in order and apart from each other. */
  spans(text: string): readonly Span[] {
    let found: Span[] | undefined;
    let from = -1;
    let to = -1;
    let number = text.length < PART ? 0 : numberOf(text, 0);
    for (let at = 0; at + PART <= text.length; at++) {
      if (at > 0) number = rolled(number, text, at);
      if (!this.#mayBe(number) || !this.#parts.has(lowerCase(text.slice(at, at + PART)))) continue;
      if (at > to) {
        if (from >= 0) found = withSpan(found, from, to);
        from = at;
      }
      to = at + PART;
    }
    return from >= 0 ? withSpan(found, from, to) : NONE;
  }

  #makeRoom(): void {
    this.#bits = Math.min(MOST_BITS, Math.ceil(Math.log2(this.#parts.size * PLACES)) + 1);
    this.#numbers = new Uint8Array(2 ** (this.#bits - 3));
    for (const part of this.#parts) this.#mark(part);
  }

  #mark(part: string): void {
    const bit = bitOf(numberOf(part, 0), this.#bits);
    this.#numbers[bit >> 3] = (this.#numbers[bit >> 3] ?? 0) | (1 << (bit & 7));
  }

  #mayBe(number: number): boolean {
    const bit = bitOf(number, this.#bits);
    return ((this.#numbers[bit >> 3] ?? 0) & (1 << (bit & 7))) !== 0;
  }
}

function withSpan(spans: Span[] | undefined, from: number, to: number): Span[] {
  const all = spans ?? [];
  all.push([from, to]);
  return all;
}

function numberOf(text: string, at: number): number {
  let number = 0;
  for (let sign = at; sign < at + PART; sign++) number = (Math.imul(number, BASE) + codeAt(text, sign)) | 0;
  return number;
}

function rolled(number: number, text: string, at: number): number {
  const without = (number - Math.imul(codeAt(text, at - 1), LEAVING)) | 0;
  return (Math.imul(without, BASE) + codeAt(text, at + PART - 1)) | 0;
}

function bitOf(number: number, bits: number): number {
  return Math.imul(number, 0x9e3779b1) >>> (32 - bits);
}

/** The same for a letter in either case. What else becomes the same by it is told apart by the part itself. */
function codeAt(text: string, at: number): number {
  return text.charCodeAt(at) | 32;
}

/** Only ASCII, so that every sign keeps its place. */
function lowerCase(text: string): string {
  return text.replace(/[A-Z]+/g, letters => letters.toLowerCase());
}
