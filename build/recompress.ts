/**
 * `node build/recompress.ts FILE`: compresses the files in a package once more, by Zopfli, whose result any unzip reads
 * and is a twenty-fifth smaller. Times of files are left out, so that the same build gives the same package.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { slimmed } from './slimManifest.ts';
import { readZip, writeZip, type ZipEntry } from './zip.ts';
import { zopfli } from './zopfli.ts';

/** Results that no build has used for so long are forgotten. */
const KEPT_MS = 7 * 24 * 60 * 60 * 1000;

/** Rewrites a package, with its files as small as they get; `slim` says what of them is needed. */
export async function recompress(
  file: string,
  cacheFolder: string,
  slim: (entries: readonly ZipEntry[]) => readonly ZipEntry[] = entries => entries,
): Promise<void> {
  mkdirSync(cacheFolder, { recursive: true });
  const entries = slim(readZip(readFileSync(file)));
  // Most files are as they were in the build before.
  const known = new Map(entries.map(({ content }) => [content, readKept(content, cacheFolder)]));
  const unknown = entries.map(({ content }) => content).filter(content => !known.get(content));
  for (const [index, deflated] of (await zopfli(unknown)).entries()) {
    const content = unknown[index] as Buffer;
    if (!inflates(deflated, content)) throw new Error('Zopfli changed a file.');
    writeFileSync(keptAs(content, cacheFolder), deflated);
    known.set(content, deflated);
  }
  writeFileSync(file, writeZip(entries.map(entry => ({ ...entry, deflated: known.get(entry.content) }))));
  forgetUnused(cacheFolder);
}

function keptAs(content: Buffer, cacheFolder: string): string {
  return join(cacheFolder, createHash('sha256').update(content).digest('hex'));
}

/** What a file was compressed to by a build before. */
function readKept(content: Buffer, cacheFolder: string): Buffer | undefined {
  const kept = keptAs(content, cacheFolder);
  const known = readIfThere(kept);
  if (!known || !inflates(known, content)) return undefined;
  utimesSync(kept, new Date(), new Date());
  return known;
}

function forgetUnused(cacheFolder: string): void {
  for (const name of readdirSync(cacheFolder)) {
    const kept = join(cacheFolder, name);
    // Another build may forget it at the same time.
    const used = statSync(kept, { throwIfNoEntry: false })?.mtimeMs;
    if (used !== undefined && Date.now() - used > KEPT_MS) rmSync(kept, { force: true });
  }
}

function readIfThere(file: string): Buffer | undefined {
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
