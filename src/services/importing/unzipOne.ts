import { Unzip, UnzipInflate } from 'fflate';
import { UnreadableFileError } from './foundKey.ts';

/** The most that an archive's file may hold, unpacked. */
export const MAX_UNPACKED_BYTES = 100 * 1024 * 1024;

const STEP = 64 * 1024;

/**
 * Unpacks one file of a zip archive. Counts what comes out and not what the archive says of itself.
 * @throws UnreadableFileError when it is too large, damaged or not in there.
 */
export function unzipOne(archive: Uint8Array, name: string): Uint8Array {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  let state: 'missing' | 'begun' | 'whole' | 'too-large' = 'missing';
  const unzip = new Unzip(file => {
    if (file.name !== name || state !== 'missing') return;
    state = 'begun';
    file.ondata = (error, part, isLast) => {
      if (error || state !== 'begun') return;
      bytes += part.length;
      parts.push(part);
      if (bytes > MAX_UNPACKED_BYTES) state = 'too-large';
      else if (isLast) state = 'whole';
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  push(unzip, archive, () => state === 'whole' || state === 'too-large');
  const reached = state as 'missing' | 'begun' | 'whole' | 'too-large';
  if (reached === 'too-large') throw new UnreadableFileError('too-large');
  if (reached === 'missing') throw new UnreadableFileError('unknown-format');
  if (reached === 'begun') throw new UnreadableFileError('damaged');
  return Buffer.concat(parts);
}

/** Hands over the archive in steps, so that a small one cannot unpack to much at once. */
function push(unzip: Unzip, archive: Uint8Array, isDone: () => boolean): void {
  try {
    for (let at = 0; at < archive.length && !isDone(); at += STEP)
      unzip.push(archive.subarray(at, at + STEP), at + STEP >= archive.length);
  } catch {
    throw new UnreadableFileError('damaged');
  }
}
