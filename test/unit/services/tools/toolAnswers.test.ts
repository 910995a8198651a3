import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { GatewayError } from '../../../../src/core/quota/failure.ts';
import { getQuota } from '../../../../src/services/tools/getQuota.ts';
import { queryUsage } from '../../../../src/services/tools/queryUsage.ts';
import type { QuotaAnswer } from '../../../../src/services/tools/quotaAnswer.ts';
import type { ToolParts } from '../../../../src/services/tools/toolParts.ts';
import type * as UseTool from '../../../../src/vscode/tools/useTool.ts';
import { TestSetup } from '../../support/testSetup.ts';
import { importWithStub, vscodeStub } from '../../support/vscodeStub.ts';

const DOLLAR = 500_000;
const TODAY = { range: 'today' } as const;

interface UsageOfKeys {
  readonly complete: boolean;
  readonly keysWithTotal: number;
  readonly keysAsked: number;
  readonly from: string;
  readonly reports: readonly { readonly key: string; readonly total?: { readonly used: number } }[];
  readonly problems: readonly object[];
}

describe('what a tool tells an agent', () => {
  let setup: TestSetup;
  let names: boolean;
  let ids: string[];

  const parts = (): ToolParts => {
    const { monitor, keyService, keyRequests, store } = setup.testWindow;
    const agents = { enabled: true, names };
    return { monitor, keyService, keyRequests, store, clock: setup.clock, agents };
  };
  const usage = async (input: object, signal = new AbortController().signal) =>
    (await queryUsage(parts(), input, signal)) as UsageOfKeys;
  const quotas = async (input: object) =>
    (await getQuota(parts(), input, new AbortController().signal)) as QuotaAnswer;

  beforeEach(async () => {
    names = false;
    setup = await TestSetup.open({ scenarios: { first: {}, second: {} } });
    const at = setup.clock.now() / 1000 - 3600;
    setup.gateway.spend('first', { quota: DOLLAR, at });
    setup.gateway.spend('second', { quota: 2 * DOLLAR, at });
    ids = [(await setup.add(setup.key('first'))).id, (await setup.add(setup.key('second'))).id];
    await setup.testWindow.monitor.start();
    setup.gateway.calls.length = 0;
  });
  afterEach(() => setup.close());

  it('is called complete where every key told everything', async () => {
    const { complete, keysWithTotal, keysAsked, from, reports, problems } = await usage(TODAY);
    assert.deepEqual([complete, keysWithTotal, keysAsked, problems], [true, 2, 2, []]);
    assert.deepEqual(
      reports.map(({ key, total }) => [key, total?.used]),
      [
        ['key 1', 1],
        ['key 2', 2],
      ],
    );
    const today = new Date(setup.clock.now());
    assert.equal(from, new Date(today.getFullYear(), today.getMonth(), today.getDate()).toISOString());
  });

  it('is the same from what is stored, where nobody may be asked', async () => {
    const asked = await usage(TODAY);
    setup.gateway.calls.length = 0;
    const keyRequests = { run: () => assert.fail('asked') };
    const stored = (await queryUsage(
      { ...parts(), keyRequests, withoutAsking: true },
      TODAY,
      new AbortController().signal,
    )) as UsageOfKeys;
    const totals = ({ reports }: UsageOfKeys) => reports.map(({ key, total }) => [key, total?.used]);
    assert.deepEqual(totals(stored), [
      ['key 1', 1],
      ['key 2', 2],
    ]);
    assert.deepEqual([totals(stored), stored.complete], [totals(asked), asked.complete]);
    assert.deepEqual(setup.gateway.calls, []);
  });

  it('is told as not recorded, where nothing is and nobody may be asked', async () => {
    const range = { from: '2026-01-01', to: '2026-01-02' };
    const stored = (await queryUsage(
      { ...parts(), withoutAsking: true },
      range,
      new AbortController().signal,
    )) as UsageOfKeys;
    assert.deepEqual(setup.gateway.calls, []);
    assert.equal(stored.complete, false);
    assert.equal(stored.keysWithTotal, 0);
  });

  it('is not complete without a key that is refused, which is told as a problem, without its name', async () => {
    await setup.add(setup.key('first', { label: 'Wrong', secret: 'sk-nobody' }));
    const answer = await usage(TODAY);
    assert.deepEqual([answer.complete, answer.keysWithTotal, answer.keysAsked], [false, 2, 3]);
    assert.deepEqual(answer.problems, [{ key: 'key 3', problem: 'bad-key', reason: 'refused-key' }]);
    assert.doesNotMatch(JSON.stringify(answer), /Wrong/);
  });

  it('counts no total of a key that has none', async () => {
    const plan = await TestSetup.open({ kind: 'cheapestInference' });
    try {
      const { testWindow, clock } = plan;
      await plan.add(plan.key('ok'));
      await testWindow.monitor.start();
      const { monitor, keyService, keyRequests, store } = testWindow;
      const agents = { enabled: true, names: false };
      const all = { monitor, keyService, keyRequests, store, clock, agents };
      const answer = (await queryUsage(all, TODAY, new AbortController().signal)) as UsageOfKeys;
      assert.deepEqual([answer.complete, answer.keysWithTotal, answer.keysAsked], [false, 0, 1]);
    } finally {
      await plan.close();
    }
  });

  it('is not complete where an answer is not, and counts no total of one that has none', async () => {
    const coverage = { complete: false, reason: 'not-told' } as const;
    const told = { unit: { code: 'USD', source: 'gateway' }, coverage, source: 'gateway' } as const;
    const run = (key: { readonly label: string }) =>
      Promise.resolve(key.label === 'first' ? { ...told, total: { used: 4 } } : told);
    const all = { ...parts(), keyRequests: { run } as never };
    const answer = (await queryUsage(all, TODAY, new AbortController().signal)) as UsageOfKeys;
    assert.deepEqual(
      [answer.complete, answer.keysWithTotal, answer.keysAsked, answer.problems],
      [false, 1, 2, []],
    );
  });

  it('is about the one key that is named, whatever it is called', async () => {
    for (const key of ['key 2', ' KEY 2 ']) {
      const { reports } = await usage({ key, ...TODAY });
      assert.deepEqual(
        reports.map(each => [each.key, each.total?.used]),
        [['key 2', 2]],
      );
    }
    await assert.rejects(usage({ key: 'second', ...TODAY }), /no key/i, 'labels are not known to it');
    names = true;
    const { reports } = await usage({ key: 'second', ...TODAY });
    assert.deepEqual(
      reports.map(({ key }) => key),
      ['second'],
    );
  });

  it('has the labels of keys only where the user allows that', async () => {
    const labels = async () => (await quotas({})).keys.map(({ key }) => key).toSorted();
    assert.deepEqual(await labels(), ['key 1', 'key 2']);
    names = true;
    assert.deepEqual(await labels(), ['first', 'second']);
  });

  it('is what is known, unless it wants the gateway asked, and then of the named key alone', async () => {
    await quotas({});
    await quotas({ key: 'key 1' });
    assert.deepEqual(setup.gateway.calls, []);
    await quotas({ key: 'key 2', refresh: true });
    assert.deepEqual([...new Set(setup.gateway.calls.map(({ key }) => key))].filter(Boolean), ['second']);
    setup.gateway.calls.length = 0;
    await quotas({ refresh: true });
    assert.deepEqual([...new Set(setup.gateway.calls.map(({ key }) => key))].filter(Boolean).toSorted(), [
      'first',
      'second',
    ]);
  });

  it('leaves out a key that is removed meanwhile', async () => {
    const { monitor } = setup.testWindow;
    const snapshot = monitor.snapshot;
    const record = setup.testWindow.keyService.findById(ids[0] ?? '') ?? assert.fail();
    await setup.testWindow.keyService.remove(record);
    const all = { ...parts(), monitor: { snapshot } as unknown as typeof monitor };
    const answer = (await queryUsage(all, TODAY, new AbortController().signal)) as UsageOfKeys;
    assert.deepEqual(
      answer.reports.map(({ total }) => total?.used),
      [2],
    );
  });

  it('is nothing once the agent has given up, and nothing where we are at fault', async () => {
    const given = new AbortController();
    given.abort(new Error('given up'));
    await assert.rejects(usage(TODAY, given.signal), /given up/);
    const failing = (error: Error) => ({
      ...parts(),
      keyRequests: { run: () => Promise.reject(error) } as never,
    });
    const late = failing(new GatewayError({ class: 'transient', reason: 'timeout' }));
    await assert.rejects(queryUsage(late, TODAY, given.signal), /given up/, 'it is no problem of a key');
    const broken = failing(new TypeError('ours'));
    await assert.rejects(queryUsage(broken, TODAY, new AbortController().signal), /ours/);
  });

  for (const [input, says] of [
    [{}, /Give “range” .* or “from” and “to”/],
    [{ ...TODAY, from: '2026-06-01' }, /not both/],
    [{ ...TODAY, to: '2026-06-01' }, /not both/],
    [{ from: '2026-06-01' }, /needs a start and an end/],
    [{ to: '2026-06-01' }, /needs a start and an end/],
    [{ from: '2026-06-02', to: '2026-06-01' }, /ends before it begins/],
  ] as const) {
    it(`is a sentence about the range ${JSON.stringify(input)}, before anything is asked`, async () => {
      await assert.rejects(usage(input), says);
      assert.deepEqual(setup.gateway.calls, []);
    });
  }
});

describe('a tool that an agent uses', () => {
  let setup: TestSetup;
  beforeEach(async () => {
    setup = await TestSetup.open({ scenarios: { first: {} } });
    await setup.add(setup.key('first'));
    await setup.testWindow.monitor.start();
  });
  afterEach(async () => {
    vscodeStub.settings = {};
    await setup.close();
  });

  it('answers unless the user has switched tools off, also with a value that is no yes', async () => {
    const { useTool } = await importWithStub<typeof UseTool>('vscode/tools/useTool.ts');
    const { monitor, keyService, keyRequests, store } = setup.testWindow;
    const parts = { monitor, keyService, keyRequests, store, clock: setup.clock };
    let watching = 0;
    const token = {
      onCancellationRequested: () => {
        watching += 1;
        return { dispose: () => (watching -= 1) };
      },
    };
    const ask = () => useTool('keyQuota_getQuota', parts, {}, token as never);
    const { content } = await ask();
    assert.match(JSON.stringify(content), /key 1/);
    assert.equal(watching, 0, 'nothing is watched after the answer');
    for (const enabled of [false, 'no', 0, null]) {
      vscodeStub.settings = { 'agents.enabled': enabled };
      await assert.rejects(ask(), /switched Key Quota’s tools off/);
    }
    vscodeStub.settings = { 'agents.names': true };
    assert.match(JSON.stringify((await ask()).content), /first/);
  });
});
