import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { l10n, type Uri } from 'vscode';
import type { PackedKeys, PackedTexts } from '../../text/packedTexts.ts';

/** The translations into VS Code's language; undefined in English. @throws where the extension's files are gone. */
export function packedTexts(extensionUri: Uri): PackedTexts | undefined {
  // Packed ones stand under an empty name, beside the few that VS Code itself looks up.
  const texts = (l10n.bundle as Readonly<Record<string, unknown>> | undefined)?.[''];
  if (!texts) return undefined;
  const keys = JSON.parse(
    readFileSync(join(extensionUri.fsPath, 'dist', 'l10n', 'keys.json'), 'utf8'),
  ) as PackedKeys;
  return { ...keys, texts: texts as PackedTexts['texts'] };
}
