import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { getQuota } from '../../../../src/services/tools/getQuota.ts';
import { queryUsage } from '../../../../src/services/tools/queryUsage.ts';
import type { ToolParts } from '../../../../src/services/tools/toolParts.ts';
import { UsageCache } from '../../../../src/services/usage/usageCache.ts';
import type { GatewayOptions } from '../../../sampleGateways/options.ts';
import { TEAM } from '../../gateways/fixture.ts';
import { MINUTE } from '../../support/samples.ts';
import { TestSetup } from '../../support/testSetup.ts';

describe('an agent that asks in a loop', () => {
  let setup: TestSetup;

  afterEach(() => setup.close());

  async function open(options: GatewayOptions): Promise<void> {
    setup = await TestSetup.open({ limits: 'real', ...options }, { focused: false });
  }

  function parts(): ToolParts {
    const { monitor, keyService, keyRequests, store } = setup.testWindow;
    const agents = { enabled: true, names: false };
    return {
      monitor,
      keyService,
      keyRequests,
      store,
      clock: setup.clock,
      agents,
      usageCache: new UsageCache(),
    };
  }

  const callsTo = (...paths: readonly string[]) =>
    setup.gateway.calls.filter(({ path }) => paths.includes(path)).length;

  it('leaves half of twelve calls in twelve hours to the person and to what is watched', async () => {
    await open({ kind: 'cheapestInference', accounts: [TEAM] });
    const { id } = await setup.add(setup.account('team'));
    for (let turn = 0; turn < 30; turn++) {
      await getQuota(parts(), { refresh: true }, new AbortController().signal);
      setup.clock.jump(MINUTE);
    }
    assert.equal(setup.gateway.calls.length, 6);
    assert.equal((await setup.testWindow.monitor.refresh([id])).held.size, 0, 'the person may still ask');
    assert.equal(setup.gateway.calls.length, 7);
  });

  it('leaves half of ten calls in twenty minutes, whatever range it makes up', async () => {
    await open({});
    const { id } = await setup.add(setup.key('ok'));
    let refused = 0;
    for (let turn = 1; turn <= 20; turn++) {
      const range = { from: '2026-06-01', to: `2026-06-${String(turn % 14 || 14).padStart(2, '0')}` };
      const signal = new AbortController().signal;
      const answer = (await queryUsage(parts(), range, signal)) as { problems: unknown[]; complete: boolean };
      if (answer.problems.length > 0) refused += 1;
      await getQuota(parts(), { refresh: true }, signal);
    }
    assert.ok(refused > 0, 'and is told so');
    assert.equal(callsTo('/api/usage/token/', '/api/log/token'), 5, `${setup.calls}`);
    assert.equal((await setup.testWindow.monitor.refresh([id])).held.size, 0);
  });

  it('is told what was spent by the scale of its time', async () => {
    await open({ accounts: [TEAM] });
    const draft = setup.key('alice');
    const id = await setup.testWindow.keyService.add(draft);
    await setup.testWindow.refreshKey(id);
    const from = new Date(setup.clock.now()).toISOString();
    const ask = async () => {
      const to = new Date(setup.clock.now()).toISOString();
      const answer = await queryUsage(parts(), { from, to }, new AbortController().signal);
      return answer as { complete: boolean; reports: { total: { used: number }; coverage: object }[] };
    };
    const spend = () =>
      setup.gateway.spend('alice', {
        ...{ at: Math.floor(setup.clock.now() / 1000), model: 'm', quota: 50_000 },
        ...{ promptTokens: 1, completionTokens: 1 },
      });
    setup.clock.jump(MINUTE);
    spend();
    setup.clock.jump(10 * MINUTE);
    assert.equal((await ask()).reports[0]?.total.used, 0.1);
    setup.gateway.status.quota_per_unit = 250_000;
    await setup.testWindow.refreshKey(id);
    setup.clock.jump(10 * MINUTE);
    spend();
    setup.clock.jump(10 * MINUTE);
    const { complete, reports } = await ask();
    // Ten cents at 500,000 to the dollar, twenty at 250,000; the log begins a minute after the range.
    assert.deepEqual([complete, reports[0]?.total.used], [false, 0.3]);
    assert.match(JSON.stringify(reports), /"reason":"scale-changed"/);
  });
});
