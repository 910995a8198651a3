import type { Settings } from '../../core/ports/settings.ts';
import { storedStates } from '../../services/tools/storedStates.ts';
import { NewerSchema } from '../../store/migrations.ts';
import { openReadOnly } from '../../store/openReadOnly.ts';
import { defaultSettings } from '../defaultSettings.ts';
import { type Source, SourceError } from './source.ts';

/**
 * Reads the keys from a database of the extension. Nothing is written, and no gateway is asked. @throws SourceError.
 */
export async function readDatabase(
  path: string,
  title: string,
  now: number,
  settings: Settings = defaultSettings,
): Promise<Source> {
  try {
    const { store, close } = openReadOnly(path);
    try {
      return { title, keys: await storedStates(store, settings, now), now };
    } finally {
      close();
    }
  } catch (error) {
    throw new SourceError(reasonText(error, path));
  }
}

function reasonText(error: unknown, path: string): string {
  if (error instanceof NewerSchema)
    return `${path} was written by a newer version of Key Quota than this command: update it (npx -y key-quota@latest).`;
  return `${path} could not be read as the database of Key Quota.`;
}
