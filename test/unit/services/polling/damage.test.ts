import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, before, describe, it } from 'mocha';
import type { StoreTrouble } from '../../../../src/core/ports/storeTrouble.ts';
import { databasePath } from '../../../../src/store/database.ts';
import { type SampleGateway, startSampleGateway } from '../../../sampleGateways/server.ts';
import { advanceWindows } from '../../support/advanceWindows.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { MemorySecrets } from '../../support/memorySecrets.ts';
import { MINUTE } from '../../support/samples.ts';
import { TestWindow } from '../../support/testWindow.ts';

describe('a database that is damaged while two windows use it', () => {
  const clock = new ManualClock();
  const windows: TestWindow[] = [];
  const told: StoreTrouble['kind'][] = [];
  let gateway: SampleGateway;

  /** Rebuilds the records after trouble, as the extension does. */
  async function open(folder: string, storage: MemorySecrets): Promise<TestWindow> {
    const onTrouble = ({ kind }: StoreTrouble) => {
      told.push(kind);
      void window.orphanedSecretService.restoreRecords();
    };
    const window = new TestWindow({ clock, folder, storage, onTrouble });
    windows.push(window);
    await window.monitor.start();
    return window;
  }

  before(async () => {
    gateway = await startSampleGateway({ clock: clock.now, scenarios: { first: {}, second: {} } });
    const [folder, storage] = [tempFolder(), new MemorySecrets()];
    const window = await open(folder, storage);
    const other = await open(folder, storage);
    for (const handle of ['first', 'second']) await window.addKey(gateway, handle);
    await other.monitor.reload();
    writeFileSync(databasePath(folder), 'x'.repeat(300_000));
    writeFileSync(`${databasePath(folder)}-wal`, 'y'.repeat(300_000));
    await advanceWindows(20 * MINUTE, clock, window, other);
  });

  after(async () => {
    for (const window of windows) await window.close();
    await gateway.close();
    removeTempFolders();
  });

  it('loses no key: each is there in both, and is checked again', () => {
    for (const { monitor } of windows) {
      assert.deepEqual(
        monitor.snapshot.map(({ label, status, reading }) => [label, status, reading?.quota?.remaining]),
        [
          ['first', 'ok', 0.2],
          ['second', 'ok', 0.2],
        ],
      );
    }
  });

  it('is set aside once, and said by the window that noticed', () => {
    assert.deepEqual(told, ['damaged']);
  });
});
