import { type ParseError, parse } from 'jsonc-parser';

/** Only settings that people edit have comments; the parser that allows them looks on where it finds an error. */
const MAX_LENGTH_WITH_COMMENTS = 1_000_000;

/** Reads JSON, with comments and trailing commas too where it is short enough; undefined for what is none. */
export function parseJson(text: string): unknown {
  const plain = text.replace(/^\uFEFF/, '');
  try {
    return JSON.parse(plain);
  } catch {
    if (plain.length > MAX_LENGTH_WITH_COMMENTS) return undefined;
    return parseWithComments(plain);
  }
}

function parseWithComments(text: string): unknown {
  const errors: ParseError[] = [];
  try {
    const value: unknown = parse(text, errors, { allowTrailingComma: true });
    return errors.length === 0 ? value : undefined;
  } catch {
    // The parser is recursive, and settings are not nested thousands of levels deep.
    return undefined;
  }
}
