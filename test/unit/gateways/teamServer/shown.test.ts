import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { countTroubled } from '../../../../src/core/quota/attention.ts';
import { statusBarText } from '../../../../src/vscode/statusBar/statusBarText.ts';
import { treeNodes } from '../../../../src/vscode/tree/treeNodes.ts';
import { HOUR, MINUTE } from '../../support/samples.ts';
import { TestSetup } from '../../support/testSetup.ts';
import { vscodeStub } from '../../support/vscodeStub.ts';

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
      ['¥5.00 · Docs bot', `out of date · via Team`],
      ['$0.00 · Crawler', `used up · via Team`],
      ['Old laptop', `not accepted · via Team`],
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

  it('has in the list of keys where each of them stands', async () => {
    vscodeStub.picks = [];
    void setup.run('showKeys', undefined);
    while (vscodeStub.picks.length === 0) await new Promise(resolve => setImmediate(resolve));
    const items = vscodeStub.picks[0]?.items ?? [];
    const detailOf = (name: string) => items.find(({ label }) => label.endsWith(` ${name}`))?.detail;
    assert.deepEqual([detailOf('Team'), detailOf('ML batch')], [gateway(), 'gw.example · via Team']);
    vscodeStub.picks[0]?.hide();
  });

  it('tells the age of their figures while the server is silent', async () => {
    setup.gateway.setScenario('ok', 'down-500');
    setup.clock.jump(2 * MINUTE);
    await read();
    const batch = lines().find(([label]) => label?.includes('ML batch'));
    assert.deepEqual(batch, ['$5.00 · ML batch', 'check failed, as of 11:48 AM · via Team']);
  });

  it('counts its keys that need attention while it is silent, and not the server beside them', async () => {
    setup.gateway.setScenario('ok', 'down-500');
    setup.clock.jump(2 * HOUR);
    await read();
    const [attention, line] = groups();
    assert.deepEqual([attention?.description, attention?.children.length], ['5 keys', 6]);
    assert.match(line?.description ?? '', /^5 keys · 1 used up · 1 not accepted · 3 out of date · /);
    const keys = setup.testWindow.monitor.snapshot;
    assert.match(statusBarText(keys, setup.clock.now()).spoken, /others that need attention: 4$/);
    assert.equal(
      countTroubled(keys, setup.clock.now(), ({ via }) => via === undefined),
      5,
    );
    const server = keys.filter(({ via }) => via === undefined);
    assert.equal(countTroubled(server, setup.clock.now()), 1);
  });
});
