import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { Range } from '../../../src/core/usage/range.ts';
import { json } from '../../sampleGateways/wire/reply.ts';
import { TestSetup } from '../support/testSetup.ts';
import { until } from '../support/until.ts';
import { accountHours, sumsOf } from './asking.ts';
import { JUNE, june, spend, TEAM } from './fixture.ts';

const DAY = 86_400;
const may1 = new Date(2026, 4, 1).getTime() / 1000;
/** So many days from 1 May, both ends included, in epoch milliseconds. */
const daysOfMay = (days: number): Range => ({ from: may1 * 1000, to: (may1 + days * DAY) * 1000 - 1 });

describe('an account’s hourly sums, /api/data/self', () => {
  let setup: TestSetup;
  afterEach(() => setup.close());

  const bounds = () =>
    setup.gateway.callsOf({ path: '/api/data/self' }).map(({ search }) => {
      const query = new URLSearchParams(search);
      return [Number(query.get('start_timestamp')), Number(query.get('end_timestamp'))];
    });

  for (const [days, slices] of [
    [1, [[may1, may1 + DAY - 1]]],
    [30, [[may1, may1 + 30 * DAY - 1]]],
    [
      31,
      [
        [may1 + 30 * DAY, may1 + 31 * DAY - 1],
        [may1, may1 + 30 * DAY - 1],
      ],
    ],
    [
      61,
      [
        [may1 + 60 * DAY, may1 + 61 * DAY - 1],
        [may1 + 30 * DAY, may1 + 60 * DAY - 1],
        [may1, may1 + 30 * DAY - 1],
      ],
    ],
  ] as const) {
    it(`${days} days are ${slices.length} calls, newest first, none over the month that is allowed`, async () => {
      setup = await TestSetup.open({ accounts: [TEAM] });
      await accountHours(setup, daysOfMay(days));
      assert.deepEqual(bounds(), slices);
    });
  }

  it('counts an hour at the seam of two slices once', async () => {
    setup = await TestSetup.open({ accounts: [TEAM] });
    const seam = may1 + 30 * DAY;
    for (const at of [seam - 1, seam, seam + 1, seam + 3600]) {
      setup.gateway.spend('alice', { at, quota: 500_000 });
    }
    const { total } = await accountHours(setup, daysOfMay(45));
    assert.deepEqual([total?.used, total?.requests], [4, 4]);
    assert.equal(setup.gateway.ledger.sum().quota, 2_000_000);
  });

  it('says that the last minutes may be missing while the range goes on', async () => {
    setup = await TestSetup.open({ accounts: [TEAM] });
    const { coverage } = await accountHours(setup);
    assert.deepEqual([coverage.complete, coverage.reason], [false, 'not-yet-summed']);
    // Sums are written every five minutes, or every hour: seventy are taken for missing.
    assert.equal(coverage.to, '2026-06-15T10:50:00.000Z');
    const past = await accountHours(setup, daysOfMay(30));
    assert.deepEqual([past.coverage.complete, past.coverage.reason], [true, undefined]);
  });

  it('takes the total from the log where hours are not summed, instead of a false zero', async () => {
    setup = await TestSetup.open({ accounts: [TEAM], status: { enable_data_export: false } });
    spend(setup.gateway);
    const usage = await accountHours(setup);
    assert.deepEqual(JSON.parse(JSON.stringify(sumsOf(usage))), { total: { used: 0.35 } });
    assert.deepEqual([usage.source, usage.coverage.complete], ['logs', true]);
    assert.deepEqual(bounds(), []);
  });

  it('rows it cannot read do not spoil the others', async () => {
    setup = await TestSetup.open({ accounts: [TEAM] });
    const row = { model_name: 'a', created_at: june(1), quota: '500000', count: 1, token_used: null };
    const data = [
      row,
      { ...row, created_at: 'noon' },
      null,
      7,
      { ...row, model_name: null, quota: 250_000 },
      { ...row, quota: null },
      { ...row, quota: '$1.00' },
      { model_name: 'a', created_at: june(1), count: 1 },
    ];
    setup.gateway.setReply('GET /api/data/self', json(200, { success: true, message: '', data }));
    const { total, byModel, coverage } = await accountHours(setup);
    assert.deepEqual([coverage.complete, coverage.reason], [false, 'unreadable-rows']);
    // Nobody told the tokens, which is not 0 of them.
    assert.deepEqual(total, { used: 1.5, requests: 2 });
    assert.deepEqual(
      byModel?.map(({ name, used }) => [name, used]),
      [
        ['a', 1],
        ['', 0.5],
      ],
    );
  });

  it('an empty list stands for no rows, and what is no list is no answer', async () => {
    setup = await TestSetup.open({ accounts: [TEAM] });
    setup.gateway.setReply('GET /api/data/self', json(200, { success: true, message: '', data: [] }));
    assert.equal((await accountHours(setup)).total?.used, 0);
    for (const data of [null, {}, '', false, undefined, { 1: { quota: 1 } }]) {
      setup.gateway.setReply('GET /api/data/self', json(200, { success: true, message: '', data }));
      await assert.rejects(accountHours(setup), /unexpected: missing-figures/, JSON.stringify(data));
    }
  });

  it('loses no hour between two slices of a range that begins within a second', async () => {
    setup = await TestSetup.open({ accounts: [TEAM] });
    const seam = may1 + 30 * DAY;
    for (const at of [seam - 3600, seam, seam + 3600]) setup.gateway.spend('alice', { at, quota: 500_000 });
    for (const late of [-1000, -500, -1, 1, 500, 999, 1000]) {
      const range = { from: may1 * 1000 + late, to: (may1 + 45 * DAY) * 1000 - 1 };
      const { total } = await accountHours(setup, range);
      assert.equal(total?.used, 3, `${late} ms after the hour`);
    }
  });

  it('a sum of 0 that its own rows contradict is no figure', async () => {
    setup = await TestSetup.open({ accounts: [TEAM], status: { enable_data_export: false } });
    setup.gateway.spend('alice', { at: june(1), quota: 500_000 });
    setup.gateway.setReply(
      'GET /api/log/self/stat',
      json(200, { success: true, message: '', data: { quota: 0, rpm: 0, tpm: 0 } }),
    );
    const { total, coverage } = await accountHours(setup);
    assert.deepEqual([total, coverage.complete, coverage.reason], [undefined, false, 'contradicted']);
  });

  it('a sum of 0 at a site whose log is gone is no figure', async () => {
    setup = await TestSetup.open({ accounts: [TEAM], status: { enable_data_export: false } });
    // New API 0.9.25 with its table of logs gone.
    setup.gateway.setReply(
      'GET /api/log/self/stat',
      json(200, { success: true, message: '', data: { quota: 0, rpm: 0, tpm: 0 } }),
    );
    setup.gateway.setReply(
      'GET /api/log/self',
      json(200, { message: 'SQL logic error: no such table: logs (1)', success: false }),
    );
    await assert.rejects(accountHours(setup), /unexpected: refused-request/);
  });

  it('a sum of 0 beside an empty log is 0', async () => {
    setup = await TestSetup.open({ accounts: [TEAM], status: { enable_data_export: false } });
    const { total, coverage } = await accountHours(setup);
    assert.deepEqual([total, coverage.complete], [{ used: 0 }, true]);
  });

  it('says that it counts whole hours where the range begins or ends within one', async () => {
    setup = await TestSetup.open({ accounts: [TEAM] });
    const noon = june(4);
    for (const minutes of [-1, 10, 70, 130, 170]) {
      setup.gateway.spend('alice', { at: noon + minutes * 60, quota: 500_000 });
    }
    // From 12:05 to 14:15: the hour of 12 is left out, that of 14 is counted with all that is in it.
    const range = { from: (noon + 300) * 1000, to: (noon + 8100) * 1000 };
    const { total, coverage } = await accountHours(setup, range);
    assert.equal(total?.used, 3);
    assert.deepEqual(coverage, {
      complete: false,
      from: new Date((noon + 3600) * 1000).toISOString(),
      to: new Date((noon + 3 * 3600) * 1000 - 1).toISOString(),
      reason: 'whole-hours',
    });
  });

  it('shows the months that arrived when the gateway dies half-way', async () => {
    setup = await TestSetup.open({ accounts: [TEAM] });
    const seam = may1 + 30 * DAY;
    for (const at of [may1, seam, seam + 7200]) setup.gateway.spend('alice', { at, quota: 500_000 });
    const range = daysOfMay(45);
    const asked = accountHours(setup, range);
    await until(() => bounds().length > 0);
    setup.gateway.setReply('GET /api/data/self', json(500, { success: false, message: 'database is down' }));
    const { total, coverage } = await asked;
    assert.deepEqual([total?.used, total?.requests], [2, 2]);
    assert.deepEqual(coverage, {
      complete: false,
      from: new Date(seam * 1000).toISOString(),
      to: new Date(range.to).toISOString(),
      reason: 'broke-off',
    });
  });

  it('fails as a whole when the first slice does', async () => {
    setup = await TestSetup.open({ accounts: [TEAM] });
    setup.gateway.setReply(
      'GET /api/data/self',
      json(200, { success: false, message: '时间跨度不能超过 1 个月' }),
    );
    await assert.rejects(accountHours(setup, JUNE), /unexpected: refused-request/);
  });
});
