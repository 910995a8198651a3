import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { KeyRecord } from '../../../../src/core/quota/key.ts';
import type { Range } from '../../../../src/core/usage/range.ts';
import { parseRange } from '../../../../src/core/usage/range.ts';
import { presetEnds, RANGE_PRESETS, type RangePreset } from '../../../../src/core/usage/rangePresets.ts';
import type { UsageReport } from '../../../../src/core/usage/usageReport.ts';
import { HistoryService } from '../../../../src/services/usage/historyService.ts';
import { UsageCache } from '../../../../src/services/usage/usageCache.ts';
import { queryUsage } from '../../../../src/services/usage/usageQuery.ts';
import { coverageText } from '../../../../src/text/coverage.ts';
import { json } from '../../../sampleGateways/wire/reply.ts';
import { JUNE, june, QUERY, spend, TEAM } from '../../gateways/fixture.ts';
import { TestSetup } from '../../support/testSetup.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DOLLAR = 500_000;
const whole = (first: number, last: number): Range => ({
  from: june(first, 0) * 1000,
  to: june(last + 1, 0) * 1000 - 1,
});

describe('a range that the ledger has', () => {
  let setup: TestSetup;
  afterEach(() => setup.close());

  const calls = () => setup.gateway.callsOf({}).filter(({ path }) => path !== '/api/status').length;
  const ask = (key: KeyRecord, range: Range) => queryUsage(setup.testWindow, key, range);
  /** The calls that a question costs, and its report. */
  async function costOf(key: KeyRecord, range: Range): Promise<readonly [number, UsageReport]> {
    const before = calls();
    const report = await ask(key, range);
    return [calls() - before, report];
  }
  const switchOff = () => {
    for (const path of ['/api/log/token', '/api/log/self', '/api/data/self', '/api/usage/token/'])
      setup.gateway.setReply(`GET ${path}`, { status: 503, body: 'down' });
  };
  const figures = ({ total, byDay, byKey, byModel, timeline, coverage, source }: UsageReport) =>
    JSON.parse(JSON.stringify({ total, byDay, byKey, byModel, timeline, coverage, source }));

  /** A key that was read before, so that its counter is known, with $0.15 in two rows of 10 June in its log. */
  async function key(): Promise<KeyRecord> {
    setup = await TestSetup.open({
      accounts: [{ name: 'team', quota: 5_000_000, keys: { alice: { holds: { name: 'alice', used: 0 } } } }],
    });
    for (const [model, quota] of [
      ['gpt-4.1', 50_000],
      ['claude', 25_000],
    ] as const)
      setup.gateway.spend('alice', { at: june(10), model, quota, promptTokens: 900, completionTokens: 100 });
    const id = await setup.testWindow.keyService.add(setup.key('alice'));
    await setup.testWindow.refreshKey(id);
    return setup.testWindow.keyService.findById(id) ?? assert.fail();
  }

  it('is asked about once: the same again, a part of it and a longer one cost no call', async () => {
    const alice = await key();
    const [first, told] = await costOf(alice, whole(8, 14));
    const [second, again] = await costOf(alice, whole(8, 14));
    assert.deepEqual([first, second], [1, 0]);
    assert.deepEqual(figures(again), figures(told));
    assert.deepEqual(again.total, { used: 0.15, requests: 2, tokens: 2000 });
    const [cost, part] = await costOf(alice, whole(10, 10));
    assert.deepEqual([cost, part.total?.used, part.coverage.complete], [0, 0.15, true]);
    const [more, longer] = await costOf(alice, whole(1, 14));
    assert.deepEqual([more, longer.total?.used, longer.coverage.complete], [0, 0.15, true]);
    const [none, before] = await costOf(alice, whole(1, 9));
    assert.deepEqual([none, before.total?.used, before.coverage.complete], [0, 0, true], 'a true 0');
  });

  it('an account’s is told from it as the gateway tells it, by day, key, model and hour', async () => {
    setup = await TestSetup.open({ accounts: [TEAM] });
    spend(setup.gateway);
    const team = await setup.add(setup.account('team'));
    for (const range of [
      whole(8, 14),
      whole(10, 12),
      { from: june(12, 3) * 1000, to: june(12, 15) * 1000 - 1 },
    ]) {
      const [first, told] = await costOf(team, range);
      const [second, again] = await costOf(team, range);
      assert.equal(second, 0);
      assert.deepEqual(figures(again), figures(told));
      assert.ok(first > 0 || again.total);
    }
  });

  it('an account’s of too many rows is told again from its hours, and from rows before the first', async () => {
    setup = await TestSetup.open({ accounts: [TEAM] });
    for (let n = 0; n < 4001; n++) {
      const tokens = { promptTokens: 2, completionTokens: 1 };
      setup.gateway.spend('alice', { at: june(12, 10) + 1800, quota: 3, model: `m${n % 2}`, ...tokens });
    }
    setup.gateway.spend('bob', { at: june(12, 9) + 2000, quota: 7, model: 'm0' });
    const team = await setup.add(setup.account('team'));
    const range = { from: (june(12, 9) + 1800) * 1000, to: june(12, 12) * 1000 - 1 };
    const [, told] = await costOf(team, range);
    const [cost, again] = await costOf(team, range);
    // 4001 rows of 3 units and one of 7, half a million to the dollar.
    assert.deepEqual([cost, again.total?.used, again.total?.requests], [0, 0.02402, 4002]);
    assert.deepEqual(figures(again), figures(told));
  });

  it('goes on from where it ended: only what is new is asked', async () => {
    setup = await TestSetup.open({ accounts: [TEAM] });
    spend(setup.gateway);
    const team = await setup.add(setup.account('team'));
    assert.equal((await ask(team, JUNE)).total?.used, 0.35);
    setup.clock.jump(HOUR);
    setup.gateway.spend('bob', { at: june(15) + 1800, quota: DOLLAR });
    const { total, byKey, coverage } = await ask(team, JUNE);
    assert.equal(total?.used, 1.35);
    assert.deepEqual(
      byKey?.map(({ name, used }) => [name, used]),
      [
        ['bob', 1.2],
        ['alice', 0.15],
      ],
    );
    assert.deepEqual([coverage.complete, coverage.to], [true, '2026-06-15T12:59:58.999Z']);
    const asked = setup.calls.filter(call => call.includes('/api/log/self?')).slice(-2);
    for (const call of asked)
      assert.match(call, new RegExp(`start_timestamp=${june(15) - 900}&`), 'from a quarter of an hour on');
  });

  it('of a key that cannot be asked now is shown with what the ledger has, and says why there is no more', async () => {
    const alice = await key();
    await ask(alice, whole(8, 15));
    setup.clock.jump(HOUR);
    switchOff();
    const { total, coverage, note } = await ask(alice, whole(8, 15));
    assert.equal(total?.used, 0.15);
    assert.deepEqual([coverage.complete, coverage.to], [false, '2026-06-15T11:59:58.999Z']);
    assert.match(note ?? '', /has a server error/);
  });

  it('keeps rows that have left the gateway’s request log', async () => {
    const alice = await key();
    await ask(alice, whole(8, 14));
    // A thousand rows later the log begins after the tenth.
    for (let row = 0; row < 1000; row++) setup.gateway.spend('alice', { at: june(15, 12) + row, quota: 500 });
    setup.clock.jump(HOUR);
    const { total, coverage } = await ask(alice, whole(8, 15));
    // $0.15 and a thousand times $0.001; of the second of the oldest of those rows nobody can be sure.
    assert.equal(total?.used, 1.149);
    assert.deepEqual([coverage.complete, coverage.reason], [false, 'ledger-gaps']);
    assert.deepEqual(coverage.gaps, [{ from: '2026-06-15T11:59:59.000Z', to: '2026-06-15T12:00:00.999Z' }]);
    const [cost, again] = await costOf(alice, whole(10, 10));
    assert.deepEqual([cost, again.total?.used, again.coverage.complete], [0, 0.15, true]);
  });

  it('of a log that can tell no more is not asked about again', async () => {
    setup = await TestSetup.open({ accounts: [TEAM] });
    for (let row = 0; row < 1005; row++)
      setup.gateway.spend('alice', { at: june(10) + row * 60, quota: 500 });
    const alice = await setup.add(setup.key('alice'));
    await ask(alice, whole(1, 14));
    const [cost, { coverage }] = await costOf(alice, whole(1, 14));
    assert.deepEqual([cost, coverage.complete, coverage.reason], [0, false, 'last-rows']);
    assert.match(coverageText({ coverage, to: '2026-06-14T23:59:59Z' }), /only the latest rows/);
  });

  it('with an answer without rows that readings contradict is asked about again', async () => {
    setup = await TestSetup.open({ accounts: [TEAM] });
    const id = await setup.testWindow.keyService.add(setup.account('team'));
    await setup.testWindow.monitor.start();
    await setup.testWindow.refreshKey(id);
    await setup.clock.advance(MINUTE);
    setup.gateway.spend('alice', { quota: DOLLAR });
    setup.gateway.holdings.log.drop(1);
    await setup.testWindow.refreshKey(id);
    await setup.clock.advance(MINUTE);
    const team = setup.testWindow.keyService.findById(id) ?? assert.fail();
    await ask(team, whole(15, 15));
    const [cost, { total }] = await costOf(team, whole(15, 15));
    assert.ok(cost > 0);
    assert.equal(total?.used, 1, 'by its readings');
  });

  it('is not asked about where checks are paused, and shows what is known', async () => {
    const alice = await key();
    await ask(alice, whole(8, 15));
    setup.clock.jump(HOUR);
    setup.testWindow.store.transaction(() =>
      setup.testWindow.store.keys.setPaused(alice.id, setup.clock.now()),
    );
    const [cost, { total, note }] = await costOf(alice, whole(8, 15));
    assert.deepEqual([cost, total?.used], [0, 0.15]);
    assert.match(note ?? '', /paused/i);
  });

  it('of before its history was erased does not come back, and its readings are gone at once', async () => {
    const alice = await key();
    await ask(alice, whole(8, 15));
    await setup.testWindow.refreshKey(alice.id);
    setup.clock.jump(MINUTE);
    await new HistoryService(setup.testWindow.store, setup.clock).eraseHistory(alice.id);
    const erasedAt = setup.clock.now();
    setup.clock.jump(HOUR);
    setup.gateway.spend('alice', { at: erasedAt / 1000 + 60, quota: DOLLAR });
    await ask(alice, whole(15, 15));
    const { ledger } = setup.testWindow.store;
    const spans = ledger.coverageOf(alice.id).map(({ from }) => from);
    assert.deepEqual(spans, [erasedAt]);
    assert.equal(ledger.cellsOf(alice.id, 'keyLog', { from: 0, to: june(30) * 1000 }).length, 1);
  });

  it('of before its history was erased is still shown as its gateway tells it, and not kept', async () => {
    const alice = await key();
    await ask(alice, whole(8, 15));
    await new HistoryService(setup.testWindow.store, setup.clock).eraseHistory(alice.id);
    setup.clock.jump(HOUR);
    for (const _again of [1, 2]) {
      const [cost, { total, coverage, source }] = await costOf(alice, whole(8, 14));
      assert.deepEqual([cost, total?.used, coverage.complete, source], [1, 0.15, true, 'logs']);
      setup.clock.jump(HOUR);
    }
    assert.deepEqual(
      setup.testWindow.store.ledger.cellsOf(alice.id, 'keyLog', { from: 0, to: june(30) * 1000 }),
      [],
    );
  });

  it('of another secret is none of this one', async () => {
    const alice = await key();
    await ask(alice, whole(8, 14));
    setup.testWindow.store.transaction(() => setup.testWindow.store.keys.setFingerprint(alice.id, 'another'));
    const changed = setup.testWindow.keyService.findById(alice.id) ?? assert.fail();
    assert.equal((await costOf(changed, whole(8, 14)))[0], 1);
  });

  it('shows right figures for every preset with the gateway switched off', async () => {
    const alice = await key();
    await ask(alice, whole(1, 15));
    switchOff();
    const usedIn: Readonly<Record<RangePreset, number>> = {
      today: 0,
      yesterday: 0,
      'last-24-hours': 0,
      'last-7-days': 0.15,
      'last-30-days': 0.15,
      'this-month': 0.15,
      'last-month': 0,
      'this-quarter': 0.15,
    };
    for (const preset of RANGE_PRESETS) {
      const now = setup.clock.now();
      const { from, to } = presetEnds(preset, now);
      const range = parseRange(from, to, now).range ?? assert.fail();
      const [cost, { total, coverage }] = await costOf(alice, range);
      assert.deepEqual([cost, total?.used, coverage.complete], [0, usedIn[preset], true], preset);
    }
  });
});

describe('a sum that a gateway tells of a range', () => {
  let setup: TestSetup;
  afterEach(() => setup.close());

  it('is told again without a call, of no day where it is of several, and adds up to longer ranges', async () => {
    setup = await TestSetup.open({ kind: 'aioHub', scenarios: { it: { holds: {} } } });
    for (const day of [4, 5]) setup.gateway.spend('it', { at: june(day), quota: day * DOLLAR });
    const it = await setup.add(setup.key('it'));
    const ask = (range: Range) => queryUsage(setup.testWindow, it, range);
    const told = ({ total, byDay, timeline, coverage, source }: UsageReport) =>
      JSON.parse(JSON.stringify({ total, byDay, timeline, coverage, source }));
    const first = await ask(whole(4, 5));
    assert.deepEqual(told(await ask(whole(4, 5))), told(first));
    assert.equal(setup.calls.length, 1);
    await ask(whole(6, 7));
    const sum = await ask(whole(4, 7));
    assert.deepEqual([sum.total?.used, sum.coverage.complete, setup.calls.length], [9, true, 2]);
    // A part of a sum is not known from it.
    const part = await ask(whole(5, 5));
    assert.deepEqual([part.total?.used, setup.calls.length], [5, 3]);
  });
});

describe('the same range a moment later', () => {
  let setup: TestSetup;
  afterEach(() => setup.close());

  const TODAY = whole(15, 15);
  /** What a question costs in calls, and its report. */
  async function costOf(key: KeyRecord, range: Range, usageCache: UsageCache) {
    const before = setup.calls.length;
    const report = await queryUsage({ ...setup.testWindow, clock: setup.clock, usageCache }, key, range);
    return [setup.calls.length - before, report.total?.used, report.coverage.complete, report.answeredAt];
  }

  it('of AIOHub’s today costs no call within a minute, unless the key has spent', async () => {
    setup = await TestSetup.open({ kind: 'aioHub', scenarios: { it: { holds: {} } } });
    setup.gateway.spend('it', { at: setup.clock.now() / 1000 - 600, quota: DOLLAR });
    const it = await setup.add(setup.key('it'));
    const cache = new UsageCache();
    assert.deepEqual(await costOf(it, TODAY, cache), [1, 1, true, undefined]);
    setup.clock.jump(59_000);
    assert.deepEqual(await costOf(it, TODAY, cache), [0, 1, true, undefined]);
    await setup.testWindow.refreshKey(it.id);
    const [first] = await costOf(it, TODAY, cache);
    assert.equal(first, 1, 'its counter is known by now');
    setup.gateway.spend('it', { at: setup.clock.now() / 1000, quota: DOLLAR });
    await setup.testWindow.refreshKey(it.id);
    assert.deepEqual(await costOf(it, TODAY, cache), [1, 2, true, undefined]);
    setup.clock.jump(MINUTE);
    assert.deepEqual(await costOf(it, TODAY, cache), [1, 2, true, undefined]);
  });

  it('of CometAPI’s last days, which have not ended everywhere, costs no call', async () => {
    const holds = { name: 'it' };
    const rows = [{ token_name: 'it', quota_used: 2, request_count: 1 }];
    const data = { daily_quota: { '2026-06-14': rows, '2026-06-15': rows } };
    setup = await TestSetup.open({
      kind: 'cometQuery',
      settings: { query: QUERY },
      scenarios: { it: { holds, data } },
    });
    const it = await setup.add(setup.key('it'));
    const cache = new UsageCache();
    const [first, ...told] = await costOf(it, whole(14, 15), cache);
    assert.ok(Number(first) > 0);
    assert.deepEqual(told, [4, true, undefined]);
    assert.deepEqual(await costOf(it, whole(14, 15), cache), [0, 4, true, undefined]);
  });

  for (const behind of [1, 5, 9]) {
    it(`costs no call where the gateway’s clock is ${behind} min behind, and is complete`, async () => {
      let ours = () => june(15) * 1000;
      setup = await TestSetup.open({
        clock: () => ours() - behind * MINUTE,
        accounts: [
          { name: 'team', quota: 5_000_000, keys: { alice: { holds: { name: 'alice', used: 0 } } } },
        ],
      });
      ours = setup.clock.now;
      const at = setup.clock.now() / 1000 - behind * 60 - 120;
      setup.gateway.spend('alice', { at, quota: DOLLAR });
      for (const draft of [setup.key('alice'), setup.account('team')]) {
        const id = await setup.testWindow.keyService.add(draft);
        await setup.testWindow.refreshKey(id);
        const key = setup.testWindow.keyService.findById(id) ?? assert.fail();
        const [first, ...told] = await costOf(key, TODAY, new UsageCache());
        assert.ok(Number(first) > 0);
        assert.deepEqual(told, [1, true, undefined]);
        // By what the ledger has alone.
        assert.deepEqual(await costOf(key, TODAY, new UsageCache()), [0, 1, true, undefined]);
      }
    });
  }
});

describe('spend since the ledger’s end', () => {
  let setup: TestSetup;
  afterEach(() => setup.close());

  /** A key with $3 in its log, which was read at 12:06; then it spent $1 and $2, each half an hour before a reading. */
  async function watched(behindMs = 0): Promise<KeyRecord> {
    let ours = () => june(15) * 1000;
    setup = await TestSetup.open({
      clock: () => ours() - behindMs,
      accounts: [
        {
          name: 'team',
          quota: 5_000_000,
          keys: { alice: { holds: { name: 'alice', remain: 5_000_000, used: 0 } } },
        },
      ],
    });
    ours = setup.clock.now;
    const id = await setup.testWindow.keyService.add(setup.key('alice'));
    await setup.testWindow.monitor.start();
    await setup.testWindow.refreshKey(id);
    setup.clock.jump(5 * MINUTE);
    setup.gateway.spend('alice', {
      quota: 3 * DOLLAR,
      at: (setup.clock.now() - behindMs) / 1000,
      model: 'm',
    });
    setup.clock.jump(MINUTE);
    const alice = setup.testWindow.keyService.findById(id) ?? assert.fail();
    await queryUsage(setup.testWindow, alice, whole(15, 15));
    setup.gateway.setReply('GET /api/log/token', json(429, { message: 'slow' }, { 'Retry-After': '7200' }));
    for (const dollars of [1, 2]) {
      setup.gateway.spend('alice', { quota: dollars * DOLLAR, at: (setup.clock.now() - behindMs) / 1000 });
      setup.clock.jump(30 * MINUTE);
      await setup.testWindow.refreshKey(id);
    }
    return alice;
  }

  it('is from readings, less what the ledger has of the time between two of them, and marked so', async () => {
    const alice = await watched();
    const report = await queryUsage(setup.testWindow, alice, whole(15, 15));
    assert.equal(report.total?.used, 6);
    assert.deepEqual(
      report.byDay?.map(({ name, used }) => [name, used]),
      [['2026-06-15', 6]],
    );
    assert.deepEqual(report.coverage.byReadings, { from: '2026-06-15T12:05:59.000Z', used: 3 });
    assert.deepEqual([report.source, report.coverage.complete], ['ledger', true]);
    assert.deepEqual([report.total?.requests, report.total?.tokens], [undefined, undefined]);
    assert.deepEqual(
      report.byModel?.map(({ name, used }) => [name, used]),
      [
        ['m', 3],
        ['', 3],
      ],
      'readings have no models, and the models add up to the total',
    );
    const timeline = report.timeline?.cells.map(({ at, used }) => [at, used]);
    const hour = new Date(setup.clock.now()).getHours();
    const text = (hours: number) => `2026-06-15T${String(hours).padStart(2, '0')}:00`;
    assert.deepEqual(timeline, [
      [text(hour - 1), 3],
      [text(hour - 1), 1],
      [text(hour), 2],
    ]);
    assert.match(coverageText(report), /What was spent since .* is from Key Quota’s own readings\.$/);
  });

  it('goes by the gateway’s clock where that is behind', async () => {
    const alice = await watched(20 * MINUTE);
    const { total, coverage } = await queryUsage(setup.testWindow, alice, whole(15, 15));
    assert.equal(total?.used, 6);
    assert.deepEqual(coverage.byReadings, { from: '2026-06-15T12:05:59.000Z', used: 3 });
    // What the gateway told up to now is up to now, though its clock says twenty minutes less.
    assert.equal(coverage.complete, true);
  });

  it('speaks for the present for a quarter of an hour, and is not claimed to be complete after it', async () => {
    const alice = await watched();
    setup.clock.jump(14 * MINUTE);
    const report = await queryUsage(setup.testWindow, alice, whole(15, 15));
    assert.deepEqual([report.total?.used, report.coverage.complete], [6, true]);
    setup.clock.jump(2 * MINUTE);
    const { total, coverage } = await queryUsage(setup.testWindow, alice, whole(15, 15));
    assert.deepEqual([total?.used, coverage.complete, coverage.to], [6, false, '2026-06-15T13:05:59.999Z']);
  });

  it('is not looked for while the ledger itself speaks for the present, nor in readings of before', async () => {
    const alice = await watched();
    setup.gateway.setReply('GET /api/log/token', undefined);
    // The pause that the gateway asked for is over.
    setup.clock.jump(3 * HOUR);
    const told = await queryUsage(setup.testWindow, alice, whole(15, 15));
    assert.deepEqual([told.total?.used, told.source, told.coverage.byReadings], [6, 'logs', undefined]);
    setup.clock.jump(30_000);
    setup.gateway.spend('alice', { quota: DOLLAR });
    await setup.testWindow.refreshKey(alice.id);
    const soon = await queryUsage(setup.testWindow, alice, whole(15, 15));
    assert.deepEqual([soon.total?.used, soon.source], [6, 'logs']);
    await setup.testWindow.store.transaction(() =>
      setup.testWindow.store.keys.setPaused(alice.id, setup.clock.now()),
    );
    // Half a minute of readings after the ledger's end.
    setup.clock.jump(HOUR);
    const later = await queryUsage(setup.testWindow, alice, whole(15, 15));
    assert.deepEqual([later.total?.used, later.source], [7, 'ledger']);
  });

  it('is none where the last reading is from before the ledger’s end', async () => {
    const alice = await watched();
    setup.gateway.setReply('GET /api/log/token', undefined);
    setup.clock.jump(3 * HOUR);
    await queryUsage(setup.testWindow, alice, whole(15, 15));
    setup.testWindow.store.transaction(() =>
      setup.testWindow.store.keys.setPaused(alice.id, setup.clock.now()),
    );
    setup.clock.jump(HOUR);
    const { total, coverage, source } = await queryUsage(setup.testWindow, alice, whole(15, 15));
    assert.deepEqual([total?.used, source, coverage.byReadings], [6, 'logs', undefined]);
    assert.deepEqual([coverage.complete, coverage.to], [false, '2026-06-15T16:05:58.999Z']);
  });

  it('is left out where the counter was reset since', async () => {
    const alice = await watched();
    const { store } = setup.testWindow;
    store.transaction(() => store.history.eraseKey(alice.id));
    const { total, coverage } = await queryUsage(setup.testWindow, alice, whole(15, 15));
    assert.deepEqual([total?.used, coverage.complete, coverage.byReadings], [3, false, undefined]);
  });
});
