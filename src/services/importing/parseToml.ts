import { parse } from 'smol-toml';

/** Settings are a hundredth of this; for a text of dots alone the parser takes a second for a million. */
const MAX_LENGTH = 128 * 1024;

/** Reads TOML; undefined for what is none, or too long. */
export function parseToml(text: string): unknown {
  if (text.length > MAX_LENGTH) return undefined;
  try {
    return parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}
