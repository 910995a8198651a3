import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from '../../core/ports/log.ts';
import { LEAST_LENGTH } from '../configuration/randomText.ts';

const BYTES = 32;
/** Readable by the server's user alone. */
const MODE = 0o600;
const WHOLE = new RegExp(`^[\\x21-\\x7e]{${LEAST_LENGTH},}$`);

/**
 * The salt by which keys get their ids: the configured one, else one of the server's own, which is made at the first
 * start. Warns where it has changed, since all ids follow from it.
 */
export function saltOf(data: string, configured: string | undefined, log: Pick<Log, 'warn'>): string {
  const salt = configured ?? ownSalt(join(data, 'salt'));
  const digestFile = join(data, 'salt.sha256');
  const digest = createHash('sha256').update(salt).digest('hex');
  const before = readIfThere(digestFile);
  if (before === digest) return salt;
  if (before)
    log.warn(
      'The salt is another than at the last start. All keys have other ids from now on: their series in Prometheus start over, and readers recognize their own keys again with the next answer.',
    );
  writeFileSync(digestFile, digest, { mode: MODE });
  return salt;
}

function ownSalt(file: string): string {
  const there = readIfThere(file);
  if (there !== undefined) {
    if (WHOLE.test(there)) return there;
    // A full disk or a power cut may have left nothing, zeros or a piece, by which anybody could work out ids.
    rmSync(file, { force: true });
  }
  try {
    // Two servers may start at once: one of them makes it.
    writeFileSync(file, randomBytes(BYTES).toString('hex'), { mode: MODE, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(file, 'utf8').trim();
}

function readIfThere(file: string): string | undefined {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (!stats) return undefined;
  // A pipe would be waited for, by a process that no signal ends.
  if (!stats.isFile()) throw new Error(`${file} is not a file`);
  return readFileSync(file, 'utf8').trim();
}
