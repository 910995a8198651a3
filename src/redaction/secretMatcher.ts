/** So many characters of a secret in a row are redacted; fewer can be part of an ordinary word. */
export const PART_LENGTH = 8;

const HASH_BASE = 31;
/** The factor of the character that leaves the window of the rolling hash. */
const LEAVING_FACTOR = HASH_BASE ** (PART_LENGTH - 1);
/** Filter bits per part: the more, the fewer lookups in the set. */
const BITS_PER_PART = 64;
const MIN_FILTER_BITS = 14;
const MAX_FILTER_BITS = 30;

type Span = readonly [from: number, to: number];

/** Shared, since most texts hold no part. */
const NO_SPANS: readonly Span[] = [];

/** All characters beyond ASCII count as one. */
const BEYOND_ASCII = 128;

/**
 * Finds parts of known texts in other texts, without regard to the case of ASCII letters. Runs of characters that no
 * part has, or too short for a part between them, are passed over. Of the rest a Bloom filter over a rolling hash is
 * asked before the set, so that a text without any part is read once and never copied.
 */
export class SecretMatcher {
  readonly #parts = new Set<string>();
  /** Which characters parts consist of, by code: most words on the screen are shorter than a part, with spaces around. */
  readonly #characters = new Uint8Array(BEYOND_ASCII + 1);
  /** Binary logarithm of the filter's size. */
  #filterBits = MIN_FILTER_BITS;
  #filter = new Uint8Array(2 ** (MIN_FILTER_BITS - 3));

  get isEmpty(): boolean {
    return this.#parts.size === 0;
  }

  /** Adds all runs of `PART_LENGTH` characters from `first` on. */
  addText(text: string, first = 0): void {
    const lower = lowerCase(text);
    for (let at = first; at + PART_LENGTH <= lower.length; at++) {
      const part = lower.slice(at, at + PART_LENGTH);
      this.#parts.add(part);
      this.#addToFilter(part);
      this.#addCharacters(part);
    }
    if (this.#parts.size * BITS_PER_PART > 2 ** this.#filterBits && this.#filterBits < MAX_FILTER_BITS)
      this.#growFilter();
  }

  /** The spans of a text that consist of known parts, in order and apart from each other. */
  findSpans(text: string): readonly Span[] {
    let spans: Span[] | undefined;
    let run = this.#findRun(text, 0);
    while (run + PART_LENGTH <= text.length) {
      let at = run;
      let hash = hashOf(text, at);
      for (;;) {
        if (this.#mayContain(hash) && this.#parts.has(lowerCase(text.slice(at, at + PART_LENGTH))))
          spans = withPart(spans, at);
        const next = at + PART_LENGTH;
        if (next >= text.length || !this.#hasCharacter(text.charCodeAt(next))) break;
        at++;
        hash = rollHash(hash, text, at);
      }
      run = this.#findRun(text, at + PART_LENGTH + 1);
    }
    return spans ?? NO_SPANS;
  }

  /** Where the next part can begin at the earliest: `PART_LENGTH` characters that parts have. The text's end if nowhere. */
  #findRun(text: string, from: number): number {
    let start = from;
    for (let end = start + PART_LENGTH; end <= text.length; end = start + PART_LENGTH) {
      let at = end - 1;
      while (at >= start && this.#hasCharacter(text.charCodeAt(at))) at--;
      if (at < start) return start;
      start = at + 1;
    }
    return text.length;
  }

  #hasCharacter(code: number): boolean {
    return this.#characters[Math.min(code, BEYOND_ASCII)] === 1;
  }

  /** Both cases of a letter, since texts are compared without regard to it. */
  #addCharacters(part: string): void {
    for (const text of [part, part.toUpperCase()]) {
      for (let at = 0; at < text.length; at++)
        this.#characters[Math.min(text.charCodeAt(at), BEYOND_ASCII)] = 1;
    }
  }

  #growFilter(): void {
    this.#filterBits = Math.min(MAX_FILTER_BITS, Math.ceil(Math.log2(this.#parts.size * BITS_PER_PART)) + 1);
    this.#filter = new Uint8Array(2 ** (this.#filterBits - 3));
    for (const part of this.#parts) this.#addToFilter(part);
  }

  #addToFilter(part: string): void {
    const bit = filterBit(hashOf(part, 0), this.#filterBits);
    this.#filter[bit >> 3] = (this.#filter[bit >> 3] ?? 0) | (1 << (bit & 7));
  }

  #mayContain(hash: number): boolean {
    const bit = filterBit(hash, this.#filterBits);
    return ((this.#filter[bit >> 3] ?? 0) & (1 << (bit & 7))) !== 0;
  }
}

/** Adds the part that begins at `at` to the last span, where they overlap or touch, or as a span of its own. */
function withPart(spans: Span[] | undefined, at: number): Span[] {
  const all = spans ?? [];
  const last = all.at(-1);
  if (last && at <= last[1]) all[all.length - 1] = [last[0], at + PART_LENGTH];
  else all.push([at, at + PART_LENGTH]);
  return all;
}

function hashOf(text: string, at: number): number {
  let hash = 0;
  for (let index = at; index < at + PART_LENGTH; index++)
    hash = (Math.imul(hash, HASH_BASE) + codeAt(text, index)) | 0;
  return hash;
}

/** The hash of the window that begins at `at`, from that of the window before. */
function rollHash(hash: number, text: string, at: number): number {
  const without = (hash - Math.imul(codeAt(text, at - 1), LEAVING_FACTOR)) | 0;
  return (Math.imul(without, HASH_BASE) + codeAt(text, at + PART_LENGTH - 1)) | 0;
}

function filterBit(hash: number, bits: number): number {
  return Math.imul(hash, 0x9e3779b1) >>> (32 - bits);
}

/** The same code for both cases of a letter; other characters that share a code are told apart by the set. */
function codeAt(text: string, at: number): number {
  return text.charCodeAt(at) | 32;
}

/** Only ASCII, so that every character keeps its index. */
function lowerCase(text: string): string {
  return text.replace(/[A-Z]+/g, letters => letters.toLowerCase());
}
