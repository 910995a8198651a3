import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from './project.ts';

/** The package that `npm run package` wrote last; throws when what is built now was built after it. */
export async function productPackage(): Promise<string> {
  const file = join(projectRoot, 'dist', 'key-quota.vsix');
  const [packed, built] = await Promise.all([
    writtenAt(file),
    writtenAt(join(projectRoot, 'dist', 'extension.cjs')),
  ]);
  if (packed < built || packed === 0) {
    throw new Error(`${file} is not there or older than what is built. Run "npm run package".`);
  }
  return file;
}

/** Milliseconds since 1970; 0 for a file that is not there. */
async function writtenAt(file: string): Promise<number> {
  return stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}
