import { isSystemCode, systemErrorText } from './systemError.ts';

/** What is said of an error that no command expects, without where it was thrown. */
export function unexpectedText(error: unknown): string {
  const { code, syscall } = error as NodeJS.ErrnoException;
  // The code of a DOMException is a number.
  if (String(code).endsWith('MODULE_NOT_FOUND'))
    return 'Files of key-quota are gone: install it again, or start it again where it was updated meanwhile.';
  if (syscall === 'uv_cwd') return 'The folder that it was started in is gone: start it in another.';
  return code !== undefined && isSystemCode(code)
    ? `It could not be done: ${systemErrorText(error)}.`
    : `This is a mistake of key-quota’s own: ${systemErrorText(error)}. Please report it with what you called.`;
}
