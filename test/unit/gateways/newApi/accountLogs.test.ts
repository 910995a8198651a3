import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { LogFilter } from '../../../../src/core/usage/logRow.ts';
import { LOG_TYPES, type LogRow } from '../../../sampleGateways/state/logRow.ts';
import { json } from '../../../sampleGateways/wire/reply.ts';
import { TestSetup } from '../../support/testSetup.ts';
import { accountLogs } from '../asking.ts';
import { june, TEAM } from '../fixture.ts';

/**
 * | June | key   | type    | model         | group   | units   | USD  |
 * |------|-------|---------|---------------|---------|---------|------|
 * | 1    | alice | consume | gpt-4.1       | default |  50 000 | 0.10 |
 * | 2    | alice | consume | gpt-4.1-mini  | vip     |  10 000 | 0.02 |
 * | 3    | bob   | consume | claude-sonnet | default | 100 000 | 0.20 |
 * | 4    | alice | refund  | gpt-4.1       | default |   5 000 | 0.01 |
 * | 5    | alice | error   | gpt-4.1       | default |       0 | 0    |
 * | 6    | alice | topUp   |               | default | 500 000 | 1.00 |
 */
function write({ gateway }: TestSetup): LogRow[] {
  return [
    gateway.spend('alice', { at: june(1), quota: 50_000, model: 'gpt-4.1' }),
    gateway.spend('alice', { at: june(2), quota: 10_000, model: 'gpt-4.1-mini', group: 'vip' }),
    gateway.spend('bob', { at: june(3), quota: 100_000, model: 'claude-sonnet' }),
    gateway.refund('alice', { at: june(4), quota: 5_000, model: 'gpt-4.1' }),
    gateway.holdings.write('alice', { at: june(5), type: LOG_TYPES.error, quota: 0, model: 'gpt-4.1' }),
    gateway.holdings.write('alice', { at: june(6), type: LOG_TYPES.topUp, quota: 500_000 }),
  ];
}

interface Filtered {
  readonly filter: Partial<LogFilter>;
  /** What reaches the gateway besides page and page size. */
  readonly sent: Readonly<Record<string, string>>;
  /** Days of June, newest first. */
  readonly days: readonly number[];
  /** The summary counts spend alone, and knows neither the type nor the request id: beside them there is none. */
  readonly used: number | undefined;
}

const SECOND_TO_THIRD = { from: june(2) * 1000, to: june(3) * 1000 };
const BOUNDS = { start_timestamp: String(june(2)), end_timestamp: String(june(3)) };

const FILTERS: Readonly<Record<string, Filtered>> = {
  none: { filter: {}, sent: {}, days: [6, 5, 4, 3, 2, 1], used: 0.32 },
  'type consume': { filter: { type: 'consume' }, sent: { type: '2' }, days: [3, 2, 1], used: 0.32 },
  'type refund': { filter: { type: 'refund' }, sent: { type: '6' }, days: [4], used: undefined },
  'type error': { filter: { type: 'error' }, sent: { type: '5' }, days: [5], used: undefined },
  'type topUp': { filter: { type: 'topUp' }, sent: { type: '1' }, days: [6], used: undefined },
  'type manage': { filter: { type: 'manage' }, sent: { type: '3' }, days: [], used: undefined },
  'key name': { filter: { keyName: 'bob' }, sent: { token_name: 'bob' }, days: [3], used: 0.2 },
  'key name that nobody has': { filter: { keyName: 'b' }, sent: { token_name: 'b' }, days: [], used: 0 },
  model: { filter: { model: 'gpt-4.1' }, sent: { model_name: 'gpt-4.1' }, days: [5, 4, 1], used: 0.1 },
  'models that begin so': {
    filter: { model: 'gpt-4.1%' },
    sent: { model_name: 'gpt-4.1%' },
    days: [5, 4, 2, 1],
    used: 0.12,
  },
  'models that end so': {
    filter: { model: '%sonnet' },
    sent: { model_name: '%sonnet' },
    days: [3],
    used: 0.2,
  },
  group: { filter: { group: 'vip' }, sent: { group: 'vip' }, days: [2], used: 0.02 },
  'request id': {
    filter: { requestId: `${june(3)}00000003` },
    sent: { request_id: `${june(3)}00000003` },
    days: [3],
    used: undefined,
  },
  'from and to, both included': { filter: SECOND_TO_THIRD, sent: BOUNDS, days: [3, 2], used: 0.22 },
  'all at once': {
    filter: { type: 'consume', keyName: 'alice', model: 'gpt%', group: 'vip', ...SECOND_TO_THIRD },
    sent: { type: '2', token_name: 'alice', model_name: 'gpt%', group: 'vip', ...BOUNDS },
    days: [2],
    used: 0.02,
  },
};

describe('an account’s log, /api/log/self, and its summary', () => {
  let setup: TestSetup;
  afterEach(() => setup.close());

  const days = async (filter: Partial<LogFilter>) =>
    (await accountLogs(setup, filter)).rows.map(({ at }) => new Date(at).getDate());

  it('keeps its rows where the summary beside them cannot be had', async () => {
    setup = await TestSetup.open({ accounts: [TEAM] });
    write(setup);
    setup.gateway.setReply('GET /api/log/self/stat', { status: 500, body: '' });
    const { rows, summary } = await accountLogs(setup);
    assert.deepEqual([rows.length, summary], [6, undefined]);
  });

  describe('filtered by', () => {
    beforeEach(async () => {
      setup = await TestSetup.open({ accounts: [TEAM] });
      write(setup);
    });

    for (const [name, { filter, sent, days: expected, used }] of Object.entries(FILTERS)) {
      it(name, async () => {
        const { rows, summary, total, more } = await accountLogs(setup, filter);
        assert.deepEqual(
          rows.map(({ at }) => new Date(at).getDate()),
          expected,
        );
        assert.deepEqual([total, more, summary?.used], [expected.length, false, used]);
        const [list, stat] = ['/api/log/self', '/api/log/self/stat'].map(path =>
          Object.fromEntries(new URLSearchParams(setup.gateway.callsOf({ path })[0]?.search)),
        );
        assert.deepEqual(list, { p: '1', page_size: '50', ...sent });
        assert.deepEqual(stat, used === undefined ? {} : sent);
      });
    }

    it('page and page size', async () => {
      const page = async (number: number) => {
        const { total, more } = await accountLogs(setup, { page: number, pageSize: 2 });
        return [await days({ page: number, pageSize: 2 }), total, more];
      };
      assert.deepEqual(await page(1), [[6, 5], 6, true]);
      assert.deepEqual(await page(2), [[4, 3], 6, true]);
      assert.deepEqual(await page(3), [[2, 1], 6, false]);
      assert.deepEqual(await page(4), [[], 6, false]);
    });
  });

  it('tells everything about a row', async () => {
    setup = await TestSetup.open({ accounts: [TEAM] });
    const row = { quota: 2_000, model: 'gpt-4.1', promptTokens: 90, completionTokens: 10 };
    const more = { useTime: 7, stream: true, group: 'vip', ip: '203.0.113.7', content: 'ratio 1' };
    const { requestId } = setup.gateway.holdings.write('alice', { at: june(1), type: 2, ...row, ...more });
    assert.deepEqual((await accountLogs(setup)).rows, [
      {
        at: new Date(june(1) * 1000).toISOString(),
        type: 'consume',
        keyName: 'alice',
        model: 'gpt-4.1',
        amount: 0.004,
        promptTokens: 90,
        completionTokens: 10,
        seconds: 7,
        streamed: true,
        group: 'vip',
        requestId,
        address: '203.0.113.7',
        text: 'ratio 1',
      },
    ]);
  });

  describe('where the gateway ignores a part of the filter', () => {
    for (const version of ['pre-0.9.0', 'v0.9.0', 'v0.10.8', 'one-api'] as const) {
      it(`${version}: a request id is applied here, or said not to be`, async () => {
        setup = await TestSetup.open({ version, accounts: [TEAM] });
        const [, wanted] = write(setup);
        const { rows, total, summary, appliedHere, notApplied, sent } = await accountLogs(setup, {
          requestId: wanted?.requestId ?? '',
        });
        const tells = version === 'v0.10.8' || version === 'one-api';
        assert.deepEqual(
          [appliedHere, notApplied],
          tells ? [['requestId'], undefined] : [undefined, ['requestId']],
        );
        assert.deepEqual([rows.length, sent ?? rows.length], [tells ? 1 : 6, 6]);
        assert.deepEqual([total, summary], [undefined, undefined], 'those would be of the whole log');
      });
    }

    it('bounds are applied here', async () => {
      setup = await TestSetup.open({ accounts: [TEAM], settings: { ignoresBounds: true } });
      write(setup);
      const { rows, appliedHere } = await accountLogs(setup, SECOND_TO_THIRD);
      assert.deepEqual(
        rows.map(({ at }) => new Date(at).getDate()),
        [3, 2],
      );
      assert.deepEqual(appliedHere?.toSorted(), ['from', 'to']);
    });

    it('One API’s group is said not to be applied, since its rows do not tell it', async () => {
      setup = await TestSetup.open({ version: 'one-api', accounts: [TEAM] });
      const row = { created_at: june(1), type: 2, quota: 500, token_name: 'alice', model_name: 'a' };
      setup.gateway.setReply('GET /api/log/self', json(200, { success: true, message: '', data: [row] }));
      const { rows, notApplied, summary } = await accountLogs(setup, { group: 'vip' });
      assert.deepEqual([rows.length, notApplied, summary], [1, ['group'], undefined]);
    });
  });

  it('a summary below its own rows is contradicted', async () => {
    setup = await TestSetup.open({ accounts: [TEAM] });
    setup.gateway.spend('alice', { at: june(1), quota: 500_000 });
    const stat = (quota: number) =>
      setup.gateway.setReply(
        'GET /api/log/self/stat',
        json(200, { success: true, message: '', data: { quota, rpm: 0, tpm: 0 } }),
      );
    stat(0);
    assert.deepEqual((await accountLogs(setup)).summary, { used: 0, rpm: 0, tpm: 0, isContradicted: true });
    stat(499_000);
    assert.equal((await accountLogs(setup)).summary?.isContradicted, true);
    stat(500_000);
    assert.deepEqual((await accountLogs(setup)).summary, { used: 1, rpm: 0, tpm: 0 });
  });

  it('a row whose amount cannot be read has none, which is not 0', async () => {
    setup = await TestSetup.open({ accounts: [TEAM] });
    const row = { created_at: june(1), type: 2, token_name: 'alice', model_name: 'a' };
    const items = [row, { ...row, quota: null }, { ...row, quota: '$1.00' }, { ...row, quota: 0 }];
    const data = { page: 1, page_size: 50, total: 4, items };
    setup.gateway.setReply('GET /api/log/self', json(200, { success: true, message: '', data }));
    const { rows } = await accountLogs(setup);
    assert.deepEqual(
      rows.map(({ amount }) => amount),
      [undefined, undefined, undefined, 0],
    );
  });

  it('a count of 10,000 is where counting may have stopped', async () => {
    setup = await TestSetup.open({ accounts: [TEAM], settings: { countLimit: 1000 } });
    for (let n = 0; n < 1030; n++) setup.gateway.spend('alice', { at: june(1) + n, quota: 500 });
    const page = async (number: number) => {
      const { rows, total, isTotalLeast, more } = await accountLogs(setup, { page: number, pageSize: 100 });
      return [rows.length, total, isTotalLeast, more];
    };
    assert.deepEqual(await page(10), [100, 1000, true, true]);
    assert.deepEqual(await page(11), [30, 1000, undefined, false]);
    setup.gateway.settings.countLimit = Number.POSITIVE_INFINITY;
    assert.deepEqual(await page(10), [100, 1030, undefined, true]);
  });

  it('tells the pace of the last minute', async () => {
    setup = await TestSetup.open({ accounts: [TEAM] });
    const now = setup.clock.now() / 1000;
    for (const at of [now - 90, now - 30, now])
      setup.gateway.spend('alice', { at, quota: 500, promptTokens: 100, completionTokens: 20 });
    assert.deepEqual((await accountLogs(setup)).summary, { used: 0.003, rpm: 2, tpm: 240 });
  });

  for (const version of ['pre-0.9.0', 'one-api'] as const) {
    it(`${version}: page 1 is the newest, though its pages are bare and counted from 0`, async () => {
      setup = await TestSetup.open({ version, accounts: [TEAM] });
      for (let day = 1; day <= 14; day++) setup.gateway.spend('alice', { at: june(day), quota: 500 });
      const first = await accountLogs(setup, { page: 1 });
      assert.deepEqual([first.rows.length, first.more, first.total], [10, true, undefined]);
      assert.equal(new Date(first.rows[0]?.at ?? '').getDate(), 14);
      const second = await accountLogs(setup, { page: 2 });
      assert.deepEqual([second.rows.length, second.more], [4, false]);
      assert.equal(new Date(second.rows[3]?.at ?? '').getDate(), 1);
      assert.equal(second.summary?.used, 0.014);
    });
  }
});
