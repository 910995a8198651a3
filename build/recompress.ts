/**
 * `node build/recompress.ts FILE`: compresses the files in a package once more, by Zopfli, whose result any unzip reads
 * and is a twenty-fifth smaller. Times of files are left out, so that the same build gives the same package.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { deflateAsync } from '@gfx/zopfli';
import { slimmed } from './slimManifest.ts';
import { readZip, writeZip, type ZipEntry } from './zip.ts';

/** More of them make it 0.02 % smaller and take twice as long. */
const ITERATIONS = 5;
/** Results that no build has used for so long are forgotten. */
const KEPT_MS = 7 * 24 * 60 * 60 * 1000;

/** Writes a package anew, with its files as small as they get; `slim` says what of them is needed. */
export async function recompress(
  file: string,
  cacheFolder: string,
  slim: (entries: readonly ZipEntry[]) => readonly ZipEntry[] = entries => entries,
): Promise<void> {
  mkdirSync(cacheFolder, { recursive: true });
  const entries: ZipEntry[] = [];
  for (const entry of slim(readZip(readFileSync(file))))
    entries.push({ ...entry, deflated: await deflated(entry.content, cacheFolder) });
  writeFileSync(file, writeZip(entries));
  forgetUnused(cacheFolder);
}

/** What a file is compressed; the result is kept, since most files are as they were in the build before. */
async function deflated(content: Buffer, cacheFolder: string): Promise<Buffer> {
  const kept = join(cacheFolder, createHash('sha256').update(content).digest('hex'));
  const known = readKept(kept);
  if (known && inflates(known, content)) {
    utimesSync(kept, new Date(), new Date());
    return known;
  }
  const made = Buffer.from(await deflateAsync(content, { numiterations: ITERATIONS }));
  if (!inflates(made, content)) throw new Error('Zopfli changed a file.');
  writeFileSync(kept, made);
  return made;
}

function forgetUnused(cacheFolder: string): void {
  for (const name of readdirSync(cacheFolder)) {
    const kept = join(cacheFolder, name);
    // Another build may forget it at the same time.
    const used = statSync(kept, { throwIfNoEntry: false })?.mtimeMs;
    if (used !== undefined && Date.now() - used > KEPT_MS) rmSync(kept, { force: true });
  }
}

function readKept(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** Whether this is that content, compressed. A file of the cache may be damaged, or half written. */
function inflates(packed: Buffer, content: Buffer): boolean {
  try {
    return inflateRawSync(packed).equals(content);
  } catch {
    return false;
  }
}

if (import.meta.main) {
  const [file] = process.argv.slice(2);
  if (!file) throw new Error('Name the package.');
  await recompress(file, join(process.env.KEY_QUOTA_CACHE || '.cache', 'recompressed'), slimmed);
}
