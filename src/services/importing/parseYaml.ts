import { load } from 'js-yaml';
import { UnreadableFileError } from './foundKey.ts';

/** Reads YAML without aliases, which could make a small file endless. @throws UnreadableFileError */
export function parseYaml(text: string): unknown {
  try {
    return load(text, { maxAliases: 0 });
  } catch (error) {
    const hasAlias = error instanceof Error && /alias/i.test(error.message);
    throw new UnreadableFileError(hasAlias ? 'unknown-format' : 'damaged');
  }
}
