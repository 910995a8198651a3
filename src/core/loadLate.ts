import { GatewayError } from '../quota/failure.ts';

/** What to do when files of the extension turn out to be gone: what to throw, and whom to tell. */
interface Removal {
  readonly sentence: string;
  readonly tell: () => void;
}

let removal: Removal | undefined;
let isTold = false;

/** Files of the extension were updated or removed under a running window: only a reload of it helps. */
class FilesGone extends GatewayError {
  constructor() {
    super({ class: 'unexpected', reason: 'files-gone' });
    if (removal) this.message = removal.sentence;
  }
}

/** Says what happens when files are gone. To be called first: by then nothing can be loaded that would tell. */
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
    if (!isGone(error)) throw error;
    if (!isTold) removal?.tell();
    isTold = true;
    throw new FilesGone();
  }
}

function isGone(error: unknown): boolean {
  if (!(error instanceof Error && 'code' in error)) return false;
  return (
    error.code === 'ERR_MODULE_NOT_FOUND' || error.code === 'MODULE_NOT_FOUND' || error.code === 'ENOENT'
  );
}
