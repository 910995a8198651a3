import { randomUUID } from 'node:crypto';
import { access, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { MINUTE_MS } from '../../core/time.ts';
import { withDeadline } from '../../services/deadline.ts';
import { endingOf, fileText } from './fileText.ts';

/** A large export on a slow disk, or at the other end of the world; a mount that is dead never ends. */
export const DISK_MS = MINUTE_MS;

/** Writes a file whole or not at all. */
export function writeWhole(path: string, text: string, ending = endingOf(path)): Promise<void> {
  return withDeadline('disk', writeAll([{ path, text, ending }]), DISK_MS);
}

/**
 * Writes files whole or not at all: beside their places first, and moved there once all of them are written.
 * The one way to write any, so what is handed over is redacted here.
 */
export function writeAllWhole(files: ReadonlyMap<string, string>): Promise<void> {
  const all = [...files].map(([path, text]) => ({ path, text, ending: endingOf(path) }));
  return withDeadline('disk', writeAll(all), DISK_MS);
}

interface WholeFile {
  readonly path: string;
  readonly text: string;
  /** What kind of file it is: see `fileText`. */
  readonly ending: string;
}

async function writeAll(files: readonly WholeFile[]): Promise<void> {
  const parts = files.map(file => ({ ...file, part: partOf(file.path) }));
  try {
    for (const { path, text, ending, part } of parts) {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(part, fileText(ending, text), { flag: 'wx' });
    }
    for (const { path, part } of parts) await rename(part, path);
  } catch (error) {
    for (const { part } of parts) await rm(part, { force: true });
    throw error;
  }
}

function partOf(path: string): string {
  return `${path}.${randomUUID().slice(0, 8)}.part`;
}

/** Removes files; those that are not there are no trouble. */
export async function removeFiles(paths: readonly string[]): Promise<void> {
  await withDeadline('disk', Promise.all(paths.map(path => rm(path, { force: true }))), DISK_MS);
}

/** Whether there is a file at a path, or anything else. */
export function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
