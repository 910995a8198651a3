import { randomUUID } from 'node:crypto';
import { access, copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { MINUTE_MS } from '../../core/time.ts';
import { withDeadline } from '../../services/deadline.ts';
import { notSavedText, partlySavedText } from '../../text/notSaved.ts';
import { extensionOf, fileText } from './fileText.ts';

/** Long enough for a large export on a slow or remote disk; a dead mount never answers. */
export const DISK_MS = MINUTE_MS;

/** Writes a file whole or not at all. */
export function writeFileAtomically(path: string, text: string, ending = extensionOf(path)): Promise<void> {
  return withDeadline('disk', writeOrSayWhy([{ path, text, ending }]), DISK_MS);
}

/**
 * Writes files whole or not at all: first beside their places, and then renamed once all of them are written.
 * Everything that is written goes through here, so it is redacted here.
 */
export function writeFilesAtomically(files: ReadonlyMap<string, string>): Promise<void> {
  const all = [...files].map(([path, text]) => ({ path, text, ending: extensionOf(path) }));
  return withDeadline('disk', writeOrSayWhy(all), DISK_MS);
}

interface WholeFile {
  readonly path: string;
  readonly text: string;
  /** The extension that decides how the text is written: see `fileText`. */
  readonly ending: string;
}

/** @throws a sentence. */
async function writeOrSayWhy(files: readonly WholeFile[]): Promise<void> {
  try {
    await writeAll(files);
  } catch (error) {
    throw new Error(error instanceof PartlySavedError ? partlySavedText(error.cause) : notSavedText(error));
  }
}

/** Some files were replaced and could not be put back. Its cause is why the others were not. */
class PartlySavedError extends Error {}

/** @throws PartlySavedError where some files are new and others are not; another error where none is new. */
async function writeAll(files: readonly WholeFile[]): Promise<void> {
  const parts = files.map(file => ({ ...file, part: partOf(file.path), copy: partOf(file.path) }));
  const copied = new Set<string>();
  const renamed = new Set<string>();
  try {
    for (const { path, copy } of files.length > 1 ? parts : []) {
      if (!(await exists(path))) continue;
      await copyFile(path, copy);
      copied.add(path);
    }
    for (const { path, text, ending, part } of parts) {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(part, fileText(ending, text), { flag: 'wx' });
    }
    for (const { path, part } of parts) {
      await rename(part, path);
      renamed.add(path);
    }
  } catch (error) {
    // A file that another program has open cannot be replaced on Windows: then the others are as they were.
    for (const { path, copy } of parts) {
      if (!renamed.has(path)) continue;
      const putBack = copied.has(path) ? rename(copy, path) : removeIfThere(path);
      await putBack.then(() => renamed.delete(path)).catch(() => undefined);
    }
    for (const { part, copy } of parts) await Promise.all([part, copy].map(removeIfPossible));
    throw renamed.size > 0 ? new PartlySavedError(undefined, { cause: error }) : error;
  }
  for (const { copy } of parts) await removeIfPossible(copy);
}

/** What is left beside the files changes nothing about whether they were saved. */
function removeIfPossible(path: string): Promise<void> {
  return removeIfThere(path).catch(() => undefined);
}

function removeIfThere(path: string): Promise<void> {
  return rm(path, { force: true });
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function partOf(path: string): string {
  return `${path}.${randomUUID().slice(0, 8)}.part`;
}

/** Removes files. A missing file is no error. */
export async function removeFiles(paths: readonly string[]): Promise<void> {
  await withDeadline('disk', Promise.all(paths.map(removeIfThere)), DISK_MS);
}

/** Whether a file, or anything else, exists at a path. @throws NoAnswerError where the disk does not say. */
export function fileExists(path: string, ms = DISK_MS): Promise<boolean> {
  return withDeadline('disk', exists(path), ms);
}
