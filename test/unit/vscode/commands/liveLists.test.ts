import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { statusBarText } from '../../../../src/vscode/statusBar/statusBarText.ts';
import { treeNodes } from '../../../../src/vscode/tree/treeNodes.ts';
import { Desk } from '../../support/desk.ts';
import { DAY, HOUR, MINUTE } from '../../support/samples.ts';
import { vscodeStub } from '../../support/vscodeStub.ts';

describe('a list that stays open', () => {
  let desk: Desk;
  let id: string;

  beforeEach(async () => {
    desk = await Desk.open({ scenarios: { ok: {} } }, { settings: { pollMs: 300 * DAY } });
    desk.gateway.key('ok').expiresAt = Math.round((desk.clock.now() + 3 * DAY + HOUR) / 1000);
    id = await desk.world.keyService.add(desk.key('ok'));
    await desk.world.monitor.start();
    await desk.world.refreshed(id);
    vscodeStub.picks = [];
  });

  afterEach(async () => {
    for (const pick of vscodeStub.picks) pick.hide();
    await desk.close();
  });

  const words = () => vscodeStub.picks.at(-1)?.items[0]?.description ?? '';

  for (const [command, now, later] of [
    ['showExpiringKeys', /\(in 3 days\)/, /\(in 47 hours\)/],
    ['showKeys', /ends in 3 days/, /ends in 47 hours/],
  ] as const) {
    it(`${command}: its lines go with the time, and nothing is asked for it`, async () => {
      void desk.run(command, undefined);
      while (vscodeStub.picks.length === 0) await new Promise(resolve => setImmediate(resolve));
      assert.match(words(), now);
      const asked = desk.gateway.calls.length;
      await desk.clock.advance(DAY + HOUR + MINUTE);
      assert.match(words(), later);
      assert.equal(desk.gateway.calls.length, asked);
      vscodeStub.picks.at(-1)?.hide();
      await new Promise(resolve => setImmediate(resolve));
      await desk.clock.advance(HOUR * 5);
      assert.match(words(), later, 'a closed one is drawn no more');
    });
  }

  it('an explicit refresh that fails is said at the line and at the bar', async () => {
    for (const reply of [
      { status: 503, body: 'down' },
      { delivery: { how: 'reset' } },
      { status: 200, body: '{}' },
    ]) {
      desk.gateway.setReply('GET /api/usage/token/', { status: 200, ...reply } as never);
      const states = (await desk.run('refresh', id)) as { failure?: unknown }[];
      assert.ok(states[0]?.failure);
      const { snapshot } = desk.world.monitor;
      const now = desk.clock.now();
      const line = treeNodes(snapshot, now)[0]?.children[0];
      assert.match(`${line?.description}`, /check failed, as of/);
      assert.match(JSON.stringify(statusBarText(snapshot, now)), /check failed/);
      desk.clock.jump(MINUTE);
    }
    desk.gateway.setReply('GET /api/usage/token/', undefined);
    await desk.run('refresh', id);
    assert.doesNotMatch(
      JSON.stringify(treeNodes(desk.world.monitor.snapshot, desk.clock.now())),
      /check failed/,
    );
  });
});
