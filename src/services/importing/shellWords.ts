/** A line that goes on in the next one, quotes, an escaped character, spaces, and plain characters, in this order. */
const PIECE =
  /(?<next>[\\^`]\n)|\$?'(?<single>[^']*)'|\^?"(?<double>(?:[^"\\]|\\[\s\S])*)"|\\(?<character>[^\n])|(?<space>[^\S\n]+)|(?<end>[\n;|&])|(?<plain>[^\s;|&'"\\^`$]+|.)/gu;

/** The words of one command, without their quotes, as a shell reads them: up to the end of its line, or of the command. */
export function shellWords(text: string): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  for (const { groups = {} } of text.matchAll(PIECE)) {
    const { next, single, double, character, space, end, plain } = groups;
    if (end !== undefined) break;
    if (next !== undefined || space !== undefined) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      // `cmd` writes `^` before a quote.
      word =
        (word ?? '') +
        (single ?? double?.replace(/\^$/, '').replace(/\\(["\\$`])/g, '$1') ?? character ?? plain ?? '');
    }
  }
  return word === undefined ? words : [...words, word];
}
