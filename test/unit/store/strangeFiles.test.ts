import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, it } from 'mocha';
import { SqliteStore } from '../../../src/store/store.ts';
import { removeTempFolders, tempFolder } from '../support/folders.ts';
import { NOW } from '../support/samples.ts';

const FILE = 'key-quota.db';
const OPENER = fileURLToPath(new URL('../support/storeOpener.ts', import.meta.url));

/** Less than a test may take, and more than a busy machine takes to start a process. */
const HANGS_MS = 60_000;

/** Without an end of its own, a window that hangs here would hang for ever. */
function openedElsewhere(folder: string): unknown {
  return JSON.parse(
    execFileSync(process.execPath, [OPENER, folder], { timeout: HANGS_MS, encoding: 'utf8' }),
  );
}

describe('files of the database', () => {
  afterEach(removeTempFolders);
  // Windows has neither such pipes nor such rights.
  if (process.platform === 'win32') return;

  /** Whether the database can be used all the same. */
  const PLACES = { '': false, '-journal': false, '-wal': true, '-shm': true, '.lock': true };
  for (const [ending, shared] of Object.entries(PLACES)) {
    for (const isNew of [true, false]) {
      if (ending === '' && !isNew) continue;
      const name = FILE + ending;
      const beside = isNew ? 'nothing' : 'a database';
      it(`a pipe as ${name} beside ${beside} is not waited for`, () => {
        const folder = tempFolder();
        if (!isNew) new SqliteStore(folder, NOW).close();
        execFileSync('mkfifo', [join(folder, name)]);
        assert.deepEqual(openedElsewhere(folder), shared ? { shared } : { trouble: 'unwritable', shared });
      });
    }
  }

  it('can be read by nobody else on this machine', () => {
    const folder = tempFolder();
    const rights = (name: string) => statSync(join(folder, name)).mode & 0o777;
    const before = process.umask(0o022);
    try {
      const store = new SqliteStore(folder, NOW);
      store.transaction(() => store.writeProbe.probeWrite(NOW));
      assert.deepEqual([FILE, `${FILE}-wal`, `${FILE}-shm`].map(rights), [0o600, 0o600, 0o600]);
      store.close();
      chmodSync(join(folder, FILE), 0o644);
      new SqliteStore(folder, NOW).close();
      assert.equal(rights(FILE), 0o600, 'one that an older version made as well');
    } finally {
      process.umask(before);
    }
  });
});
