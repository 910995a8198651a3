import { CANARY } from '../sampleGateways/secrets.ts';

/** How the mark of a secret may be written; one of these is in every text that holds a whole marked secret. */
const FORMS: readonly (readonly [form: string, pattern: RegExp])[] = [
  ['plain', new RegExp(CANARY)],
  ['in UTF-16', new RegExp([...CANARY].join('\0'))],
  ['URL-encoded', new RegExp(percentEncoded(CANARY))],
  // Base64 encodes three bytes at a time, so its form of the mark depends on the mark's offset.
  ...[0, 1, 2].map(before => [`base64 at ${before}`, new RegExp(within(before))] as const),
];

/** In which form a marked secret stands in a text, and what is before it; undefined where there is none. */
export function traceIn(text: string): string | undefined {
  for (const [form, pattern] of FORMS) {
    const at = text.search(pattern);
    if (at >= 0) return `${form} after “${text.slice(Math.max(0, at - 60), at)}”`;
  }
  return undefined;
}

/** Each character of it may be encoded or not. */
function percentEncoded(text: string): string {
  const hex = (sign: string) =>
    sign
      .charCodeAt(0)
      .toString(16)
      .replace(/[a-f]/g, each => `[${each}${each.toUpperCase()}]`);
  return [...text].map(sign => `(?:${sign}|%${hex(sign)})`).join('');
}

/** The base64 characters that depend on the mark alone, whatever stands around it. */
function within(before: number): string {
  const signs = Buffer.from('x'.repeat(before) + CANARY)
    .toString('base64')
    .replace(/=+$/, '');
  const first = Math.ceil((before * 8) / 6);
  const last = Math.floor(((before + CANARY.length) * 8) / 6);
  return signs.slice(first, last);
}
