import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { OrphanedSecretCheck } from '../../../../../src/services/keys/orphanedSecretCheck.ts';
import type * as OfferStrays from '../../../../../src/vscode/commands/keys/offerOrphanedSecrets.ts';
import { removeTempFolders, tempFolder } from '../../../support/folders.ts';
import { ManualClock } from '../../../support/manualClock.ts';
import { TestWindow } from '../../../support/testWindow.ts';
import { until } from '../../../support/until.ts';
import { importWithStub, vscodeStub } from '../../../support/vscodeStub.ts';

const MINUTE = 60_000;
const STRAY = {
  secret: 'sk-stray-0123456789',
  origin: 'http://localhost:9',
  credential: 'apiKey',
  kind: 'newApi',
  label: 'Stray',
};

describe('a secret that no key belongs to', () => {
  let clock: ManualClock;
  let testWindow: TestWindow;
  let strays: OrphanedSecretCheck;

  beforeEach(async () => {
    clock = new ManualClock();
    testWindow = new TestWindow({ folder: tempFolder() });
    testWindow.storage.entries.set('key:stray', JSON.stringify(STRAY));
    await testWindow.monitor.start();
    Object.assign(vscodeStub, { person: {}, shown: [] });
    const { offerOrphanedSecrets: offerStrays } = await importWithStub<typeof OfferStrays>(
      'vscode/commands/keys/offerOrphanedSecrets.ts',
    );
    const service = testWindow.orphanedSecretService;
    const after: ManualClock['after'] = (ms, work) => {
      planned++;
      return clock.after(ms, work);
    };
    strays = new OrphanedSecretCheck({
      clock: { now: clock.now, after },
      log: { info: () => undefined, warn: () => undefined },
      service,
      offer: async found => {
        await offerStrays(service, found);
        offered++;
      },
    });
  });

  let offered = 0;
  let questions = 0;
  let planned = 0;
  afterEach(async () => {
    strays.dispose();
    await testWindow.close();
    removeTempFolders();
  });

  /** Starts a window, lets the minute pass in which another one may still be saving, and answers. */
  async function look(...answers: readonly string[]): Promise<void> {
    const [left, before] = [[...answers], offered];
    questions = 0;
    vscodeStub.person = {
      asked: () => {
        questions++;
        return left.shift();
      },
    };
    strays.offerLater();
    await until(() => planned > 0);
    planned = 0;
    await clock.advance(MINUTE);
    await until(() => offered > before);
  }
  const names = () => [...testWindow.storage.entries.keys()];

  it('is offered, and becomes a key when the user keeps it', async () => {
    await look('Keep as Keys', 'Delete');
    assert.equal(questions, 1);
    assert.deepEqual(
      testWindow.monitor.snapshot.map(({ id, label }) => [id, label]),
      [['stray', 'Stray']],
    );
    assert.ok(vscodeStub.shown.some(text => text.includes('Stray')));
  });

  it('is deleted only after a second confirmation', async () => {
    await look('Delete…');
    assert.deepEqual(names(), ['key:stray']);
    await look('Delete…', 'Delete');
    assert.deepEqual(names(), []);
  });

  it('is offered again at each start, until it is ignored', async () => {
    await look();
    vscodeStub.shown = [];
    await look('Leave Alone', 'Delete');
    assert.equal(questions, 1);
    assert.notDeepEqual(vscodeStub.shown, []);
    vscodeStub.shown = [];
    await look();
    assert.deepEqual([vscodeStub.shown, names()], [[], ['key:stray']]);
  });
});
