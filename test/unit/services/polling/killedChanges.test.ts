import assert from 'node:assert/strict';
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, it } from 'mocha';
import { Child } from '../../support/child.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { MemorySecrets } from '../../support/memorySecrets.ts';
import { TestWindow } from '../../support/testWindow.ts';

/** More than any change has: with so many, it is not killed. */
const ALL = 99;

describe('a window that is killed while it changes a key', () => {
  afterEach(removeTempFolders);

  const change = async (folder: string, secrets: string, what: string, steps: number) => {
    const script = new URL('../../support/killedChanger.ts', import.meta.url);
    return new Child(script, [folder, secrets, what, String(steps)]).ended;
  };

  /** What the next start finds. */
  async function next(
    folder: string,
    secrets: string,
  ): Promise<{ keys: string[]; orphans: number; missing: number }> {
    const storage = new MemorySecrets();
    for (const name of readdirSync(secrets))
      storage.entries.set(decodeURIComponent(name), readFileSync(join(secrets, name), 'utf8'));
    const testWindow = new TestWindow({ folder, storage });
    await testWindow.monitor.start();
    const keys = testWindow.store.keys.allKeys().map(({ label }) => label);
    const missing = testWindow.monitor.snapshot.filter(({ failure }) =>
      /Enter the key again|only in memory/.test(failure?.message ?? ''),
    );
    const orphans = (await testWindow.orphanedSecretService.findOrphans()).length;
    await testWindow.close();
    return { keys, orphans, missing: missing.length };
  }

  for (const what of ['add', 'replace', 'remove']) {
    it(`after any step of ${what}, leaves a key that says what it lacks, or a secret that is found`, async function () {
      this.timeout(120_000);
      const before = [tempFolder(), tempFolder()] as const;
      if (what !== 'add') assert.equal(await change(...before, 'add', ALL), 0);
      for (let steps = 0, code: number | null = null; code === null; steps++) {
        const [folder, secrets] = [tempFolder(), tempFolder()];
        cpSync(before[0], folder, { recursive: true });
        cpSync(before[1], secrets, { recursive: true });
        code = await change(folder, secrets, what, steps);
        const { keys, orphans, missing } = await next(folder, secrets);
        const entries = readdirSync(secrets).length;
        const where = `${what} after ${steps} steps: ${JSON.stringify({ keys, orphans, missing, entries })}`;
        assert.equal(orphans, Math.max(0, entries - keys.length), where);
        assert.equal(missing, Math.max(0, keys.length - entries), where);
        if (code === 0) assert.equal(keys.length, what === 'remove' ? 0 : 1, where);
      }
    });
  }
});
