import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { KeyRecord } from '../../../src/core/quota/key.ts';
import type { KeyRequests } from '../../../src/services/requests/keyRequests.ts';
import {
  runVerification,
  type VerifyResult,
  type VerifyStepName,
} from '../../../src/services/usage/verifyGateway.ts';
import { json, type Reply } from '../../sampleGateways/wire/reply.ts';
import { TestSetup } from '../support/testSetup.ts';
import { until } from '../support/until.ts';
import { june, spend, TEAM } from './fixture.ts';
import { VerifySetup } from './verifySetup.ts';

/** The steps with what came of each. */
const outcomes = ({ steps }: VerifyResult) =>
  Object.fromEntries(steps.map(({ name, passed }) => [name, passed]));

const FREE = { 'happy-path': true, 'date-range': true, 'malformed-date': true, 'outside-activity': true };

describe('the smoke test of CometAPI’s query service', () => {
  let rig: VerifySetup;
  afterEach(() => rig.close());

  it('passes its steps in order, and spends nothing', async () => {
    rig = await VerifySetup.open();
    const before = rig.api.ledger.entries.length;
    const announced: string[] = [];
    const result = await rig.verify({}, name => announced.push(name));
    assert.deepEqual(outcomes(result), FREE);
    assert.deepEqual(announced, Object.keys(FREE));
    assert.deepEqual(result.findings, {
      totalQuota: 9.64,
      totalUsedQuota: 0.36,
      requestCount: 4,
      daysPresent: ['2026-06-10', '2026-06-12'],
      rangeFilterWorks: true,
      errorPathRefuses: true,
    });
    assert.equal(result.completion, undefined);
    assert.equal(rig.api.ledger.entries.length, before, 'the books did not move');
    assert.deepEqual(rig.api.calls, [], 'the API was not even asked');
    assert.deepEqual(
      rig.setup.calls.filter(line => line.includes('/user/quota/')),
      [
        'GET /user/quota/?key=alice',
        'GET /user/quota/?start_date=2026-06-01&end_date=2026-06-15&key=alice',
        'GET /user/quota/?start_date=2026%2F06%2F01&end_date=2026%2F06%2F15&key=alice',
        'GET /user/quota/?start_date=2001-01-01&end_date=2001-01-01&key=alice',
      ],
    );
  });

  it('fails a service that takes any date', async () => {
    rig = await VerifySetup.open({ acceptsAnyDate: true });
    const result = await rig.verify();
    assert.deepEqual(outcomes(result), { ...FREE, 'malformed-date': false });
    assert.equal(result.findings.errorPathRefuses, false);
  });

  it('fails a service that returns stale days', async () => {
    rig = await VerifySetup.open({ staleDays: true });
    const result = await rig.verify();
    assert.deepEqual(outcomes(result), { ...FREE, 'date-range': false, 'outside-activity': false });
    assert.equal(result.findings.rangeFilterWorks, false);
  });

  it('fails a range without activity, which proves nothing', async () => {
    rig = await VerifySetup.open();
    const result = await rig.verify({ range: { from: '2026-06-13', to: '2026-06-14' } });
    assert.deepEqual(outcomes(result), { ...FREE, 'date-range': false });
    assert.deepEqual(result.findings.daysPresent, []);
    assert.equal(result.findings.rangeFilterWorks, false, 'though the range outside passed');
  });

  it('says that the range filter does not work where it fails outside the range alone', async () => {
    rig = await VerifySetup.open();
    const result = await rig.verify({}, name => {
      if (name === 'outside-activity') rig.setup.gateway.settings.query.staleDays = true;
    });
    assert.deepEqual(outcomes(result), { ...FREE, 'outside-activity': false });
    assert.equal(result.findings.rangeFilterWorks, false);
  });

  it('keeps that the range filter works where a later step says nothing of it', async () => {
    rig = await VerifySetup.open();
    const down = json(502, { error: 'upstream' });
    const result = await rig.verify({}, name => {
      if (name === 'outside-activity') rig.setup.gateway.setReply('GET /user/quota/', down);
    });
    assert.deepEqual(outcomes(result), { ...FREE, 'outside-activity': false });
    assert.equal(result.findings.rangeFilterWorks, true);
  });

  it('a malformed date proves nothing while the service is down', async () => {
    rig = await VerifySetup.open();
    rig.setup.gateway.setReply('GET /user/quota/', json(502, { error: 'upstream' }));
    const result = await rig.verify();
    assert.ok(result.steps.every(({ passed, failure }) => !passed && failure?.class === 'transient'));
    assert.equal(result.findings.errorPathRefuses, undefined);
  });

  it('fails an answer that lacks figures', async () => {
    rig = await VerifySetup.open();
    rig.setup.gateway.setReply('GET /user/quota/', json(200, { total_quota: 5, total_used_quota: 1 }));
    const { steps } = await rig.verify();
    assert.deepEqual([steps[0]?.passed, steps[0]?.failure?.reason], [false, 'missing-figures']);
  });
});

describe('the smoke test with completions', () => {
  let rig: VerifySetup;
  afterEach(() => rig.close());

  const PAID = { 'plain-completion': true, 'streamed-completion': true, 'request-count': true };

  it('spends two completions, checks their sums, and that the count grew', async () => {
    rig = await VerifySetup.open();
    const before = rig.api.ledger.sum();
    const result = await rig.verify({ completion: rig.completion });
    assert.deepEqual(outcomes(result), { ...FREE, ...PAID });
    assert.deepEqual(result.completion, { total: 14, usagePresent: true });
    // 52 units and 14 tokens each.
    const { quota, requests, tokens } = rig.api.ledger.sum();
    assert.deepEqual(
      [quota - before.quota, requests - before.requests, tokens - before.tokens],
      [104, 2, 28],
    );
  });

  it('fails sums that are wrong', async () => {
    rig = await VerifySetup.open({}, { wrongTotal: true });
    const result = await rig.verify({ completion: rig.completion });
    const wrong = { ...PAID, 'plain-completion': false, 'streamed-completion': false };
    assert.deepEqual(outcomes(result), { ...FREE, ...wrong });
    assert.deepEqual(result.completion, { total: 15, usagePresent: true });
  });

  it('fails completions without usage', async () => {
    rig = await VerifySetup.open({}, { withoutUsage: true });
    const result = await rig.verify({ completion: rig.completion });
    assert.deepEqual(result.completion, { total: undefined, usagePresent: false });
    assert.equal(outcomes(result)['plain-completion'], false);
  });

  /** The call for a completion. */
  const CHAT = 'POST /v1/chat/completions';
  const usage = (prompt: number, completion: number) => ({
    usage: { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion },
  });
  const streamed = (chunk: object) => ({ status: 200, body: `data: ${JSON.stringify(chunk)}\n\n` });

  it('tells the tokens of the first completion', async () => {
    rig = await VerifySetup.open();
    const result = await rig.verify({ completion: rig.completion }, name => {
      if (name === 'streamed-completion') rig.api.setReply(CHAT, streamed(usage(20, 5)));
    });
    assert.equal(outcomes(result)['streamed-completion'], true);
    assert.deepEqual(result.completion, { total: 14, usagePresent: true });
  });

  it('tells the tokens of the second where the first told none, and that usage is not always there', async () => {
    rig = await VerifySetup.open();
    const result = await rig.verify({ completion: rig.completion }, name => {
      if (name === 'plain-completion') rig.api.setReply(CHAT, json(200, {}));
      if (name === 'streamed-completion') rig.api.setReply(CHAT, streamed(usage(20, 5)));
    });
    assert.deepEqual(
      [outcomes(result)['plain-completion'], outcomes(result)['streamed-completion']],
      [false, true],
    );
    assert.deepEqual(result.completion, { total: 25, usagePresent: false });
  });

  it('fails completions of no tokens', async () => {
    rig = await VerifySetup.open();
    rig.api.setReply(CHAT, json(200, usage(0, 0)));
    const result = await rig.verify({ completion: rig.completion });
    assert.equal(outcomes(result)['plain-completion'], false);
  });

  it('has no step about the request count where the gateway did not tell it before', async () => {
    rig = await VerifySetup.open();
    const result = await rig.verify({ completion: rig.completion }, name => {
      const isFirst = name === 'happy-path';
      rig.setup.gateway.setReply('GET /user/quota/', isFirst ? json(502, { error: 'upstream' }) : undefined);
    });
    assert.deepEqual(outcomes(result), {
      ...FREE,
      'happy-path': false,
      'plain-completion': true,
      'streamed-completion': true,
    });
  });

  it('fails a count that stands still', async () => {
    rig = await VerifySetup.open();
    const requests = rig.api.account('team').requests;
    Object.defineProperty(rig.api.account('team'), 'requests', { get: () => requests, set: () => undefined });
    const result = await rig.verify({ completion: rig.completion });
    assert.deepEqual(outcomes(result), { ...FREE, ...PAID, 'request-count': false });
  });

  it('a payer that is refused fails its own steps alone', async () => {
    rig = await VerifySetup.open();
    rig.api.account('team').quota = 0;
    const { steps } = await rig.verify({ completion: rig.completion });
    assert.equal(steps[0]?.passed, true);
    assert.deepEqual([steps[4]?.passed, steps[4]?.failure?.class], [false, 'exhausted']);
  });
});

describe('the smoke test that is called off', () => {
  let rig: VerifySetup;
  afterEach(() => rig.close());

  it('before it begins asks nothing', async () => {
    rig = await VerifySetup.open();
    await assert.rejects(rig.verify({}, undefined, AbortSignal.abort()), { name: 'AbortError' });
    assert.deepEqual(rig.setup.calls, []);
  });

  it('in the middle of a step asks nothing more and spends nothing', async () => {
    rig = await VerifySetup.open();
    const end = new AbortController();
    const stuck = { ...json(200, {}), delivery: { how: 'holdHeaders' } } as const;
    const run = rig.verify(
      { completion: rig.completion },
      name => name === 'date-range' && rig.setup.gateway.setReply('GET /user/quota/', stuck),
      end.signal,
    );
    run.catch(() => undefined);
    await until(() => rig.setup.gateway.holds.size > 0);
    const asked = rig.setup.calls.length;
    end.abort();
    await assert.rejects(run, { name: 'AbortError' });
    assert.equal(rig.setup.calls.length, asked);
    assert.deepEqual(rig.api.calls, []);
  });
});

describe('a smoke test that a fault of ours breaks off', () => {
  const key = { id: 'a', label: 'a', baseUrl: 'https://gw.example' } as KeyRecord;
  const order = { key, range: { from: '2026-06-01', to: '2026-06-15' } };

  it('says so, and blames no gateway for it', async () => {
    const announced: string[] = [];
    const keyRequests = {
      // The names of the steps can be had, the first of them cannot be made.
      run: async () => {
        if (announced.length > 0) throw new TypeError('a fault of ours');
        return ['happy-path', 'date-range'];
      },
    } as unknown as KeyRequests;
    await assert.rejects(
      runVerification(keyRequests, order, name => announced.push(name)),
      /a fault of ours/,
    );
    assert.deepEqual(announced, ['happy-path']);
  });
});

describe('the smoke test of an account’s access token', () => {
  let setup: TestSetup;
  afterEach(() => setup.close());

  for (const kind of ['newApi', 'aioHub'] as const) {
    it(`${kind}: three steps, none of them about dates that are none`, async () => {
      setup = await TestSetup.open({ kind, accounts: [TEAM] });
      spend(setup.gateway);
      const key = await setup.add(setup.account('team'));
      const order = { key, range: { from: '2026-06-01', to: '2026-06-15' } };
      const result = await runVerification(setup.testWindow.keyRequests, order, () => undefined);
      assert.deepEqual(outcomes(result), {
        'happy-path': true,
        'date-range': true,
        'outside-activity': true,
      });
      assert.deepEqual(JSON.parse(JSON.stringify(result.findings)), {
        keyName: 'team',
        totalQuota: 9.65,
        totalUsedQuota: 0.35,
        requestCount: 3,
        daysPresent: ['2026-06-10', '2026-06-12'],
        rangeFilterWorks: true,
      });
    });
  }

  const verify = async (
    range: { readonly from: string; readonly to: string },
    sums: Partial<Record<VerifyStepName, Reply>> = {},
  ) => {
    setup = await TestSetup.open({ kind: 'newApi', accounts: [TEAM] });
    spend(setup.gateway);
    const key = await setup.add(setup.account('team'));
    const result = await runVerification(setup.testWindow.keyRequests, { key, range }, name =>
      setup.gateway.setReply('GET /api/data/self', sums[name]),
    );
    const { daysPresent, rangeFilterWorks } = result.findings;
    const { 'date-range': inside, 'outside-activity': outside } = outcomes(result);
    return [daysPresent, inside, outside, rangeFilterWorks];
  };
  /** Hours that a gateway tells, at noon of these days of June. */
  const hours = (...days: readonly number[]) =>
    json(200, {
      success: true,
      data: days.map(day => ({ created_at: june(day), model_name: 'gpt-4.1', quota: 1, count: 1 })),
    });

  it('takes the days at both ends of the range for days of it', async () => {
    assert.deepEqual(await verify({ from: '2026-06-10', to: '2026-06-12' }), [
      ['2026-06-10', '2026-06-12'],
      true,
      true,
      true,
    ]);
  });

  it('fails a range without activity, which proves nothing', async () => {
    assert.deepEqual(await verify({ from: '2026-06-13', to: '2026-06-14' }), [[], false, true, false]);
  });

  for (const [what, stray] of [
    ['before', 9],
    ['after', 13],
  ] as const) {
    it(`fails a gateway that sends hours ${what} the range, though usage leaves them out`, async () => {
      const range = { from: '2026-06-10', to: '2026-06-12' };
      const days = [10, stray].sort((a, b) => a - b);
      assert.deepEqual(await verify(range, { 'date-range': hours(...days) }), [
        days.map(day => new Date(june(day) * 1000).toLocaleDateString('sv')),
        false,
        true,
        false,
      ]);
    });
  }

  it('fails a gateway that sends hours of now for a range before any usage', async () => {
    const range = { from: '2026-06-10', to: '2026-06-12' };
    assert.deepEqual(await verify(range, { 'outside-activity': hours(10) }), [
      ['2026-06-10', '2026-06-12'],
      true,
      false,
      false,
    ]);
  });
});
