const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\uFF01-\uFF60]/u;

/** Whether a character is twice as wide as a letter: Chinese, Japanese, Korean, full width, and pictures. */
export function isWide(character: string): boolean {
  return WIDE.test(character);
}
