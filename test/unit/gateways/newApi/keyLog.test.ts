import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { Range } from '../../../../src/core/usage/range.ts';
import { LOG_TYPES } from '../../../sampleGateways/state/logRow.ts';
import { json } from '../../../sampleGateways/wire/reply.ts';
import { TestSetup } from '../../support/testSetup.ts';
import { keyUsage, sumsOf } from '../asking.ts';
import { JUNE, june, TEAM } from '../fixture.ts';

const iso = (seconds: number) => new Date(seconds * 1000).toISOString();
const NOW = '2026-06-15T12:00:00.000Z';

describe('a key’s own log, /api/log/token', () => {
  let setup: TestSetup;
  afterEach(() => setup.close());

  const open = async () => {
    setup = await TestSetup.open({ accounts: [TEAM] });
    return setup.gateway;
  };

  it('sums days and models, takes refunds off, and leaves every other type out', async () => {
    const gateway = await open();
    gateway.spend('alice', {
      at: june(2),
      quota: 500_000,
      model: 'a',
      promptTokens: 10,
      completionTokens: 5,
    });
    gateway.spend('alice', { at: june(3), quota: 250_000, model: 'a', promptTokens: 4, completionTokens: 2 });
    gateway.spend('alice', { at: june(3), quota: 100_000, model: 'b', promptTokens: 2, completionTokens: 1 });
    gateway.refund('alice', { at: june(3), quota: 50_000, model: 'b', promptTokens: 2, completionTokens: 1 });
    for (const name of ['topUp', 'manage', 'system', 'error', 'login'] as const) {
      gateway.holdings.write('alice', { at: june(3), type: LOG_TYPES[name], quota: 7_000_000, model: 'a' });
    }
    assert.deepEqual(JSON.parse(JSON.stringify(sumsOf(await keyUsage(setup, 'alice')))), {
      total: { used: 1.6, requests: 3, tokens: 24 },
      byDay: [
        { name: '2026-06-02', used: 1, requests: 1, tokens: 15 },
        { name: '2026-06-03', used: 0.6, requests: 2, tokens: 9 },
      ],
      byModel: [
        { name: 'a', used: 1.5, requests: 2, tokens: 21 },
        { name: 'b', used: 0.1, requests: 1, tokens: 3 },
      ],
    });
  });

  it('counts both ends of the range and nothing beside them', async () => {
    const gateway = await open();
    const first = june(4, 10);
    const last = june(4, 11);
    for (const at of [first - 1, first, last, last + 1]) gateway.spend('alice', { at, quota: 500_000 });
    const usage = await keyUsage(setup, 'alice', { from: first * 1000, to: last * 1000 });
    assert.deepEqual([usage.total?.used, usage.total?.requests], [2, 2]);
    assert.deepEqual(usage.coverage, { complete: true, from: iso(first), to: iso(last) });
  });

  it('knows nothing of other keys of the account', async () => {
    const gateway = await open();
    gateway.spend('bob', { at: june(4), quota: 500_000 });
    gateway.spend('alice', { at: june(5), quota: 50_000 });
    assert.equal((await keyUsage(setup, 'alice')).total?.used, 0.1);
  });

  for (const [what, rows, coverage] of [
    [
      'with rows of other keys tells nothing',
      [
        { created_at: june(10), token_id: 1 },
        { created_at: june(9), token_id: 2 },
      ],
      { complete: false, reason: 'not-told' },
    ],
    [
      'whose newest rows are cut off tells nothing',
      Array.from({ length: 1000 }, (_, index) => ({ created_at: june(10) + index, token_id: 1 })),
      { complete: false, reason: 'not-told' },
    ],
    [
      'with a row from two days ahead lacks its spend',
      [
        { created_at: june(17), token_id: 1 },
        { created_at: june(10), token_id: 1 },
      ],
      { complete: false, from: iso(june(1, 0)), to: NOW, reason: 'unreadable-rows' },
    ],
  ] as const) {
    it(`one ${what}`, async () => {
      const gateway = await open();
      const data = rows.map(row => ({ type: 2, quota: 500_000, model_name: 'a', ...row }));
      gateway.setReply('GET /api/log/token', json(200, { success: true, message: '', data }));
      const usage = await keyUsage(setup, 'alice');
      assert.deepEqual(usage.coverage, coverage);
      assert.equal(usage.total?.used, coverage.reason === 'not-told' ? undefined : 1);
    });
  }

  it('an empty log tells nothing: one that is not kept is empty too', async () => {
    await open();
    const usage = await keyUsage(setup, 'alice');
    assert.deepEqual(JSON.parse(JSON.stringify(sumsOf(usage))), {});
    assert.deepEqual(usage.coverage, { complete: false, reason: 'empty-log' });
    assert.equal(usage.source, 'logs');
  });

  it('a log with rows, none of them in the range, is a true zero that covers the range up to now', async () => {
    const gateway = await open();
    gateway.spend('alice', { at: june(1) - 86_400 * 3, quota: 500 });
    const usage = await keyUsage(setup, 'alice');
    assert.deepEqual(usage.total, { used: 0, requests: 0, tokens: 0 });
    assert.deepEqual(usage.coverage, { complete: true, from: iso(JUNE.from / 1000), to: NOW });
  });

  describe('of which only the last 1000 rows can be read', () => {
    /** The sixth of 1005 rows, one a minute from noon of 10 June: 715 of the last 1000 fall on that day. */
    const OLDEST = june(10) + 300;

    beforeEach(async () => {
      const gateway = await open();
      for (let i = 0; i < 1005; i++) gateway.spend('alice', { at: june(10) + i * 60, quota: 500 });
    });

    const cut = (range: Range) => keyUsage(setup, 'alice', range);

    it('says from when its figures count', async () => {
      const usage = await cut(JUNE);
      assert.equal(usage.total?.used, 1);
      assert.deepEqual(
        usage.byDay?.map(({ name, used }) => [name, used]),
        [
          ['2026-06-10', 0.715],
          ['2026-06-11', 0.285],
        ],
      );
      assert.deepEqual(usage.coverage, {
        complete: false,
        from: iso(OLDEST),
        to: NOW,
        reason: 'last-rows',
      });
    });

    it('is whole for a range that begins later', async () => {
      const range = { from: june(11, 0) * 1000, to: june(12, 0) * 1000 - 1 };
      const usage = await cut(range);
      assert.equal(usage.total?.used, 0.285);
      assert.deepEqual(usage.coverage, {
        complete: true,
        from: iso(june(11, 0)),
        to: new Date(range.to).toISOString(),
      });
    });

    it('is not sure of the second of its oldest row', async () => {
      const { coverage } = await cut({ from: OLDEST * 1000, to: JUNE.to });
      assert.equal(coverage.complete, false);
      assert.equal((await cut({ from: (OLDEST + 1) * 1000, to: JUNE.to })).coverage.complete, true);
    });

    it('covers nothing of a range that ended before it', async () => {
      const usage = await cut({ from: june(1) * 1000, to: june(5) * 1000 });
      assert.deepEqual(usage.coverage, { complete: false, reason: 'last-rows' });
      assert.deepEqual(JSON.parse(JSON.stringify(sumsOf(usage))), {}, 'and says no zero about it');
    });
  });

  it('a thousand rows of which one is odd are still cut', async () => {
    const gateway = await open();
    const row = { created_at: june(10), type: 2, quota: 500, token_name: 'alice', model_name: 'a' };
    const data = [...Array.from({ length: 999 }, () => row), { created_at: 'today', type: 2 }];
    gateway.setReply('GET /api/log/token', json(200, { success: true, message: '', data }));
    const { total, coverage } = await keyUsage(setup, 'alice');
    assert.deepEqual([total?.used, coverage.complete], [0.999, false]);
  });

  it('one that is not full and has an odd row lacks something', async () => {
    const gateway = await open();
    const row = { created_at: june(10), type: 2, quota: 500, token_name: 'alice', model_name: 'a' };
    const data = [
      row,
      { ...row, created_at: null },
      { ...row, quota: null },
      { ...row, quota: '$1.00' },
      { created_at: june(10), type: 2, token_name: 'alice' },
      // A row that is not about spend needs no amount.
      { created_at: june(10), type: 3, token_name: 'alice' },
    ];
    gateway.setReply('GET /api/log/token', json(200, { success: true, message: '', data }));
    const { total, coverage } = await keyUsage(setup, 'alice');
    assert.equal(total?.used, 0.001);
    assert.deepEqual([coverage.complete, coverage.reason], [false, 'unreadable-rows']);
  });

  for (const quota of [undefined, null, '$1.00', {}, 'a lot']) {
    it(`a row whose quota is ${JSON.stringify(quota)} is none that cost nothing`, async () => {
      const gateway = await open();
      const row = { created_at: june(10), type: 2, quota: 500, token_name: 'alice', model_name: 'a' };
      for (const type of [2, 6]) {
        const data = [row, { ...row, type, quota }];
        gateway.setReply('GET /api/log/token', json(200, { success: true, message: '', data }));
        const { total, coverage } = await keyUsage(setup, 'alice');
        assert.deepEqual([total?.used, total?.requests], [0.001, 1]);
        assert.deepEqual([coverage.complete, coverage.reason], [false, 'unreadable-rows']);
      }
    });
  }

  for (const [name, data, expected] of [
    ['null stands for no rows', null, undefined],
    ['a missing list is no answer', undefined, 'missing-figures'],
    ['an object is no list', {}, 'missing-figures'],
  ] as const) {
    it(name, async () => {
      const gateway = await open();
      gateway.setReply('GET /api/log/token', json(200, { success: true, message: '', data }));
      const asked = keyUsage(setup, 'alice');
      if (expected === undefined) assert.equal((await asked).coverage.reason, 'empty-log');
      else await assert.rejects(asked, { failure: { class: 'unexpected', reason: expected } });
    });
  }
});

describe('a key’s own log where it cannot be read', () => {
  let setup: TestSetup;
  afterEach(() => setup.close());

  it('One API, which has no such log, is not taken for a refused key', async () => {
    setup = await TestSetup.open({ version: 'one-api', accounts: [TEAM] });
    await assert.rejects(keyUsage(setup, 'alice'), /not-supported: no-such-endpoint/);
  });

  it('relatives that refuse a key in the header with HTTP 200 are not taken for a refused key', async () => {
    setup = await TestSetup.open({ accounts: [TEAM] });
    setup.gateway.setReply('GET /api/log/token', json(200, { success: false, message: '无效的令牌' }));
    await assert.rejects(keyUsage(setup, 'alice'), /not-supported: no-such-endpoint/);
  });

  for (const version of ['pre-0.9.0', 'v0.9.0'] as const) {
    it(`${version} answers an empty list to any key in the header, which is no 0`, async () => {
      setup = await TestSetup.open({ version, accounts: [TEAM] });
      setup.gateway.spend('alice', { at: june(2), quota: 49_300 });
      const { total, coverage } = await keyUsage(setup, 'alice');
      assert.deepEqual([total, coverage.complete, coverage.reason], [undefined, false, 'empty-log']);
    });
  }

  it('a wrong key is taken for a refused key', async () => {
    setup = await TestSetup.open({ accounts: [TEAM] });
    const draft = setup.key('alice', { secret: 'sk-wrong' });
    const asked = setup.ask(draft, 'rangeByKey', (gateway, context) => gateway.readUsage?.(context, JUNE));
    await assert.rejects(asked, /bad-key: refused-key/);
  });
});
