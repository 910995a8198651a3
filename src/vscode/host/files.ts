import { randomUUID } from 'node:crypto';
import { access, copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as l10n from '@vscode/l10n';
import { MINUTE_MS } from '../../core/time.ts';
import { withDeadline } from '../../services/deadline.ts';
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
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(
      code === 'ENOSPC' || code === 'EDQUOT'
        ? l10n.t('The disk is full, so nothing was saved. Free up space, or choose another folder.')
        : l10n.t(
            'Nothing was saved, because it cannot be written there ({0}). Close the file in other programs, or choose another folder.',
            code ?? String(error),
          ),
    );
  }
}

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
      if (renamed.has(path)) await (copied.has(path) ? rename(copy, path) : rm(path, { force: true }));
    }
    for (const { part, copy } of parts) await Promise.all([part, copy].map(removeIfThere));
    throw error;
  }
  for (const { copy } of parts) await removeIfThere(copy);
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
