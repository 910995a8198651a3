/** What happens when files of the extension turn out to be gone: what is thrown, and who is told. */
interface Removal {
  readonly error: () => Error;
  readonly tell: () => void;
}

let removal: Removal | undefined;
let isTold = false;

/** Says what happens when files are gone. To be called while they are there: afterwards nothing that tells can be loaded. */
export function prepareForRemoval(wanted: Removal): void {
  removal = wanted;
  isTold = false;
}

/**
 * Loads a part of the extension when it is first needed: the one way to import late. An update of the extension, or
 * its removal, takes the files away from under windows that are open, which is told once.
 */
export async function loadLate<Part>(load: () => Promise<Part>): Promise<Part> {
  try {
    return await load();
  } catch (error) {
    if (!removal || !isGone(error)) throw error;
    if (!isTold) removal.tell();
    isTold = true;
    throw removal.error();
  }
}

function isGone(error: unknown): boolean {
  const code = (error as Partial<NodeJS.ErrnoException>).code ?? '';
  return code.endsWith('MODULE_NOT_FOUND') || code === 'ENOENT';
}
