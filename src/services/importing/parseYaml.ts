import { parseDocument, visit } from 'yaml';
import { UnreadableFileError } from './foundKey.ts';

/** Reads YAML without aliases, which could make a small file endless. @throws UnreadableFileError */
export function parseYaml(text: string): unknown {
  const document = parseDocument(text, { logLevel: 'silent', customTags: [] });
  if (document.errors.length > 0) throw new UnreadableFileError('damaged');
  visit(document, {
    Alias: () => {
      throw new UnreadableFileError('unknown-format');
    },
  });
  return document.toJS({ maxAliasCount: 0 });
}
