import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { type Failure, GatewayError } from '../../../../src/core/quota/failure.ts';
import type { KeyRecord } from '../../../../src/core/quota/key.ts';
import type { Usage } from '../../../../src/core/usage/usage.ts';
import type { UsageReport } from '../../../../src/core/usage/usageReport.ts';
import type { KeyRequests } from '../../../../src/services/requests/keyRequests.ts';
import { UsageCache } from '../../../../src/services/usage/usageCache.ts';
import { queryUsage } from '../../../../src/services/usage/usageQuery.ts';
import type { GatewayOptions } from '../../../sampleGateways/options.ts';
import { json } from '../../../sampleGateways/wire/reply.ts';
import { TestSetup } from '../../support/testSetup.ts';

const DAY_MS = 86_400_000;
const TEAM: GatewayOptions = {
  accounts: [
    { name: 'team', keys: { a: { holds: { name: 'alpha', used: 0 } }, b: { holds: { name: 'beta' } } } },
  ],
};

describe('what an account spent', () => {
  let setup: TestSetup;
  afterEach(() => setup.close());

  /** 250 requests: alpha 200 times $0.002 on gpt-4.1, beta 50 times $0.01 on claude, a row a minute, the last one a minute ago. */
  function work(): void {
    for (let n = 0; n < 250; n++) {
      const isAlpha = n % 5 !== 0;
      setup.gateway.spend(isAlpha ? 'a' : 'b', {
        quota: isAlpha ? 1000 : 5000,
        model: isAlpha ? 'gpt-4.1' : 'claude',
        promptTokens: 90,
        completionTokens: 10,
        at: Math.floor((setup.clock.now() - (n + 1) * 60_000) / 1000),
      });
    }
  }

  async function ask(key: KeyRecord): Promise<UsageReport> {
    const now = setup.clock.now();
    return queryUsage(setup.testWindow, key, { from: now - DAY_MS, to: now });
  }

  it('is exact by key and model, from the log itself', async () => {
    setup = await TestSetup.open(TEAM);
    work();
    const report = await ask(await setup.add(setup.account('team')));
    assert.deepEqual(report.total, { used: 0.9, requests: 250, tokens: 25_000 });
    assert.deepEqual(report.byKey, [
      { name: 'beta', used: 0.5, requests: 50, tokens: 5000 },
      { name: 'alpha', used: 0.4, requests: 200, tokens: 20_000 },
    ]);
    assert.deepEqual(
      report.byModel?.map(({ name, used }) => [name, used]),
      [
        ['claude', 0.5],
        ['gpt-4.1', 0.4],
      ],
    );
    assert.equal(report.source, 'gateway');
    assert.equal(report.coverage.complete, true);
    assert.deepEqual(report.scope, { account: 'team' });
  });

  it('gives back refunds', async () => {
    setup = await TestSetup.open(TEAM);
    work();
    setup.gateway.refund('a', { quota: 100_000, model: 'gpt-4.1', at: setup.clock.now() / 1000 - 60 });
    const report = await ask(await setup.add(setup.account('team')));
    assert.equal(report.total?.used, 0.7);
  });

  it('says from when it counts when the gateway dies half-way', async () => {
    setup = await TestSetup.open({ ...TEAM, settings: { diesAtPage: 3 } });
    work();
    const report = await ask(await setup.add(setup.account('team')));
    // Two pages of 100 rows, newest first: rows 0 to 199, of which every fifth is beta's.
    assert.deepEqual(report.total, { used: 0.72, requests: 200, tokens: 20_000 });
    assert.deepEqual(report.coverage, {
      complete: false,
      reason: 'broke-off',
      from: new Date(setup.clock.now() - 200 * 60_000).toISOString(),
      // The gateway's last two seconds may still be written.
      to: new Date(setup.clock.now() - 1001).toISOString(),
      // When it was first read: of the log that was told then a part is missing.
      uncheckedBefore: new Date(setup.clock.now()).toISOString(),
    });
  });

  it('asks no more after a refusal half-way, for as long as the gateway wants to be left alone', async () => {
    setup = await TestSetup.open(TEAM);
    work();
    // The whole of what is ours, whatever the refusal teaches.
    const gateways = new Map([[setup.gateway.origin, { share: 1 }]]);
    setup.testWindow.settings = { ...setup.testWindow.settings, gateways };
    const key = await setup.add(setup.account('team'));
    const range = { from: setup.clock.now() - DAY_MS, to: setup.clock.now() };
    const pages = () => setup.gateway.callsOf({ path: '/api/log/self' }).length;
    const ask = (progress?: () => void) => queryUsage(setup.testWindow, key, range, { progress });
    const slowDown = json(429, { message: 'slow down' }, { 'Retry-After': '60' });
    const report = await ask(() => setup.gateway.setReply('GET /api/log/self', slowDown));
    assert.equal(report.coverage.reason, 'broke-off');
    assert.equal(pages(), 3, 'the count, a page, and the refusal');
    setup.gateway.setReply('GET /api/log/self', undefined);
    setup.clock.jump(59_999);
    const limited = await ask();
    // The page that came is known, but for the second of its oldest row: 79 rows of alpha's and 20 of beta's.
    assert.deepEqual([limited.total?.used, limited.coverage.complete], [0.358, false]);
    assert.equal(limited.retryAt, new Date(setup.clock.now() + 1).toISOString());
    assert.match(limited.note ?? '', /is limiting requests/);
    assert.equal(pages(), 3);
    setup.clock.jump(1);
    assert.equal((await ask()).coverage.complete, true);
  });

  for (const paging of ['repeats', 'alternates', 'neverEnds'] as const) {
    it(`stops when pages are ${paging}, and says so`, async () => {
      setup = await TestSetup.open({ ...TEAM, settings: { paging } });
      work();
      const report = await ask(await setup.add(setup.account('team')));
      assert.equal(report.coverage.complete, false);
      assert.equal(report.coverage.reason, 'endless');
      assert.ok(setup.calls.length < 20, `${setup.calls.length} calls`);
    });
  }

  it('is refused, and no zero, when rows are counted and none is sent', async () => {
    setup = await TestSetup.open(TEAM);
    const data = { page: 1, page_size: 100, total: 7, items: [] };
    setup.gateway.setReply('GET /api/log/self', json(200, { success: true, message: '', data }));
    await assert.rejects(ask(await setup.add(setup.account('team'))), /missing-figures/);
  });

  it('called off half-way it is no answer, and nothing more is asked', async () => {
    setup = await TestSetup.open(TEAM);
    work();
    const now = setup.clock.now();
    const end = new AbortController();
    const pages: number[] = [];
    const progress = (done: number, total: number | undefined) => {
      pages.push(done, total ?? 0);
      end.abort();
    };
    const key = await setup.add(setup.account('team'));
    const range = { from: now - DAY_MS, to: now };
    await assert.rejects(
      queryUsage(setup.testWindow, key, range, { signal: end.signal, progress }),
      /abort/i,
    );
    assert.deepEqual(pages, [100, 250]);
    // One row to count them, and the first page.
    assert.equal(setup.gateway.callsOf({ path: '/api/log/self' }).length, 2);
  });

  it('says which days lack rows that cannot be read', async () => {
    setup = await TestSetup.open(TEAM);
    const row = { id: 1, created_at: Math.floor(setup.clock.now() / 1000) - 60, type: 2, quota: 5000 };
    const data = { page: 1, page_size: 100, total: 2, items: [row, { id: 2, created_at: 'noon', type: 2 }] };
    setup.gateway.setReply('GET /api/log/self', json(200, { success: true, message: '', data }));
    const { total, coverage } = await ask(await setup.add(setup.account('team')));
    assert.equal(total?.used, 0.01);
    assert.deepEqual([coverage.complete, coverage.reason], [false, 'unreadable-rows']);
  });

  it('does not depend on the order of rows', async () => {
    setup = await TestSetup.open({ ...TEAM, settings: { paging: 'shuffled' } });
    work();
    const report = await ask(await setup.add(setup.account('team')));
    assert.equal(report.total?.requests, 250);
  });
});

describe('what a key spent', () => {
  let setup: TestSetup;
  afterEach(() => setup.close());

  it('has our own readings beside the gateway’s answer, with the difference', async () => {
    setup = await TestSetup.open({ kind: 'aioHub' });
    const id = await setup.testWindow.keyService.add(setup.key('ok'));
    await setup.testWindow.monitor.start();
    await setup.testWindow.monitor.refresh([id]);
    await setup.clock.advance(60_000);
    setup.gateway.spend('ok', { quota: 25_000, model: 'gpt-4.1' });
    await setup.testWindow.monitor.refresh([id]);
    // A cent that only the gateway knows of, because nobody has looked since.
    setup.gateway.spend('ok', { quota: 5000, model: 'gpt-4.1' });
    const now = setup.clock.now();
    const key = setup.testWindow.keyService.findById(id) ?? assert.fail();
    const report = await queryUsage(setup.testWindow, key, { from: now - DAY_MS, to: now });
    assert.deepEqual(report.total, { used: 0.06 });
    assert.equal(report.source, 'gateway');
    const [other] = report.others ?? [];
    assert.equal(other?.source, 'recorded');
    assert.equal(other?.total?.used, 0.05);
    assert.equal(other?.difference, -0.01);
    assert.equal(other?.coverage.reason, 'recorded-gaps', 'we began to look within the range');
  });

  it('falls back to our own readings, and says why', async () => {
    setup = await TestSetup.open({ kind: 'aioHub' });
    const id = await setup.testWindow.keyService.add(setup.key('ok'));
    await setup.testWindow.monitor.start();
    await setup.testWindow.monitor.refresh([id]);
    await setup.clock.advance(60_000);
    await setup.testWindow.monitor.refresh([id]);
    setup.gateway.setScenario('ok', 'db-500');
    const now = setup.clock.now();
    const key = setup.testWindow.keyService.findById(id) ?? assert.fail();
    const report = await queryUsage(setup.testWindow, key, { from: now - DAY_MS, to: now });
    // A minute of a day was watched: that nothing fell then is no word about the day.
    assert.equal(report.total, undefined);
    assert.equal(report.coverage.complete, false);
    assert.match(report.note ?? '', /has a server error/);
    const minute = await queryUsage(setup.testWindow, key, { from: now - 60_000, to: now });
    assert.deepEqual(
      [minute.source, minute.total, minute.coverage.complete],
      ['recorded', { used: 0 }, true],
    );
  });

  describe('whose log has no rows', () => {
    const MINUTE = 60_000;

    /** An account or key that was read, spent $5 or nothing, and was read again, with a log that was switched off. */
    async function watched(
      draft: (setup: TestSetup) => Parameters<TestSetup['add']>[0],
      spent: number,
    ): Promise<KeyRecord> {
      setup = await TestSetup.open(TEAM);
      const id = await setup.testWindow.keyService.add(draft(setup));
      await setup.testWindow.monitor.start();
      await setup.testWindow.refreshKey(id);
      await setup.clock.advance(MINUTE);
      setup.gateway.spend('a', { quota: spent * 500_000 });
      setup.gateway.holdings.log.drop(1);
      await setup.clock.advance(MINUTE);
      await setup.testWindow.refreshKey(id);
      await setup.clock.advance(MINUTE);
      return setup.testWindow.keyService.findById(id) ?? assert.fail();
    }

    const lastDay = () => ({ from: setup.clock.now() - DAY_MS, to: setup.clock.now() });

    for (const [name, draft] of [
      ['an account', (each: TestSetup) => each.account('team')],
      ['a key', (each: TestSetup) => each.key('a')],
    ] as const) {
      it(`${name}: not known from the log, $5 by its readings`, async () => {
        const key = await watched(draft, 5);
        const report = await queryUsage(setup.testWindow, key, lastDay());
        assert.deepEqual([report.source, report.total?.used], ['recorded', 5]);
        const [other] = report.others ?? [];
        assert.deepEqual(
          [other?.total, other?.coverage.complete, other?.difference],
          [undefined, false, undefined],
        );
        assert.match(other?.coverage.reason ?? '', /contradicted|empty-log/);
      });
    }

    it('a key that was used before: not known, though nothing was seen in a minute of the day', async () => {
      const key = await watched(each => each.key('b'), 0);
      const report = await queryUsage(setup.testWindow, key, lastDay());
      assert.deepEqual(
        [report.source, report.total, report.coverage.reason],
        ['logs', undefined, 'empty-log'],
      );
      assert.deepEqual(
        report.others?.map(({ source, total }) => [source, total]),
        [['recorded', undefined]],
      );
    });

    it('a key that nobody has read yet: not known, and nothing stands beside it', async () => {
      setup = await TestSetup.open(TEAM);
      const report = await queryUsage(setup.testWindow, await setup.add(setup.key('b')), lastDay());
      assert.deepEqual([report.source, report.total, report.others], ['logs', undefined, undefined]);
    });

    it('a key that was never used at all spent nothing', async () => {
      const key = await watched(each => each.key('a'), 0);
      const report = await queryUsage(setup.testWindow, key, lastDay());
      assert.deepEqual([report.total?.used, report.coverage.complete], [0, true]);
      // A day later that reading says nothing about the day.
      setup.clock.jump(DAY_MS);
      const later = await queryUsage(setup.testWindow, key, {
        from: setup.clock.now() - 2 * DAY_MS,
        to: setup.clock.now(),
      });
      assert.deepEqual([later.total, later.coverage.complete], [undefined, false]);
    });

    it('spend that was noticed at the first look may be older than the range: the log is believed', async () => {
      const key = await watched(each => each.account('team'), 5);
      const now = setup.clock.now();
      // The look before the spend lies before the range.
      const report = await queryUsage(setup.testWindow, key, { from: now - 90_000, to: now });
      assert.deepEqual([report.source, report.total?.used], ['gateway', 0]);
    });
  });

  it('of One API, which does not tell it, is recorded from now on', async () => {
    setup = await TestSetup.open({ kind: 'oneApi' });
    const key = await setup.add(setup.key('ok'));
    const now = setup.clock.now();
    await assert.rejects(queryUsage(setup.testWindow, key, { from: now - DAY_MS, to: now }), {
      failure: { class: 'not-supported', reason: 'nothing-recorded' },
    });
    await setup.testWindow.refreshKey(key.id);
    await setup.clock.advance(60_000);
    setup.gateway.spend('ok', { quota: 25_000 });
    await setup.testWindow.refreshKey(key.id);
    const later = setup.clock.now();
    const report = await queryUsage(setup.testWindow, key, { from: later - DAY_MS, to: later });
    assert.deepEqual(
      [report.source, report.total?.used, report.coverage.complete],
      ['recorded', 0.05, false],
    );
    assert.match(report.note ?? '', /does not report what “ok” spent between two dates/);
    assert.doesNotMatch(report.note ?? '', /Check the address/);
  });

  it('one look alone is no reading of spend, and stands beside nothing', async () => {
    setup = await TestSetup.open({ kind: 'aioHub' });
    const id = await setup.testWindow.keyService.add(setup.key('ok'));
    await setup.testWindow.monitor.start();
    await setup.testWindow.monitor.refresh([id]);
    const now = setup.clock.now();
    const key = setup.testWindow.keyService.findById(id) ?? assert.fail();
    const report = await queryUsage(setup.testWindow, key, { from: now - DAY_MS, to: now });
    assert.equal(report.source, 'gateway');
    assert.equal(report.others, undefined);
    setup.gateway.setScenario('ok', 'db-500');
    await assert.rejects(queryUsage(setup.testWindow, key, { from: now - DAY_MS, to: now }), /server-error/);
  });

  it('is refused in a sentence where nothing can be said', async () => {
    setup = await TestSetup.open({ kind: 'cheapestInference' });
    const key = await setup.add(setup.key('ok'));
    const now = setup.clock.now();
    await assert.rejects(
      queryUsage(setup.testWindow, key, { from: now - DAY_MS, to: now }),
      /nothing-recorded/,
    );
  });
});

describe('an answer of before, while the gateway refuses', () => {
  let setup: TestSetup;
  beforeEach(async () => {
    setup = await TestSetup.open({ scenarios: { ok: {} } });
  });
  afterEach(() => setup.close());

  const HOUR = 3_600_000;

  async function ask(failure: Failure): Promise<UsageReport> {
    const key = await setup.add(setup.key('ok'));
    const { store, clock } = setup.testWindow;
    const range = { from: clock.now() - DAY_MS, to: clock.now() };
    const usageCache = new UsageCache();
    const usage: Usage = {
      unit: { code: 'USD', source: 'gateway' },
      total: { used: 3 },
      coverage: { complete: true },
      source: 'logs',
    };
    usageCache.cacheUsage(key, range, usage, clock.now());
    const keyRequests = { run: () => Promise.reject(new GatewayError(failure)) } as unknown as KeyRequests;
    return queryUsage({ store, clock, keyRequests, usageCache }, key, range);
  }

  const inAnHour = () => new Date(setup.clock.now() + HOUR).toISOString();
  const limited = { class: 'rate-limited', reason: 'too-many-requests' } as const;

  it('is shown with its time, why, and when the gateway may be asked again', async () => {
    const report = await ask({ ...limited, retryAfterMs: HOUR });
    assert.deepEqual([report.total, report.source], [{ used: 3 }, 'logs']);
    assert.equal(report.answeredAt, new Date(setup.clock.now()).toISOString());
    assert.equal(report.retryAt, inAnHour());
    assert.notEqual(report.note, undefined);
  });

  it('has no such time where nobody knows it, or where the key does not wait for its turn', async () => {
    assert.equal((await ask(limited)).retryAt, undefined);
    const failed = { class: 'transient', reason: 'server-error', retryAfterMs: HOUR } as const;
    assert.equal((await ask(failed)).retryAt, undefined);
  });
});
