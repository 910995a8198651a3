import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { KeyInAccount } from '../../../../src/gateways/gateway.ts';
import { readKeysUsage } from '../../../../src/gateways/newApi/keysUsage.ts';
import { DAY, HOUR, NOW } from '../../support/samples.ts';
import { logRow, scriptedContext } from './scriptedContext.ts';

const LOG = '/api/log/self';
const UNITS = { unit: { code: 'UNITS', source: 'gateway' }, perUnit: 1 } as const;
const RANGE = { from: NOW - DAY, to: NOW - HOUR };
const ALICE: KeyInAccount = { keyId: 'a', listedId: 1, name: 'alice' };
const BOB: KeyInAccount = { keyId: 'b', listedId: 2, name: 'bob' };
const SECONDS_AGO = 7200;

const row = (more: Readonly<Record<string, unknown>>) => logRow(SECONDS_AGO, more);

async function told(
  rows: readonly unknown[],
  keys: readonly KeyInAccount[] = [ALICE, BOB],
  { total = rows.length, kept = true } = {},
) {
  const pages = [
    { items: rows.slice(0, 1), total },
    ...(rows.length === 0 ? [{ items: kept ? [row({})] : [], total: Number(kept) }] : []),
    { items: rows, total },
  ];
  const { context, asked } = scriptedContext({ [LOG]: pages }, undefined, NOW);
  const usages = await readKeysUsage(context, RANGE, keys, UNITS);
  return {
    used: usages.map(({ keyId, usage, isByName }) => [keyId, usage.total?.used, isByName]),
    usages,
    calls: asked.length,
  };
}

describe('what keys spent by the log of their account', () => {
  it('goes by their numbers, whatever they were called then and who was called so before', async () => {
    const { used, usages, calls } = await told([
      row({ token_id: 1, token_name: 'alice', quota: 10 }),
      row({ token_id: 1, token_name: 'old name', quota: 20 }),
      row({ token_id: 9, token_name: 'alice', quota: 40 }),
      row({ token_id: 2, token_name: 'bob', quota: 80 }),
      row({ token_id: 2, token_name: 'bob', quota: 30, type: 6 }),
      row({ token_id: 2, token_name: 'bob', quota: 999, type: 5 }),
    ]);
    assert.deepEqual(used, [
      ['a', 30, false],
      ['b', 50, false],
    ]);
    assert.equal(calls, 2, 'for both');
    const [{ usage } = assert.fail()] = usages;
    assert.deepEqual([usage.total?.requests, usage.coverage.complete, usage.source], [2, true, 'logs']);
    assert.equal(usage.byKey, undefined);
    assert.ok(usage.timeline?.cells.every(cell => !('key' in cell)));
  });

  it('goes by their names where rows have no numbers, and only where they have one', async () => {
    const rows = [
      row({ token_name: 'alice', quota: 10 }),
      row({ token_name: 'twin', quota: 20 }),
      row({ token_name: 'bob', quota: 40 }),
    ];
    const twin = { keyId: 't', listedId: 3 };
    assert.deepEqual((await told(rows, [ALICE, BOB, twin])).used, [
      ['a', 10, true],
      ['b', 40, true],
    ]);
  });

  const UNSURE: Readonly<Record<string, readonly [rows: readonly unknown[], sure: readonly string[]]>> = {
    'rows of a key from before there were numbers': [
      [row({ token_id: 1, quota: 10 }), row({ token_id: 0, token_name: 'alice', quota: 20 })],
      ['b'],
    ],
    'rows of nobody’s key are nobody’s': [
      [row({ token_id: 1, quota: 10 }), row({ token_id: 0, token_name: 'playground', quota: 20 })],
      ['a', 'b'],
    ],
    'a row that says neither': [[row({ token_id: 1 }), row({ token_name: undefined })], []],
    'a row that says neither is no spend': [
      [row({ token_id: 1 }), row({ token_name: undefined, type: 3 })],
      ['a', 'b'],
    ],
    'numbers, and none is known of the key': [[row({ token_id: 1, token_name: 'carol' })], ['a', 'b']],
  };
  for (const [what, [rows, sure]] of Object.entries(UNSURE)) {
    it(`is told of ${sure.length === 0 ? 'none' : sure.join(' and ')}: ${what}`, async () => {
      const carol = { keyId: 'c', name: 'carol' };
      const { used } = await told(rows, what.startsWith('numbers') ? [ALICE, BOB, carol] : undefined);
      assert.deepEqual(
        used.map(([keyId]) => keyId),
        sure,
      );
    });
  }

  it('is 0 where the log has rows of other times, and not known where it has none at all', async () => {
    const { used, usages } = await told([], [{ keyId: 'b', listedId: 2 }]);
    assert.deepEqual(used, [['b', 0, false]]);
    assert.equal(usages[0]?.usage.coverage.complete, true);
    assert.deepEqual((await told([], [BOB, ALICE], { kept: false })).used, []);
  });

  it('is not read from a log of more than a thousand rows a key, or four thousand', async () => {
    const one = [row({ token_id: 1 })];
    const cases: readonly [keys: number, total: number, calls: number][] = [
      [1, 1000, 2],
      [1, 1001, 1],
      [2, 1001, 2],
      [9, 4001, 1],
    ];
    for (const [count, total, calls] of cases) {
      const keys = Array.from({ length: count }, (_, index) => ({ keyId: `${index}`, listedId: index + 1 }));
      const page = { items: one, total };
      const { context, asked } = scriptedContext(
        { [LOG]: [page, page, { items: [], total }] },
        undefined,
        NOW,
      );
      await readKeysUsage(context, RANGE, keys, UNITS).catch(() => undefined);
      assert.equal(asked.length > 1, calls > 1, `${count} keys, ${total} rows`);
    }
  });
});
