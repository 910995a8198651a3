import { load } from 'js-yaml';
import { UnreadableFileError } from './foundKey.ts';

/** Settings are a hundredth of this, and take a third of a second at most. */
const MAX_LENGTH = 1_000_000;

/** Reads YAML without aliases, which could make a small file endless. @throws UnreadableFileError */
export function parseYaml(text: string): unknown {
  if (text.length > MAX_LENGTH) throw new UnreadableFileError('too-large');
  try {
    return load(text, { maxAliases: 0 });
  } catch (error) {
    const hasAlias = error instanceof Error && /alias/i.test(error.message);
    throw new UnreadableFileError(hasAlias ? 'unknown-format' : 'damaged');
  }
}
