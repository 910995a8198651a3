import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { serverIdOf } from '../../../../../src/core/team/servedKey.ts';
import { TestSetup } from '../../../support/testSetup.ts';
import { vscodeStub } from '../../../support/vscodeStub.ts';

for (const [kind, handle] of [
  ['teamServer', 'ok'],
  ['prometheus', 'all'],
] as const)
  describe(`a command that is called with a key of a ${kind}`, () => {
    let setup: TestSetup;
    let id: string;

    beforeEach(async () => {
      Object.assign(vscodeStub, { person: {}, shown: [], lists: [] });
      setup = await TestSetup.open({ kind });
      const server = await setup.testWindow.keyService.add(setup.key(handle, { label: 'Team' }));
      await setup.testWindow.monitor.start();
      await setup.testWindow.refreshKey(server);
      await setup.testWindow.monitor.reload();
      const served = setup.testWindow.monitor.snapshot.filter(
        key => serverIdOf(key.id) === server && key.reading?.models === undefined,
      );
      id = served[0]?.id ?? assert.fail();
      setup.gateway.calls.length = 0;
    });
    afterEach(() => setup.close());

    it('says what is not possible, and opens and asks nothing', async () => {
      for (const command of [
        ...(['showLogs', 'listLogs', 'testKey', 'showPlans'] as const),
        ...(['verifyGateway', 'addAccountKeys'] as const),
      ])
        await assert.rejects(
          setup.run(command, id),
          /^Error: “[^”]+” belongs to http:\/\/127\.0\.0\.1:\d+, a gateway of a kind that does not offer this\.$/,
          command,
        );
      assert.equal(await setup.run('copyModels', id), undefined);
      assert.match(vscodeStub.shown[0] ?? '', /^The models of “[^”]+” are not known\.$/);
      assert.deepEqual(setup.gateway.calls, []);
    });
  });
