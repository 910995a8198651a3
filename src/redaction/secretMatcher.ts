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

/**
 * Finds parts of known texts in other texts, without regard to the case of ASCII letters. A Bloom filter over a rolling
 * hash is asked before the set, so that a text without any part is read once and never copied.
 */
export class SecretMatcher {
  readonly #parts = new Set<string>();
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
    }
    if (this.#parts.size * BITS_PER_PART > 2 ** this.#filterBits && this.#filterBits < MAX_FILTER_BITS)
      this.#growFilter();
  }

  /** The spans of a text that consist of known parts, in order and apart from each other. */
  findSpans(text: string): readonly Span[] {
    let spans: Span[] | undefined;
    let from = -1;
    let to = -1;
    let hash = text.length < PART_LENGTH ? 0 : hashOf(text, 0);
    for (let at = 0; at + PART_LENGTH <= text.length; at++) {
      if (at > 0) hash = rollHash(hash, text, at);
      if (!this.#mayContain(hash) || !this.#parts.has(lowerCase(text.slice(at, at + PART_LENGTH)))) continue;
      if (at > to) {
        if (from >= 0) spans = withSpan(spans, from, to);
        from = at;
      }
      to = at + PART_LENGTH;
    }
    return from >= 0 ? withSpan(spans, from, to) : NO_SPANS;
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

function withSpan(spans: Span[] | undefined, from: number, to: number): Span[] {
  const all = spans ?? [];
  all.push([from, to]);
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
