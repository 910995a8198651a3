import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { CommandId } from '../../../../../src/vscode/commands/commandIds.ts';
import { type SampleGateway, startSampleGateway } from '../../../../sampleGateways/server.ts';
import { CommandSetup } from '../../../support/commandSetup.ts';
import { runCommand } from '../../../support/runCommand.ts';
import { vscodeStub } from '../../../support/vscodeStub.ts';

const ADD = 'Add Key…';
const NO_KEYS = 'There are no keys yet. Use Add Key first.';

/** Commands that need one key, and ask which where they are given none. */
const ASKING: readonly CommandId[] = [
  'keyQuota.copySecret',
  'keyQuota.eraseHistory',
  'keyQuota.exportHistory',
  'keyQuota.pauseKey',
  'keyQuota.pinKey',
  'keyQuota.removeKey',
  'keyQuota.renameKey',
  'keyQuota.replaceSecret',
];

describe('a command that needs a key', () => {
  let gateway: SampleGateway;
  let setup: CommandSetup;
  const run = (id: CommandId, argument?: unknown) => runCommand(setup.parts, id, argument);
  const commandsRun = () => vscodeStub.handed.filter(([to]) => to === 'a command');

  beforeEach(async () => {
    Object.assign(vscodeStub, { person: {}, shown: [], handed: [], clipboard: 'mine' });
    gateway = await startSampleGateway();
    setup = await CommandSetup.open();
    await setup.testWindow.monitor.start();
  });

  afterEach(async () => {
    vscodeStub.person = {};
    await setup.close();
    await gateway.close();
  });

  it('asks which one, and works on that alone', async () => {
    const first = await setup.testWindow.addKey(gateway, 'ok');
    const second = await setup.testWindow.addKey(gateway, 'unused');
    const isPinned = (id: string) => setup.testWindow.keyService.findById(id)?.pinned;
    let offered: readonly string[] = [];
    vscodeStub.person = {
      picked: (_title, labels) => {
        offered = labels;
        return labels.find(label => label.endsWith('unused'));
      },
    };
    await run('keyQuota.pinKey');
    assert.equal(offered.length, 2);
    assert.deepEqual([isPinned(first), isPinned(second)], [false, true]);
  });

  for (const id of ASKING) {
    it(`${id} does nothing where none is chosen`, async () => {
      await setup.testWindow.addKey(gateway, 'ok');
      await setup.testWindow.addKey(gateway, 'unused');
      const before = [...setup.testWindow.storage.entries];
      const records = setup.testWindow.store.keys.allKeys();
      await run(id);
      assert.deepEqual(
        [
          [...setup.testWindow.storage.entries],
          setup.testWindow.store.keys.allKeys(),
          vscodeStub.clipboard,
          vscodeStub.handed,
        ],
        [before, records, 'mine', []],
      );
    });
  }

  it('offers to add one where there is none, and adds it only after that was pressed', async () => {
    for (const [pressed, follows] of [
      [undefined, []],
      [ADD, [['a command', 'keyQuota.addKey', [undefined]]]],
    ] as const) {
      Object.assign(vscodeStub, { shown: [], handed: [], person: { asked: () => pressed } });
      await run('keyQuota.pinKey');
      assert.deepEqual(vscodeStub.shown.slice(0, 1), [NO_KEYS]);
      assert.deepEqual(commandsRun(), follows);
    }
  });

  it('says so where there are keys, and none that it is for', async () => {
    await setup.testWindow.addKey(gateway, 'ok');
    await run('keyQuota.resumeKey');
    assert.equal(vscodeStub.shown[0], 'No key’s checks are paused.');
    assert.deepEqual(vscodeStub.handed, []);
  });
});
