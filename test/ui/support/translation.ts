import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { type Language, textsOf } from '../../l10n/bundles.ts';

/** What is called the same in every language. Names that a test brings along are added by it. */
const NAMES = [
  ...['Key Quota', 'VS Code', 'API', 'MCP', 'token', 'Token', 'CSV', 'JSON', 'Markdown', 'New API', 'UTC'],
  Intl.DateTimeFormat().resolvedOptions().timeZone,
];
/** What each of our languages but English is written in. */
const SCRIPTS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/**
 * Gives our texts in a language: for a key of the manifest (`command.addKey`), or for a message as the source has it
 * (`Used`).
 */
export function translationInto(language: Language): (of: string) => string {
  const texts = {
    ...textsOf(`l10n/bundle.l10n.${language}.json`),
    ...textsOf(`package.nls.${language}.json`),
  };
  return of => {
    const text = texts[of];
    if (text === undefined) throw new Error(`“${of}” is not in ${language}`);
    return text;
  };
}

/** What is drawn of these parts of a window, once there is one. */
export async function textOf(parts: Locator): Promise<string> {
  await parts.first().waitFor();
  return (await parts.allInnerTexts()).join('\n');
}

/** Fails where a text of ours is not translated, or has words in Latin letters that are no names. */
export function assertTranslated(what: string, text: string, names: readonly string[]): void {
  assert.match(text, SCRIPTS, `${what} is not translated: ${text}`);
  const known = [...NAMES, ...names].sort((a, b) => b.length - a.length);
  const rest = known.reduce((left, name) => left.replaceAll(name, ' '), text);
  assert.deepEqual(rest.match(/[A-Za-z]{2,}/g) ?? [], [], `${what}: ${text}`);
}
