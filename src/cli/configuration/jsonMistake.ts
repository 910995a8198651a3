import { type ParseError, printParseErrorCode } from 'jsonc-parser';

/** What is wrong where, by the names of the parser's codes. */
const WRONG: Readonly<Record<string, string>> = {
  InvalidSymbol: 'Texts and names stand in straight double quotes.',
  PropertyNameExpected: 'The name of a member is missing, in double quotes.',
  ValueExpected: 'A value is missing.',
  ColonExpected: 'A colon is missing.',
  CommaExpected: 'A comma is missing before this.',
  CloseBraceExpected: 'A } is missing.',
  CloseBracketExpected: 'A ] is missing.',
  EndOfFileExpected: 'There is something behind the end, or a bracket too many.',
  UnexpectedEndOfString: 'A text does not end in its line.',
  UnexpectedEndOfComment: 'A comment does not end.',
  InvalidEscapeCharacter: 'A backslash is written twice in a text.',
};

/** Where a text is not JSON, and why, without a word of it. */
export function jsonMistake(text: string, { offset, error }: ParseError): string {
  if (text.trim() === '') return 'The file is empty.';
  const before = text.slice(0, offset).split('\n');
  const why = WRONG[printParseErrorCode(error)];
  const place = `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
  return `The file is not JSON: ${place}.${why === undefined ? '' : ` ${why}`}`;
}
