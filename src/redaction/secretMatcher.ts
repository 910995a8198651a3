/** So many characters of a secret in a row are redacted; fewer can be part of an ordinary word. */
export const PART_LENGTH = 8;

type Span = readonly [from: number, to: number];

/** Finds parts of known texts in other texts, without regard to the case of ASCII letters. */
export class SecretMatcher {
  readonly #parts = new Set<string>();

  get isEmpty(): boolean {
    return this.#parts.size === 0;
  }

  /** Makes all runs of `PART` signs from `first` on known. */
  addText(text: string, first = 0): void {
    const lower = lowerCase(text);
    for (let at = first; at + PART_LENGTH <= lower.length; at++)
      this.#parts.add(lower.slice(at, at + PART_LENGTH));
  }

  /** The spans of a text that are made of known parts, in order and apart from each other. */
  findSpans(text: string): readonly Span[] {
    const lower = lowerCase(text);
    const spans: Span[] = [];
    let from = -1;
    let to = -1;
    for (let at = 0; at + PART_LENGTH <= lower.length; at++) {
      if (!this.#parts.has(lower.slice(at, at + PART_LENGTH))) continue;
      if (at > to) {
        if (from >= 0) spans.push([from, to]);
        from = at;
      }
      to = at + PART_LENGTH;
    }
    if (from >= 0) spans.push([from, to]);
    return spans;
  }
}

/** Only ASCII, so that every sign keeps its place. */
function lowerCase(text: string): string {
  return text.replace(/[A-Z]+/g, letters => letters.toLowerCase());
}
