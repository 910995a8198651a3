/**
 * Characters written as numbers, eight or more in a row: in escapes of JSON, Python, HTML or mail, and in hex dumps.
 */
const RUN_PATTERNS: readonly (readonly [run: RegExp, number: RegExp, base: 10 | 16])[] = [
  [/(?:(?:\\x|0x|\\u00|=|&#x)[0-9a-f]{2};?[\s,]{0,2}){8,}/gi, /(?:x|u00|=)([0-9a-f]{2})/gi, 16],
  [/(?:&#\d{2,3};){8,}/g, /(\d+)/g, 10],
  [/(?:[0-9a-f]{2}[\s:,-]?){8,}/gi, /([0-9a-f]{2})/gi, 16],
];
const MIN_RUN_LENGTH = 16;
/** Which characters runs consist of, by code. */
const RUN_CHARACTERS = new Uint8Array(128);
for (const character of '0123456789abcdefABCDEF \t\r\n:,-\\xXuU=&#;')
  RUN_CHARACTERS[character.charCodeAt(0)] = 1;
const SAMPLE_STEP = 4;

/** Whether a text may hold a run: looks at every fourth character only, so that most texts cost next to nothing. */
function mayHoldRun(text: string): boolean {
  let inRow = 0;
  for (let at = SAMPLE_STEP - 1; at < text.length; at += SAMPLE_STEP) {
    inRow = RUN_CHARACTERS[text.charCodeAt(at)] === 1 ? inRow + 1 : 0;
    if (inRow === MIN_RUN_LENGTH / SAMPLE_STEP) return true;
  }
  return false;
}

/**
 * Replaces runs of character codes whose text is a secret by `mark`: `\x73\x6b\x2d…`, `&#115;&#107;…`, `73 6b 2d …`.
 *
 * @param isSecret Whether a decoded text holds a secret.
 */
export function redactEncodedRuns(
  text: string,
  isSecret: (said: string) => boolean,
  replacement: string,
): string {
  if (!mayHoldRun(text)) return text;
  let clean = text;
  for (const [run, number, base] of RUN_PATTERNS) {
    const decode = (digits: string) =>
      [...digits.matchAll(number)].map(([, one = '']) => String.fromCharCode(Number.parseInt(one, base)));
    // A digit before the first number would shift all of them.
    const decodedTexts = (found: string) => [found, found.slice(1)].map(digits => decode(digits).join(''));
    clean = clean.replace(run, found => (decodedTexts(found).some(isSecret) ? replacement : found));
  }
  return clean;
}
