import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../host/project.ts';

/** The languages beside English. */
export const LANGUAGES = ['zh-cn', 'zh-tw', 'ja'] as const;

export type Language = (typeof LANGUAGES)[number];

export interface BundleFaults {
  /** English texts without a translation. */
  readonly missing: readonly string[];
  /** Translations of what no code shows any more. */
  readonly extra: readonly string[];
  /** The same for keys of `package.nls.json`. */
  readonly missingInManifest: readonly string[];
  readonly extraInManifest: readonly string[];
}

/** What a language lacks and has too much, given all English texts in the code. */
export function bundleFaults(language: string, texts: ReadonlySet<string>): BundleFaults {
  const bundle = textsOf(`l10n/bundle.l10n.${language}.json`);
  const manifest = textsOf('package.nls.json');
  const translated = textsOf(`package.nls.${language}.json`);
  return {
    missing: [...texts].filter(text => !Object.hasOwn(bundle, text)),
    extra: Object.keys(bundle).filter(text => !texts.has(text)),
    missingInManifest: Object.keys(manifest).filter(key => !Object.hasOwn(translated, key)),
    extraInManifest: Object.keys(translated).filter(key => !Object.hasOwn(manifest, key)),
  };
}

/** The placeholders of a text, such as `{0}`, each once, sorted. */
export function placeholdersOf(text: string): string[] {
  return [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
}

/** A JSON file of texts by key; empty when there is none. */
export function textsOf(file: string): Record<string, string> {
  try {
    return JSON.parse(readFileSync(join(projectRoot, file), 'utf8')) as Record<string, string>;
  } catch {
    return {};
  }
}
