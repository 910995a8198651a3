import { isAbsolute } from 'node:path';
import * as l10n from '@vscode/l10n';
import { isThere } from '../host/files.ts';

/**
 * The file that a command's argument names: a whole path with an extension that says what it will be, and nothing that is
 * there already, unless the argument says so. undefined: it names none.
 */
export async function fileFromArgument(
  argument: unknown,
  ...extensions: readonly string[]
): Promise<string | undefined> {
  if (typeof argument !== 'object' || argument === null || !('file' in argument)) return undefined;
  const { file, overwrite } = argument as { readonly file: unknown; readonly overwrite?: unknown };
  if (file === undefined) return undefined;
  if (
    typeof file !== 'string' ||
    !isAbsolute(file) ||
    !extensions.some(extension => file.toLowerCase().endsWith(extension))
  ) {
    throw new Error(
      l10n.t('“file” has to be the whole path of a file that ends in {0}.', extensions.join(', ')),
    );
  }
  if (overwrite !== true && (await isThere(file))) {
    throw new Error(
      l10n.t('There is a file {0} already. With “overwrite” set to true it is replaced.', file),
    );
  }
  return file;
}
