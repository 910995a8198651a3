import { encodedForms } from './encodedForms.ts';
import { redactEncodedRuns } from './encodedRuns.ts';
import { commonSubstringLength, isPublicWord, wordsAround } from './publicWords.ts';
import { PART_LENGTH, SecretMatcher } from './secretMatcher.ts';
import { REPLACEMENT, redactPatterns, redactTogether } from './secretPatterns.ts';
import { redactShownBy } from './shownRedactor.ts';

/** A shorter secret cannot be told from words. One between this and `PART_LENGTH` counts only as a whole word. */
const MIN_SECRET_LENGTH = 6;
/** A prefix of many secrets, which alone reveals nothing. */
const SECRET_PREFIX = /^(?:sk|mk)[-_](?:live_|test_|proj-|or-v1-|ant-api\d\d-)?/i;

/**
 * Takes secrets out of any text on its way to a person, a file or a log, and writes `‹secret›` in their place. It knows
 * the secrets in use, whole, in parts of 8 characters and in all their encoded forms, and what secrets usually look
 * like.
 */
export class Redactor {
  readonly #secrets = new Set<string>();
  readonly #matcher = new SecretMatcher();
  readonly #shortSecrets: string[] = [];
  /** The hosts that keys are sent to, and each name within them, with whether it may stay readable; decided once. */
  readonly #isPublicHost = new Map<string, boolean | undefined>();

  /**
   * Redacts `secret` from now on, in every form. Its base URL stays readable as long as no more than half of a secret
   * stands in a name of it. Secrets of fewer than 6 characters are not redacted, those of 6 or 7 only as whole words.
   */
  protect(secret: string, baseUrl?: string): void {
    if (baseUrl !== undefined) this.#addNames(baseUrl);
    if (secret.length < MIN_SECRET_LENGTH || this.#secrets.has(secret)) return;
    this.#secrets.add(secret);
    for (const host of this.#isPublicHost.keys()) this.#isPublicHost.set(host, undefined);
    if (secret.length < PART_LENGTH) this.#shortSecrets.push(secret);
    else {
      const prefix = SECRET_PREFIX.exec(secret)?.[0].length ?? 0;
      for (const form of encodedForms(secret)) {
        this.#matcher.addText(
          form,
          form.startsWith(secret.slice(0, prefix)) ? Math.max(0, prefix - PART_LENGTH + 1) : 0,
        );
      }
    }
  }

  /** The text without any secret in use and without anything that looks like one: `Bearer ‹secret›`. */
  redact(text: string): string {
    let clean = this.#redactParts(text);
    if (!this.#matcher.isEmpty) clean = redactEncodedRuns(clean, this.#containsSecretPart, REPLACEMENT);
    for (const secret of this.#shortSecrets) clean = this.#redactWholeWord(clean, secret);
    return redactPatterns(clean);
  }

  /** Redacts texts that are shown together. They are searched together first, since most hold nothing to find. */
  redactTexts<Texts extends readonly (string | undefined)[]>(texts: Texts): Texts {
    return redactTogether(texts, text => this.redact(text));
  }

  /** Redacts all texts in plain data, names of properties included. What needs no change is not copied. */
  redactValue<T>(value: T): T {
    return this.#redactValue(value, 0, new Map()) as T;
  }

  /** An error that may be shown: message and stack redacted, without its cause. */
  redactError(error: unknown): Error {
    const clean = new Error(this.redact(error instanceof Error ? error.message : String(error)));
    if (error instanceof Error) {
      clean.name = error.name;
      clean.stack = this.redact(error.stack ?? '');
    }
    return clean;
  }

  readonly #containsSecretPart = (text: string) => this.#matcher.findSpans(text).length > 0;

  #redactParts(text: string): string {
    if (this.#matcher.isEmpty) return text;
    let clean = '';
    let copied = 0;
    for (const [from, to] of this.#matcher.findSpans(text)) {
      if (this.#isPublic(text, from, to)) continue;
      const prefix = PREFIX_AT_END.exec(text.slice(Math.max(copied, from - 16), from))?.[0].length ?? 0;
      clean += text.slice(copied, from - prefix) + REPLACEMENT;
      copied = to;
    }
    return clean + text.slice(copied);
  }

  #redactWholeWord(text: string, secret: string): string {
    const quoted = secret.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    const alone = new RegExp(`(?<![A-Za-z0-9])${quoted}(?![A-Za-z0-9])`, 'g');
    return text.replace(alone, (word, at: number) =>
      this.#isPublic(text, at, at + word.length) ? word : REPLACEMENT,
    );
  }

  /** Whether a part of a secret stands in a word that is no secret: one of our own, or a host keys are sent to. */
  #isPublic(text: string, from: number, to: number): boolean {
    for (const word of wordsAround(text, from, to)) if (isPublicWord(word) || this.#isHost(word)) return true;
    return false;
  }

  #addNames(baseUrl: string): void {
    const { hostname, pathname } = URL.parse(baseUrl.toLowerCase()) ?? { hostname: '', pathname: '' };
    for (const name of [hostname, ...hostname.split('.'), ...pathname.split('/')]) {
      if (name !== '' && !this.#isPublicHost.has(name)) this.#isPublicHost.set(name, undefined);
    }
  }

  #isHost(word: string): boolean {
    const name = word.toLowerCase();
    if (!this.#isPublicHost.has(name)) return false;
    const cached = this.#isPublicHost.get(name);
    if (cached !== undefined) return cached;
    let isPublic = true;
    for (const secret of this.#secrets) isPublic &&= commonSubstringLength(name, secret) * 2 <= secret.length;
    this.#isPublicHost.set(name, isPublic);
    return isPublic;
  }

  /** `known` are texts of the same value that were redacted already: days and names stand in it again and again. */
  #redactValue(value: unknown, depth: number, known: Map<string, string>): unknown {
    if (typeof value === 'string') return this.#redactOnce(value, known);
    if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return value;
    if (Array.isArray(value)) return this.#redactItems(value, depth, known);
    return isPlain(value) ? this.#redactMembers(value, depth, known) : value;
  }

  #redactOnce(text: string, known: Map<string, string>): string {
    const before = known.get(text);
    if (before !== undefined) return before;
    const clean = this.redact(text);
    known.set(text, clean);
    return clean;
  }

  #redactItems(items: readonly unknown[], depth: number, known: Map<string, string>): readonly unknown[] {
    let copy: unknown[] | undefined;
    for (let index = 0; index < items.length; index++) {
      // Numbers are skipped early: there may be a hundred thousand of them.
      if (typeof items[index] === 'number') continue;
      const item = this.#redactValue(items[index], depth + 1, known);
      if (Object.is(item, items[index])) continue;
      copy ??= items.slice();
      copy[index] = item;
    }
    return copy ?? items;
  }

  #redactMembers(
    value: Readonly<Record<string, unknown>>,
    depth: number,
    known: Map<string, string>,
  ): object {
    const names = Object.keys(value);
    let copy: (readonly [string, unknown])[] | undefined;
    for (let index = 0; index < names.length; index++) {
      const name = names[index] ?? '';
      const cleanName = MEMBER_NAME.test(name) ? name : this.#redactOnce(name, known);
      const member = this.#redactValue(value[name], depth + 1, known);
      if (!copy && (cleanName !== name || !Object.is(member, value[name]))) {
        copy = Object.entries(value).slice(0, index);
      }
      copy?.push([cleanName, member]);
    }
    return copy ? Object.fromEntries(copy) : value;
  }
}

/** The redactor of this process. Every text that leaves the extension passes it. */
export const redactor = new Redactor();
redactShownBy(redactor);

/** Deeper than any data of ours. */
const MAX_DEPTH = 30;
/**
 * The form of our own member names, which are never redacted as a whole: a password that begins like one must not
 * remove figures.
 */
const MEMBER_NAME = /^[A-Za-z]{1,24}$/;
const PREFIX_AT_END = /(?:sk|mk)[-_](?:live_|test_|proj-|or-v1-|ant-api\d\d-)?$/i;

function isPlain(value: object): value is Readonly<Record<string, unknown>> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
