import { randomUUID } from 'node:crypto';
import { access, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { MINUTE_MS } from '../../core/time.ts';
import { withDeadline } from '../../services/deadline.ts';
import { extensionOf, fileText } from './fileText.ts';

/** Long enough for a large export on a slow or remote disk; a dead mount never answers. */
export const DISK_MS = MINUTE_MS;

/** Writes a file whole or not at all. */
export function writeFileAtomically(path: string, text: string, ending = extensionOf(path)): Promise<void> {
  return withDeadline('disk', writeAll([{ path, text, ending }]), DISK_MS);
}

/**
 * Writes files whole or not at all: first beside their places, and then renamed once all of them are written.
 * Everything that is written goes through here, so it is redacted here.
 */
export function writeFilesAtomically(files: ReadonlyMap<string, string>): Promise<void> {
  const all = [...files].map(([path, text]) => ({ path, text, ending: extensionOf(path) }));
  return withDeadline('disk', writeAll(all), DISK_MS);
}

interface WholeFile {
  readonly path: string;
  readonly text: string;
  /** The extension that decides how the text is written: see `fileText`. */
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

/** Removes files. A missing file is no error. */
export async function removeFiles(paths: readonly string[]): Promise<void> {
  await withDeadline('disk', Promise.all(paths.map(path => rm(path, { force: true }))), DISK_MS);
}

/** Whether a file, or anything else, exists at a path. @throws NoAnswerError where the disk does not say. */
export function fileExists(path: string, ms = DISK_MS): Promise<boolean> {
  const answer = access(path).then(
    () => true,
    () => false,
  );
  return withDeadline('disk', answer, ms);
}
