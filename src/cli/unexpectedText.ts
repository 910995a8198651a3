import { isFilesGone } from '../core/lazyImport.ts';
import { systemErrorText } from './systemError.ts';

/** What is said of an error that no command expects, without where it was thrown. */
export function unexpectedText(error: unknown): string {
  return isFilesGone(error)
    ? 'Files of key-quota are gone: install it again, or start it again where it was updated meanwhile.'
    : `This is a mistake of key-quota’s own: ${systemErrorText(error)}. Please report it with what you called.`;
}
