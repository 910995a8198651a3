const MARK = '‹secret›';
/** Shorter pieces are ordinary words by chance. */
const MIN_PART = 8;

const SHAPES: readonly RegExp[] = [
  /\b(?:sk|mk)[-_][A-Za-z0-9*_-]{6,}/g,
  /\bbearer\s+[^\s"'<>]{6,}/gi,
  /([?&](?:key|token|api_key|apikey|access_token)=)[^&\s"'<>]+/gi,
];

/** Takes secrets out of any text on its way to a person, a file or a log. */
export class Redactor {
  readonly #secrets = new Map<string, readonly string[]>();

  /** Makes `secret` unspeakable from now on, in every form it could turn up in. */
  protect(secret: string): void {
    if (secret.length < MIN_PART || this.#secrets.has(secret)) return;
    this.#secrets.set(secret, formsOf(secret));
  }

  /** The text without any secret in use and without anything that looks like one. */
  redact(text: string): string {
    let clean = text;
    for (const forms of this.#secrets.values()) {
      for (const form of forms) clean = clean.replaceAll(form, MARK);
    }
    for (const shape of SHAPES) {
      clean = clean.replace(
        shape,
        (_all, prefix: unknown) => (typeof prefix === 'string' ? prefix : '') + MARK,
      );
    }
    return clean;
  }
}

function formsOf(secret: string): readonly string[] {
  const bare = secret.replace(/^(?:sk|mk)[-_](?:live_)?/, '');
  const base64 = Buffer.from(secret).toString('base64').replace(/=+$/, '');
  const forms = [secret, encodeURIComponent(secret), base64, Buffer.from(secret).toString('base64url')];
  if (bare.length >= MIN_PART) forms.push(bare);
  return [...new Set(forms)].sort((a, b) => b.length - a.length);
}
