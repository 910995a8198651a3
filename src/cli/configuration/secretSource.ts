import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { systemErrorText } from '../systemError.ts';

/** Where a secret is, as the file names it: never the secret itself. */
export interface SecretSource {
  readonly file?: string | undefined;
  readonly env?: string | undefined;
}

/** The text of a source, or a sentence that says why there is none; and a warning about it. */
export interface SecretText {
  readonly text?: string;
  readonly problem?: string;
  readonly warning?: string;
}

/** Where secrets are read from. */
export interface SecretPlaces {
  /** Relative paths begin here. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Longer than any secret or list of certificates. */
const MAX_BYTES = 64 * 1024;
/** Shells alone know it. */
export const NO_HOME = '“~” means nothing here: write the whole path.';
/** The permission bits of other users, for whom a file of secrets is not meant. */
const OTHERS = 0o007;

/** Reads a secret from its file, or from its variable. Nothing of it is in a problem or warning. */
export function readSecretText(
  { file, env }: SecretSource,
  names: { readonly file: string; readonly env: string },
  { folder, environment }: SecretPlaces,
): SecretText {
  if (file !== undefined && env !== undefined)
    return { problem: `Either “${names.file}” or “${names.env}”, not both.` };
  if (env !== undefined) {
    // A name such as “constructor” would find what all objects have.
    const text = Object.hasOwn(environment, env) ? environment[env]?.trim() : undefined;
    return text ? { text } : { problem: `“${names.env}” names a variable that is not set, or empty.` };
  }
  if (file === undefined) return { problem: `This needs “${names.file}” or “${names.env}”.` };
  if (file.startsWith('~/')) return { problem: `“${names.file}”: ${NO_HOME}` };
  return readSecretFile(resolve(folder, file), names.file, isAbsolute(file) ? '' : ` in ${folder}`);
}

/** @param where The folder, of a relative path; never its name, which may be a secret in the wrong place. */
function readSecretFile(path: string, name: string, where: string): SecretText {
  let descriptor: number | undefined;
  try {
    // A pipe that nobody writes to would be waited for.
    descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) return { problem: `“${name}” is not a file.` };
    if (stats.size > MAX_BYTES) return { problem: `“${name}” is larger than a secret can be.` };
    const buffer = Buffer.alloc(MAX_BYTES);
    const text = buffer.toString('utf8', 0, readSync(descriptor, buffer, 0, MAX_BYTES, 0)).trim();
    if (text === '') return { problem: `“${name}” is an empty file.` };
    const isOpen = process.platform !== 'win32' && (stats.mode & OTHERS) !== 0;
    return {
      text,
      ...(isOpen && {
        warning: `“${name}” can be read by every user of this machine (mode ${(stats.mode & 0o777).toString(8)}). Run: chmod o= ${path}`,
      }),
    };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return { problem: `“${name}” names a file that does not exist${where}.` };
    if (code === 'EACCES' || code === 'EPERM')
      return {
        problem: `“${name}” names a file that this user may not read: ask as the user that the server has, or look at owner and mode.`,
      };
    return { problem: `“${name}” names a file that could not be read: ${systemErrorText(error)}.` };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
