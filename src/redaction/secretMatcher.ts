/** The shortest part of a secret that is redacted, in characters; shorter ones can be part of an ordinary word. */
export const PART_LENGTH = 8;

const HASH_BASE = 31;
/** The factor of the character that leaves the window of the rolling hash. */
const LEAVING_FACTOR = HASH_BASE ** (PART_LENGTH - 1);
/** The table has twice as many slots as parts at least, so that most lookups end at an empty one. */
const SLOTS_PER_PART = 2;
const MIN_SLOT_BITS = 12;
const EMPTY = -1;

type Span = readonly [from: number, to: number];

/** Shared, since most texts hold no part. */
const NO_SPANS: readonly Span[] = [];

/** All characters beyond ASCII count as one. */
const BEYOND_ASCII = 128;

/**
 * Finds parts of known texts in other texts, without regard to the case of ASCII letters. Runs of characters that no
 * part has, or too short for a part between them, are passed over. The rest is looked up by a rolling hash in a table of
 * where parts begin, so that a text without any part is read once and never copied, and a thousand secrets take little.
 */
export class SecretMatcher {
  /** The known texts, one after the other. */
  #texts = new Uint16Array(2 ** 12);
  #length = 0;
  #count = 0;
  /** Binary logarithm of the table's size. */
  #slotBits = MIN_SLOT_BITS;
  #slots = new Int32Array(2 ** MIN_SLOT_BITS).fill(EMPTY);
  /** Which characters parts consist of, by code: most words on the screen are shorter than a part, with spaces around. */
  readonly #characters = new Uint8Array(BEYOND_ASCII + 1);

  get isEmpty(): boolean {
    return this.#count === 0;
  }

  /** Adds all runs of `PART_LENGTH` characters from `first` on. */
  addText(text: string, first = 0): void {
    const lower = lowerCase(text).slice(first);
    if (lower.length < PART_LENGTH) return;
    const start = this.#keep(lower);
    this.#growTable(this.#count + lower.length);
    this.#addCharacters(lower);
    for (let at = 0; at + PART_LENGTH <= lower.length; at++) {
      const slot = this.#slotOf(lower, at, hashOf(lower, at));
      if (this.#slots[slot] !== EMPTY) continue;
      this.#slots[slot] = start + at;
      this.#count++;
    }
  }

  /** The spans of a text that consist of known parts, in order and apart from each other. */
  findSpans(text: string): readonly Span[] {
    let spans: Span[] | undefined;
    let run = this.#findRun(text, 0);
    while (run + PART_LENGTH <= text.length) {
      let at = run;
      let hash = hashOf(text, at);
      for (;;) {
        if (this.#slots[this.#slotOf(text, at, hash)] !== EMPTY) spans = withPart(spans, at);
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

  /** The slot of the part that begins at `at`, or the empty one where it would be. */
  #slotOf(text: string, at: number, hash: number): number {
    const last = this.#slots.length - 1;
    let slot = slotFor(hash, this.#slotBits);
    for (;;) {
      const place = this.#slots[slot] ?? EMPTY;
      if (place === EMPTY || this.#isPart(text, at, place)) return slot;
      slot = slot === last ? 0 : slot + 1;
    }
  }

  #isPart(text: string, at: number, place: number): boolean {
    for (let index = 0; index < PART_LENGTH; index++)
      if (lowerCode(text.charCodeAt(at + index)) !== this.#texts[place + index]) return false;
    return true;
  }

  /** Returns where the text begins among the others. */
  #keep(text: string): number {
    const start = this.#length;
    this.#length += text.length;
    if (this.#length > this.#texts.length) {
      const longer = new Uint16Array(2 ** Math.ceil(Math.log2(this.#length)));
      longer.set(this.#texts);
      this.#texts = longer;
    }
    for (let at = 0; at < text.length; at++) this.#texts[start + at] = text.charCodeAt(at);
    return start;
  }

  #growTable(parts: number): void {
    if (parts * SLOTS_PER_PART <= this.#slots.length) return;
    const places = this.#slots.filter(place => place !== EMPTY);
    this.#slotBits = Math.ceil(Math.log2(parts * SLOTS_PER_PART));
    this.#slots = new Int32Array(2 ** this.#slotBits).fill(EMPTY);
    for (const place of places) {
      const part = String.fromCharCode(...this.#texts.subarray(place, place + PART_LENGTH));
      this.#slots[this.#slotOf(part, 0, hashOf(part, 0))] = place;
    }
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

function slotFor(hash: number, bits: number): number {
  return Math.imul(hash, 0x9e3779b1) >>> (32 - bits);
}

/** The same code for both cases of a letter; other characters that share a code are told apart by the texts. */
function codeAt(text: string, at: number): number {
  return text.charCodeAt(at) | 32;
}

/** Only ASCII, so that every character keeps its index. */
function lowerCase(text: string): string {
  return text.replace(/[A-Z]+/g, letters => letters.toLowerCase());
}

function lowerCode(code: number): number {
  return code >= 65 && code <= 90 ? code + 32 : code;
}
