import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { SpendRecords } from '../../../src/core/ledger/spendRecord.ts';
import type { Range } from '../../../src/core/usage/range.ts';
import type { KeyDraft } from '../../../src/services/keys/keyDraft.ts';
import { json } from '../../sampleGateways/wire/reply.ts';
import { TestSetup } from '../support/testSetup.ts';
import { JUNE, june, QUERY, spend, TEAM } from './fixture.ts';

const HOUR = 3600;
const UNTOLD = { promptTokens: undefined, completionTokens: undefined };
const DOLLARS = { unit: { code: 'USD', source: 'gateway' }, perUnit: 500_000 };

describe('what gateways tell the ledger', () => {
  let setup: TestSetup;
  afterEach(() => setup.close());

  /** What a question about a range passes on. */
  async function told(draft: KeyDraft, range: Range = JUNE): Promise<readonly SpendRecords[]> {
    const all: SpendRecords[] = [];
    const key = await setup.add(draft);
    const ability = draft.credential === 'apiKey' ? 'rangeByKey' : 'rangeByAccount';
    await setup.testWindow.keyRequests.run(
      key,
      ability,
      async (gateway, context) => gateway.readUsage?.(context, range),
      undefined,
      { recordSpend: records => all.push(records) },
    );
    return all;
  }

  it('by a key’s log: all of its rows, up to two seconds ago, whatever the range', async () => {
    setup = await TestSetup.open({ accounts: [TEAM] });
    spend(setup.gateway);
    const range = { from: june(12, 0) * 1000, to: june(12, 6) * 1000 };
    const row = { at: june(10), keyName: 'alice', requests: 1 };
    assert.deepEqual(await told(setup.key('alice'), range), [
      {
        source: 'keyLog',
        scale: DOLLARS,
        records: [
          { ...row, model: 'claude-sonnet', raw: 25_000, promptTokens: 300, completionTokens: 200 },
          { ...row, model: 'gpt-4.1', raw: 50_000, promptTokens: 900, completionTokens: 100 },
        ],
        // The reading that comes with the key tells no counter, and the log has few rows.
        complete: { from: 0, to: june(15) - 1 },
        isWholeLog: true,
        unreadable: 0,
        rows: 2,
      },
    ]);
  });

  it('by a key’s log without rows: nothing', async () => {
    setup = await TestSetup.open({ accounts: [TEAM] });
    const [only] = await told(setup.key('alice'));
    assert.deepEqual([only?.records, only?.complete], [[], undefined]);
  });

  it('by a key’s log of a gateway that does not tell its time: up to an hour ago', async () => {
    setup = await TestSetup.open({ accounts: [TEAM] });
    const row = { created_at: june(10), type: 2, quota: 500, model_name: 'a' };
    setup.gateway.setReply('GET /api/log/token', json(200, { success: true, data: [row] }, { Date: '' }));
    const [only] = await told(setup.key('alice'));
    assert.deepEqual(only?.complete, { from: 0, to: june(15) - HOUR - 1 });
  });

  it('by an account’s log: the rows of the range, with their keys', async () => {
    setup = await TestSetup.open({ accounts: [TEAM] });
    spend(setup.gateway);
    const row = { keyName: 'alice', at: june(10), requests: 1 };
    const range = { from: june(10, 0) * 1000, to: june(12, 0) * 1000 - 1 };
    assert.deepEqual(await told(setup.account('team'), range), [
      {
        source: 'accountLog',
        scale: DOLLARS,
        records: [
          { ...row, model: 'claude-sonnet', raw: 25_000, promptTokens: 300, completionTokens: 200 },
          { ...row, model: 'gpt-4.1', raw: 50_000, promptTokens: 900, completionTokens: 100 },
        ],
        complete: { from: june(10, 0), to: june(12, 0) },
        unreadable: 0,
      },
    ]);
  });

  it('by an account’s log of a range that goes on: up to two seconds ago', async () => {
    setup = await TestSetup.open({ accounts: [TEAM] });
    const [only] = await told(setup.account('team'));
    assert.deepEqual([only?.complete, only?.records], [{ from: june(1, 0), to: june(15) - 1 }, []]);
  });

  for (const [name, paging, from] of [
    // Two pages of 100 rows, a row a minute, the row of this second not among them: 200 minutes.
    [
      'that broke off: what came, after the second of its oldest row',
      { diesAtPage: 3 },
      june(15) - 200 * 60 + 1,
    ],
    ['whose pages repeat: nothing', { paging: 'repeats' }, undefined],
  ] as const) {
    it(`by an account’s log ${name}`, async () => {
      setup = await TestSetup.open({ accounts: [TEAM], settings: paging });
      for (let n = 0; n < 250; n++) setup.gateway.spend('alice', { at: june(15) - n * 60, quota: 5 });
      const [only] = await told(setup.account('team'));
      assert.deepEqual(only?.complete?.from, from);
    });
  }

  it('by an account’s log with a row that cannot be read: all but its quarter of an hour', async () => {
    setup = await TestSetup.open({ accounts: [TEAM] });
    const row = { id: 1, created_at: june(10), type: 2, quota: 5 };
    const items = [row, { ...row, created_at: june(10) - 1, quota: null }];
    const data = { page: 1, page_size: 100, total: 2, items };
    setup.gateway.setReply('GET /api/log/self', json(200, { success: true, data }));
    const [only] = await told(setup.account('team'));
    assert.deepEqual([only?.complete, only?.unreadable], [{ from: june(1, 0), to: june(15) - 1 }, 1]);
    assert.deepEqual(only?.holes, [{ from: june(10) - 900, to: june(10) }]);
  });

  it('by an account’s log with a row of which not even the time can be read: nothing', async () => {
    setup = await TestSetup.open({ accounts: [TEAM] });
    const row = { id: 1, created_at: june(10), type: 2, quota: 5 };
    const data = { page: 1, page_size: 100, total: 2, items: [row, { ...row, created_at: 'noon' }] };
    setup.gateway.setReply('GET /api/log/self', json(200, { success: true, data }));
    const [only] = await told(setup.account('team'));
    assert.deepEqual([only?.complete, only?.unreadable], [undefined, 1]);
  });

  it('by an account’s hourly sums: whole hours that are summed up, and rows at both ends', async () => {
    setup = await TestSetup.open({ accounts: [TEAM] });
    // More rows than are read: 4001 at half past ten of the 12th, in twelve models of one hour.
    for (let n = 0; n < 4001; n++) {
      const tokens = { promptTokens: 2, completionTokens: 1 };
      setup.gateway.spend('alice', { at: june(12, 10) + 1800, quota: 3, model: `m${n % 2}`, ...tokens });
    }
    setup.gateway.spend('bob', { at: june(12, 9) + 2000, quota: 7, model: 'm0' });
    const range = { from: (june(12, 9) + 1800) * 1000, to: june(12, 12) * 1000 - 1 };
    const [hours, rows] = await told(setup.account('team'), range);
    assert.deepEqual(
      [hours?.source, hours?.complete],
      ['hourlySums', { from: june(12, 10), to: june(12, 12) }],
    );
    const hour = { at: june(12, 10), lasts: HOUR, keyName: '' };
    const byModel = hours?.records.toSorted((a, b) => a.model.localeCompare(b.model));
    assert.deepEqual(byModel, [
      // 2001 and 2000 of the rows, 3 units and 3 tokens each.
      { ...hour, model: 'm0', raw: 6003, requests: 2001, promptTokens: 6003, completionTokens: undefined },
      { ...hour, model: 'm1', raw: 6000, requests: 2000, promptTokens: 6000, completionTokens: undefined },
    ]);
    assert.deepEqual(
      [rows?.source, rows?.complete],
      ['accountLog', { from: june(12, 9) + 1800, to: june(12, 10) }],
    );
    assert.deepEqual(
      rows?.records.map(({ at, keyName, raw }) => [at, keyName, raw]),
      [[june(12, 9) + 2000, 'bob', 7]],
    );
  });

  it('by AIOHub’s sum of a range that is over: that sum', async () => {
    setup = await TestSetup.open({ kind: 'aioHub', scenarios: { it: { holds: {} } } });
    setup.gateway.spend('it', { at: june(4), quota: 750_000 });
    const range = { from: june(4, 0) * 1000, to: june(5, 0) * 1000 - 1 };
    assert.deepEqual(await told(setup.key('it'), range), [
      {
        source: 'rangeSums',
        scale: { unit: { code: 'USD', symbol: undefined, source: 'gateway' }, perUnit: 1 },
        records: [
          {
            at: june(4, 0),
            lasts: 24 * HOUR,
            keyName: '',
            model: '',
            raw: 1.5,
            requests: undefined,
            ...UNTOLD,
          },
        ],
        complete: { from: june(4, 0), to: june(5, 0) },
        unreadable: 0,
      },
    ]);
  });

  it('by AIOHub’s sum of a range that goes on: nothing, since it cannot be cut', async () => {
    setup = await TestSetup.open({ kind: 'aioHub', scenarios: { it: { holds: {} } } });
    assert.deepEqual(await told(setup.key('it')), []);
    const untilNow = { from: JUNE.from, to: june(15) * 1000 - 2000 };
    assert.deepEqual(await told(setup.key('it', { label: 'again' }), untilNow).then(all => all.length), 1);
  });

  it('by CometAPI’s days: those that have ended in every zone', async () => {
    setup = await TestSetup.open({ kind: 'cometQuery', settings: { query: QUERY }, accounts: [TEAM] });
    spend(setup.gateway);
    const [only] = await told(setup.key('alice', { credential: 'queryKey' }));
    assert.equal(only?.source, 'dailySums');
    // At noon of the 15th in UTC the 14th has just ended at UTC−12.
    assert.deepEqual(only?.complete, { from: june(1, 0), to: june(15, 0) });
    const day = { lasts: 24 * HOUR, model: '', requests: undefined, ...UNTOLD };
    const records = only?.records.map(each => ({ ...each, requests: undefined }));
    assert.deepEqual(
      records?.toSorted((a, b) => a.at - b.at),
      [
        { ...day, at: june(10, 0), keyName: 'alice', raw: 0.15 },
        { ...day, at: june(12, 0), keyName: 'bob', raw: 0.2 },
      ],
    );
  });

  it('without a secret that the gateway sends back as a name', async () => {
    setup = await TestSetup.open({ accounts: [TEAM] });
    const secret = setup.gateway.secret('alice');
    setup.gateway.spend('alice', { at: june(10), quota: 5, model: `model ${secret}` });
    const [only] = await told(setup.key('alice'));
    assert.ok(only?.records.length === 1 && !JSON.stringify(only).includes(secret));
  });
});
