import { isAbsolute } from 'node:path';
import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { fileExists } from '../host/files.ts';
import { booleanMember, type Members, withErrorText } from './argumentSchema.ts';

/** The members that name a file to write: an absolute path with one of the extensions (`.csv`), which say its format. */
export function fileMembers(...extensions: readonly string[]) {
  const hasExtension = (file: string) => extensions.some(extension => file.toLowerCase().endsWith(extension));
  const file = v.pipe(v.string(), v.check(isAbsolute), v.check(hasExtension));
  const errorText = () =>
    l10n.t('“file” must be the full path of a file that ends in {0}.', extensions.join(', '));
  return { file: withErrorText(file, errorText), overwrite: booleanMember };
}

/** Throws a sentence for a file that exists, unless it may be replaced. */
export async function refuseExistingFile({
  file,
  overwrite,
}: Members<ReturnType<typeof fileMembers>>): Promise<void> {
  if (file === undefined || overwrite === true || !(await fileExists(file))) return;
  throw new Error(l10n.t('There is a file {0} already. With “overwrite” set to true it is replaced.', file));
}
