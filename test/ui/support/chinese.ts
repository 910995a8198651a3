import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
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

/** What is drawn of these parts of a window, once there is one. */
export async function textOf(parts: Locator): Promise<string> {
  await parts.first().waitFor();
  return (await parts.allInnerTexts()).join('\n');
}

/** Fails where a text of ours is in no Chinese, or has words in Latin letters that are no names. */
export function assertAllChinese(what: string, text: string, names: readonly string[]): void {
  assert.match(text, /\p{Script=Han}/u, `${what} says nothing in Chinese: ${text}`);
  const known = [...NAMES, ...names].sort((a, b) => b.length - a.length);
  const rest = known.reduce((left, name) => left.replaceAll(name, ' '), text);
  assert.deepEqual(rest.match(/[A-Za-z]{2,}/g) ?? [], [], `${what}: ${text}`);
}
