import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { isPaused } from '../../core/quota/failure.ts';
import { databasePath } from '../../store/database.ts';
import { readConfigurationFile } from '../configuration/readConfiguration.ts';
import { settingsOf } from '../configuration/settingsOf.ts';
import { readDatabase } from './readDatabase.ts';
import { type Source, SourceError } from './source.ts';

/**
 * Reads the database of the server of a configuration. None of the secrets that the file names is read, and the server
 * need not run. @throws SourceError.
 */
export async function readConfigured(path: string, now: number): Promise<Source> {
  const read = await readConfigurationFile(path);
  if (!('file' in read)) throw new SourceError(`${path}: ${read.mistakes.join('\n')}`);
  const database = databasePath(resolve(dirname(resolve(path)), read.file.data));
  if (!existsSync(database))
    throw new SourceError(
      `${database} is not there, or not for this user: has the server of ${path} been started?`,
    );
  const source = await readDatabase(database, path, now, settingsOf(read.file, new Map(), []));
  // Keys that are no longer configured keep their history but are paused.
  return { ...source, keys: source.keys.filter(key => !isPaused(key)) };
}
