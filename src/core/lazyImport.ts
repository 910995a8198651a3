/** What to do when files of the extension are gone: the error to throw, and how to tell people. */
interface FilesGoneHandler {
  readonly error: () => Error;
  readonly notify: () => void;
}

let onFilesGone: FilesGoneHandler | undefined;
let hasNotified = false;
const filesGoneErrors = new WeakSet<Error>();

/** Sets the handler. To be called at the start: later, nothing that it needs could be loaded. */
export function setFilesGoneHandler(wanted: FilesGoneHandler): void {
  onFilesGone = wanted;
  hasNotified = false;
}

/**
 * The one way to import a part of the extension late. When the extension is updated or removed, its files vanish under
 * open windows; people are told once.
 * @throws the handler's error when the files are gone.
 */
export async function lazyImport<Part>(load: () => Promise<Part>): Promise<Part> {
  try {
    return await load();
  } catch (error) {
    if (!onFilesGone || !isMissingFile(error)) throw error;
    if (!hasNotified) onFilesGone.notify();
    hasNotified = true;
    const gone = onFilesGone.error();
    filesGoneErrors.add(gone);
    throw gone;
  }
}

/** Whether a late import threw this because files of the extension are gone. */
export function isFilesGone(error: unknown): boolean {
  return error instanceof Error && (filesGoneErrors.has(error) || isMissingFile(error));
}

function isMissingFile(error: unknown): boolean {
  // An aborted call has a number.
  const code = String((error as Partial<NodeJS.ErrnoException>).code);
  return code.endsWith('MODULE_NOT_FOUND') || code === 'ENOENT';
}
