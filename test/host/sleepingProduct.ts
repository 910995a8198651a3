import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cleanup } from './cleanup.ts';
import { putManifest } from './productManifest.ts';
import { projectRoot } from './project.ts';

/**
 * A folder with the built product and a changed manifest, with which VS Code activates it only when something of it is
 * used.
 */
export async function sleepingProduct(cleanup: Cleanup): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'key-quota-asleep-'));
  cleanup.add(() => rm(folder, { recursive: true, force: true }));
  await putManifest(folder, { activationEvents: [] });
  for (const name of ['dist', 'media']) {
    await symlink(join(projectRoot, name), join(folder, name), 'junction');
  }
  return folder;
}
