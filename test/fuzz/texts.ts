import * as fc from 'fast-check';

/** Signs that mean something to someone: markup, formulas, directions, ends of lines, prototypes. */
const SHARP = [
  '<img src=x onerror=alert(1)>',
  '[x](command:workbench.action.quit)',
  '$(trash)',
  '](',
  '|',
  '`',
  '\\',
  '=HYPERLINK("http://e","x")',
  '+1',
  '@x',
  '\u202E',
  '\u2066',
  '\u0000',
  '\u001B[31m',
  '\r\n',
  '\u2028',
  '\uD83D',
  '\uFEFF',
  '\u200B',
  '👩‍👩‍👧‍👦',
  '令牌',
  'مفتاح',
  '__proto__',
  'constructor',
  'toString',
  'NaN',
  'null',
  '{0}',
  '{label}',
  '%s',
  '&amp;',
  'https://e.example',
  'www.e.example',
  '"',
  "'",
  ',',
  ';',
];

/** Several code points that are one sign to a reader, and letters of many scripts. */
const grapheme = fc.constantFrom(
  ...['a', 'Z', '9', ' ', '-', 'é', 'e\u0301', 'ß', 'Ω', 'я', 'ع', 'ש', 'क्षि', 'ก็', '각', '中', 'の'],
  ...['😀', '👍🏽', '👩‍💻', '🇩🇪', '1️⃣', '½', '٣', '①', '€', '∑', '‰', '—', '“', 'ﬁ', '\u00A0', '𝒳'],
);

/**
 * Any at all, halves of pairs too. The library's own units, `binary` and `grapheme`, first list all they know,
 * which takes longer than a thousand cases of most targets.
 */
const codePoint = fc.integer({ min: 0, max: 0x10_ff_ff }).map(code => String.fromCodePoint(code));

/** Texts as people and gateways write them, and as they should not. */
export const texts: fc.Arbitrary<string> = fc.oneof(
  fc.string({ maxLength: 30 }),
  fc.string({ unit: grapheme, maxLength: 20 }),
  fc.string({ unit: codePoint, maxLength: 20 }),
  fc
    .array(fc.oneof(fc.constantFrom(...SHARP), fc.string({ maxLength: 5 })), { maxLength: 6 })
    .map(parts => parts.join('')),
  fc.constantFrom('', ' ', 'production', 'gpt-4.1', 'Team key'),
);

/** The same, and now and then far too long. */
export const longTexts: fc.Arbitrary<string> = fc.oneof(
  { weight: 300, arbitrary: texts },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        fc.constantFrom(...SHARP, 'n', ' ', '-', 'sk-', '%41', '='),
        fc.integer({ min: 1000, max: 100_000 }),
      )
      .map(([part, length]) => part.repeat(Math.ceil(length / part.length)).slice(0, length)),
  },
);

/** Names without any digit, so that no figure can hide in them. */
export const names: fc.Arbitrary<string> = texts.map(text => text.replace(/\p{N}/gu, 'x').slice(0, 60));
