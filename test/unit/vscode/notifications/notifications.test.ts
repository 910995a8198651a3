import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { KeyState } from '../../../../src/core/quota/keyState.ts';
import type { Warning } from '../../../../src/core/warnings/warning.ts';
import type * as Notifications from '../../../../src/vscode/notifications/notifications.ts';
import { NOW, reading } from '../../support/samples.ts';
import { importWithStub, vscodeStub } from '../../support/vscodeStub.ts';

const { showWarnings } = await importWithStub<typeof Notifications>('vscode/notifications/notifications.ts');

const KEY = {
  id: 'k1',
  label: 'Team',
  kind: 'newApi',
  origin: 'https://gw.example',
  status: 'low',
  reading: reading(),
} as unknown as KeyState;
const WARNING: Warning = { key: KEY, kind: 'low', threshold: 0, severity: 'error' } as Warning;
const SNOOZE = 'Snooze 24 Hours';

describe('the notification of a warning', () => {
  afterEach(() => {
    vscodeStub.person = {};
  });

  for (const [pressed, follows] of [
    [undefined, []],
    ['Close', []],
    ['Top Up', [['a command', 'keyQuota.topUp', ['k1']]]],
    [SNOOZE, [['a command', 'keyQuota.snoozeWarnings', [{ keys: ['k1'], hours: 24 }]]]],
    ['Don’t Warn About This Key', [['a command', 'keyQuota.setKeyWarnings', [{ key: 'k1', off: true }]]]],
  ] as const) {
    it(`does ${follows.length === 0 ? 'nothing' : 'what its button says'} after ${pressed ?? 'it was closed'}`, async () => {
      Object.assign(vscodeStub, { shown: [], handed: [], person: { asked: () => pressed } });
      await showWarnings(
        [WARNING],
        NOW,
        () => true,
        () => true,
      );
      assert.equal(vscodeStub.shown[0], '“Team” is used up.');
      assert.deepEqual(vscodeStub.handed, follows);
    });
  }

  const pressedWithout = async (pressed: string, gone: readonly string[], ...labels: readonly string[]) => {
    Object.assign(vscodeStub, { shown: [], handed: [], person: { asked: () => pressed } });
    const warnings = labels.map(label => ({ ...WARNING, key: { ...KEY, id: label, label } }));
    const isThere = (id: string) => !gone.includes(id);
    await showWarnings(warnings, NOW, () => true, isThere);
    return { said: vscodeStub.shown.find(text => /No longer/.test(text)), handed: vscodeStub.handed };
  };

  it('says that its key has been removed since', async () => {
    for (const pressed of ['Top Up', SNOOZE, 'Don’t Warn About This Key'])
      assert.deepEqual(await pressedWithout(pressed, ['Team'], 'Team'), {
        said: 'No longer here: “Team”.',
        handed: [],
      });
    assert.deepEqual(await pressedWithout(SNOOZE, ['A', 'B'], 'A', 'B'), {
      said: 'No longer here: “A”, “B”.',
      handed: [],
    });
  });

  it('says why its button could not do it', async () => {
    vscodeStub.failing = new Set(['keyQuota.topUp']);
    await pressedWithout('Top Up', [], 'Team');
    vscodeStub.failing = new Set();
    assert.ok(vscodeStub.shown.includes('No such command.'));
  });

  it('snoozes those of its keys that are still there', async () => {
    assert.deepEqual(await pressedWithout(SNOOZE, ['A'], 'A', 'B'), {
      said: undefined,
      handed: [['a command', 'keyQuota.snoozeWarnings', [{ keys: ['B'], hours: 24 }]]],
    });
  });
});
