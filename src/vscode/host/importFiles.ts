import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { withDeadline } from '../../services/deadline.ts';
import { UnreadableFileError } from '../../services/importing/foundKey.ts';
import type { CcSwitchRow } from '../../services/importing/parseCcSwitch.ts';
import { MAX_TEXT_BYTES } from '../../services/importing/parseKeyFile.ts';
import { MAX_UNPACKED_BYTES } from '../../services/importing/unzipOne.ts';
import { readForeignRows } from '../../store/readForeignRows.ts';
import { DISK_MS } from './files.ts';

/** The bytes of a file that a person chose. @throws UnreadableFileError when it is too large; errors of the file system. */
export function readKeyFile(path: string): Promise<Uint8Array> {
  return withDeadline('disk', readUpTo(path, MAX_UNPACKED_BYTES), DISK_MS);
}

/** The text of a file of a known place; undefined where there is none. @throws UnreadableFileError when it is too large. */
export async function readPlaceText(path: string): Promise<string | undefined> {
  try {
    const bytes = await withDeadline('disk', readUpTo(path, MAX_TEXT_BYTES), DISK_MS);
    return new TextDecoder().decode(bytes);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The rows of CC Switch's table of providers. @throws UnreadableFileError */
export function readCcSwitchRows(path: string): readonly CcSwitchRow[] {
  try {
    return readForeignRows(path, 'providers', ['app_type', 'name', 'settings_config', 'meta']);
  } catch {
    throw new UnreadableFileError('damaged');
  }
}

/**
 * Opening a pipe would wait for a writer for ever and block one of the few threads that read files. Windows lacks this
 * flag.
 */
const WITHOUT_WAITING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** Only regular files are read: a pipe or a device may have no end. */
async function readUpTo(path: string, maxBytes: number): Promise<Uint8Array> {
  const file = await open(path, WITHOUT_WAITING);
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw new UnreadableFileError('unknown-format');
    if (stat.size > maxBytes) throw new UnreadableFileError('too-large');
    return await file.readFile();
  } finally {
    await file.close();
  }
}
