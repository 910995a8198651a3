import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { treeNodes } from '../../../../src/vscode/tree/treeNodes.ts';
import { MINUTE } from '../../support/samples.ts';
import { TestSetup } from '../../support/testSetup.ts';

describe('the tree below a server of a team', () => {
  let setup: TestSetup;
  afterEach(() => setup.close());

  it('has each key in its own unit, with the age of its figure, which goes on while the server is silent', async () => {
    setup = await TestSetup.open({ kind: 'teamServer' });
    const id = await setup.testWindow.keyService.add(setup.key('ok', { label: 'Team' }));
    await setup.testWindow.refreshKey(id);
    const lines = () => {
      const [gateway] = treeNodes([setup.testWindow.keyState(id)], setup.clock.now());
      const facts = gateway?.children[0]?.children ?? [];
      const keys = facts.find(({ label }) => label === 'Keys of the account')?.children ?? [];
      return keys.map(({ label, description }) => [label, description]);
    };
    assert.deepEqual(lines(), [
      ['$5.00 left · ML batch', 'as of 12 minutes ago'],
      ['¥5.00 left · Docs bot', 'as of 50 minutes ago'],
      ['$0.00 left · Crawler', 'used up · as of 12 minutes ago'],
      ['Old laptop', 'not accepted'],
      ['∞ · used $41.00 · Unlimited', 'as of 12 minutes ago'],
    ]);
    setup.gateway.setScenario('ok', 'down-500');
    setup.clock.jump(3 * MINUTE);
    const state = await setup.testWindow.refreshKey(id);
    assert.equal(state.failure?.reason, 'server-error');
    assert.deepEqual(lines()[0], ['$5.00 left · ML batch', 'as of 15 minutes ago']);
  });
});
