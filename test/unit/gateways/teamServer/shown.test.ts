import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { treeNodes } from '../../../../src/vscode/tree/treeNodes.ts';
import { MINUTE } from '../../support/samples.ts';
import { TestSetup } from '../../support/testSetup.ts';

describe('the tree with a server of a team', () => {
  let setup: TestSetup;
  let id: string;
  beforeEach(async () => {
    setup = await TestSetup.open({ kind: 'teamServer' });
    id = await setup.testWindow.keyService.add(setup.key('ok', { label: 'Team' }));
    await read();
  });
  afterEach(() => setup.close());

  const read = async () => {
    await setup.testWindow.refreshKey(id);
    await setup.testWindow.monitor.reload();
  };
  const groups = () => treeNodes(setup.testWindow.monitor.snapshot, setup.clock.now());
  const lines = () =>
    groups().flatMap(({ children }) => children.map(({ label, description }) => [label, description]));
  const gateway = () => groups().at(-1)?.label ?? '';

  it('has a line for each key like one’s own, in its own unit, with the name of the server', () => {
    assert.deepEqual(lines(), [
      ['¥5.00 · Docs bot', `out of date · ${gateway()} · via Team`],
      ['$0.00 · Crawler', `used up · ${gateway()} · via Team`],
      ['Old laptop', `not accepted · ${gateway()} · via Team`],
      ['5 keys · Team', ''],
      ['$5.00 · ML batch', 'via Team'],
      ['∞ · used $41.00 · Unlimited', 'via Team'],
    ]);
    const [batch] =
      groups()
        .at(-1)
        ?.children.filter(({ label }) => label.includes('ML batch')) ?? [];
    const facts = batch?.children.map(({ label, description }) => `${label} ${description}`.trim()) ?? [];
    assert.ok(facts.includes('Checked by “Team”'), facts.join('\n'));
    assert.ok(facts.includes('Gateway gw.example'), facts.join('\n'));
    // What the server alone can do is not offered.
    assert.equal(batch?.context, 'key unpinned');
  });

  it('tells the age of their figures while the server is silent', async () => {
    setup.gateway.setScenario('ok', 'down-500');
    setup.clock.jump(2 * MINUTE);
    await read();
    const batch = lines().find(([label]) => label?.includes('ML batch'));
    assert.deepEqual(batch, ['$5.00 · ML batch', 'check failed, as of 11:48 AM · via Team']);
  });
});
