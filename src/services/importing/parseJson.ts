import { type ParseError, parse } from 'jsonc-parser';

/** Reads JSON, with comments and trailing commas too; undefined for what is none. */
export function parseJson(text: string): unknown {
  const plain = text.replace(/^\uFEFF/, '');
  try {
    return JSON.parse(plain);
  } catch {
    const errors: ParseError[] = [];
    const value: unknown = parse(plain, errors, { allowTrailingComma: true });
    return errors.length === 0 ? value : undefined;
  }
}
