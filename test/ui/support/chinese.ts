import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../host/project.ts';

/** What is called the same in Chinese. Names that a test brings along are added by it. */
const NAMES = ['Key Quota', 'VS Code', 'API', 'token', 'Token', 'CSV', 'JSON', 'Markdown', 'New API'];

const read = (path: string) =>
  JSON.parse(readFileSync(join(projectRoot, path), 'utf8')) as Record<string, string>;
const manifest = read('package.nls.zh-cn.json');
const messages = read('l10n/bundle.l10n.zh-cn.json');

/** The Chinese for a key of the manifest (`command.addKey`), or for a message as the source has it (`Used`). */
export function chinese(of: string): string {
  const text = manifest[of] ?? messages[of];
  if (text === undefined) throw new Error(`“${of}” has no Chinese`);
  return text;
}

/** The words in Latin letters that are no names: in a text of ours, what somebody forgot to translate. */
export function untranslated(text: string, names: readonly string[]): string[] {
  const known = [...NAMES, ...names].sort((a, b) => b.length - a.length);
  const rest = known.reduce((left, name) => left.replaceAll(name, ' '), text);
  return rest.match(/[A-Za-z]{2,}/g) ?? [];
}
