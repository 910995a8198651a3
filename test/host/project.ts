import { join } from 'node:path';

/** The folder of package.json, which is also the extension under test. */
export const projectRoot = join(import.meta.dirname, '..', '..');
