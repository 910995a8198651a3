import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { databasePath } from './database.ts';

/** With less free space than this, the disk would soon be full again. */
const MIN_FREE_BYTES = 8 * 1024 * 1024;

/** Whether it looks as if the folder took writes again, without opening anything: it is asked again and again. */
export function mayBeWritable(folder: string): boolean {
  try {
    const path = databasePath(folder);
    for (const each of [folder, path]) if (existsSync(each)) accessSync(each, constants.W_OK);
    if (!existsSync(folder)) return true;
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize >= MIN_FREE_BYTES;
  } catch {
    return false;
  }
}
