import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { statusBarText } from '../../../../src/vscode/statusBar/statusBarText.ts';
import { treeNodes } from '../../../../src/vscode/tree/treeNodes.ts';
import { BILLS_ACCOUNT } from '../../../sampleGateways/settings.ts';
import { DAY, HOUR, MINUTE } from '../../support/samples.ts';
import { TestSetup } from '../../support/testSetup.ts';
import { vscodeStub } from '../../support/vscodeStub.ts';

describe('a list that stays open', () => {
  let setup: TestSetup;
  let id: string;

  beforeEach(async () => {
    setup = await TestSetup.open(
      { scenarios: { ok: {} }, settings: BILLS_ACCOUNT },
      { settings: { pollMs: 300 * DAY } },
    );
    setup.gateway.key('ok').expiresAt = Math.round((setup.clock.now() + 3 * DAY + HOUR) / 1000);
    id = await setup.testWindow.keyService.add(setup.key('ok'));
    await setup.testWindow.monitor.start();
    await setup.testWindow.refreshKey(id);
    vscodeStub.picks = [];
  });

  afterEach(async () => {
    for (const pick of vscodeStub.picks) pick.hide();
    await setup.close();
  });

  const words = () => vscodeStub.picks.at(-1)?.items[0]?.description ?? '';

  for (const [command, now, later] of [
    ['showExpiringKeys', /in 3 days \(/, /in 47 hours \(/],
    ['showKeys', /expires in 3 days/, /expires in 47 hours/],
  ] as const) {
    it(`${command}: its lines change as time passes, without a request`, async () => {
      void setup.run(command, undefined);
      while (vscodeStub.picks.length === 0) await new Promise(resolve => setImmediate(resolve));
      assert.match(words(), now);
      const asked = setup.gateway.calls.length;
      await setup.clock.advance(DAY + HOUR + MINUTE);
      assert.match(words(), later);
      assert.equal(setup.gateway.calls.length, asked);
      vscodeStub.picks.at(-1)?.hide();
      await new Promise(resolve => setImmediate(resolve));
      await setup.clock.advance(HOUR * 5);
      assert.match(words(), later, 'a closed one is drawn no more');
    });
  }

  it('begins with a pinned key, and with the first line active, so that Enter takes it', async () => {
    const pinned = await setup.testWindow.keyService.add(setup.key('ok', { label: 'Zebra' }));
    await setup.run('pinKey', pinned);
    void setup.run('showKeys', undefined);
    while (vscodeStub.picks.length === 0) await new Promise(resolve => setImmediate(resolve));
    const labelsOf = (lines: readonly { readonly label: string }[] = []) => lines.map(({ label }) => label);
    const [pick] = vscodeStub.picks;
    assert.deepEqual(labelsOf(pick?.items), ['$(question) Zebra', '$(key) ok']);
    assert.deepEqual(labelsOf(pick?.activeItems), ['$(question) Zebra']);
  });

  it('shows at the line and in the status bar that an explicit refresh failed', async () => {
    for (const reply of [
      { status: 503, body: 'down' },
      { delivery: { how: 'reset' } },
      { status: 200, body: '{}' },
    ]) {
      setup.gateway.setReply('GET /api/usage/token/', { status: 200, ...reply } as never);
      const states = (await setup.run('refresh', id)) as { failure?: unknown }[];
      assert.ok(states[0]?.failure);
      const { snapshot } = setup.testWindow.monitor;
      const now = setup.clock.now();
      const line = treeNodes(snapshot, now)[0]?.children[0];
      assert.match(`${line?.description}`, /check failed, as of/);
      assert.match(JSON.stringify(statusBarText(snapshot, now)), /check failed/);
      setup.clock.jump(MINUTE);
    }
    setup.gateway.setReply('GET /api/usage/token/', undefined);
    await setup.run('refresh', id);
    assert.doesNotMatch(
      JSON.stringify(treeNodes(setup.testWindow.monitor.snapshot, setup.clock.now())),
      /check failed/,
    );
  });
});
