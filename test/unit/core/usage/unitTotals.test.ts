import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { missingIn, unitTotals, withoutUnit } from '../../../../src/core/usage/unitTotals.ts';
import type { UsageReport } from '../../../../src/core/usage/usageReport.ts';
import { report } from '../../webview/usageReports.ts';

const USD = { code: 'USD', source: 'gateway' } as const;
const CNY = { code: 'CNY', source: 'gateway' } as const;
const UNITS = { code: 'UNITS', source: 'default' } as const;
const PART = { complete: false, reason: 'broke-off' } as const;
const NOW = Date.parse('2026-06-10T12:00:00.000Z');

const account = (keyId: string, used: number | undefined, more: Partial<UsageReport> = {}) =>
  report({ scope: { account: keyId }, keyId, total: used === undefined ? undefined : { used }, ...more });
/** A key that is surely in no account. */
const key = (keyId: string, used: number | undefined, more: Partial<UsageReport> = {}) =>
  account(keyId, used, { scope: { key: keyId }, belongsTo: {}, ...more });
const linked = (keyId: string, used: number | undefined, more: Partial<UsageReport> = {}) =>
  key(keyId, used, { belongsTo: { account: 'team' }, ...more });

const totals = (...reports: readonly UsageReport[]) =>
  unitTotals(reports, NOW).map(({ unit, used, counted, headline }) => [
    unit.code,
    used,
    counted.map(({ keyId }) => keyId).join(),
    headline.flaw,
    `${headline.keysWithTotal} of ${headline.keyCount}`,
  ]);

describe('the totals of reports', () => {
  it('count the spend of a key that an account lists with the account, once', () => {
    assert.deepEqual(totals(account('team', 5), linked('a', 3), key('b', 2)), [
      ['USD', 7, 'team,b', undefined, '2 of 2'],
    ]);
  });

  it('count such a key itself where its account is not there, or has no figure', () => {
    assert.deepEqual(totals(linked('a', 3), key('b', 2)), [['USD', 5, 'a,b', undefined, '2 of 2']]);
    assert.deepEqual(totals(account('team', undefined, { coverage: PART }), linked('a', 3)), [
      ['USD', 3, 'a', 'incomplete', '1 of 2'],
    ]);
  });

  it('count keys in place of an account that is known in part, where they spent more than that', () => {
    const known = account('team', 5, { coverage: PART });
    assert.deepEqual(totals(known, linked('a', 3), linked('b', 2.5)), [
      ['USD', 5.5, 'a,b', 'incomplete', '2 of 3'],
    ]);
    assert.deepEqual(totals(known, linked('a', 3), linked('b', 2)), [
      ['USD', 5, 'team', 'incomplete', '1 of 1'],
    ]);
  });

  it('believe an account that is known as a whole, whatever its keys are said to have spent', () => {
    assert.deepEqual(totals(account('team', 5), linked('a', 3), linked('b', 2.5)), [
      ['USD', 5, 'team', undefined, '1 of 1'],
    ]);
  });

  it('lack no key whose account tells its spend', () => {
    assert.deepEqual(totals(account('team', 5), linked('a', undefined, { coverage: PART })), [
      ['USD', 5, 'team', undefined, '1 of 1'],
    ]);
  });

  it('are none, in that unit alone, where a key may be an account’s', () => {
    const maybe = key('a', 3, { belongsTo: { maybe: ['team'] } });
    assert.deepEqual(totals(account('team', 5), maybe, key('b', 2, { unit: CNY })), [
      ['USD', undefined, 'team,a', undefined, '2 of 2'],
      ['CNY', 2, 'b', undefined, '1 of 1'],
    ]);
    // That account is not among them.
    assert.deepEqual(totals(account('other', 5), maybe)[0]?.[1], 8);
    const unknown = { belongsTo: undefined };
    assert.deepEqual(totals(key('a', 1, unknown), key('b', 2, unknown))[0]?.[1], 3, 'no account is there');
    // Nothing is known of a report that an earlier version saved.
    assert.deepEqual(totals(account('team', 5), key('a', 3, { belongsTo: undefined }))[0]?.[1], undefined);
  });

  it('lack a key without a figure in its own unit, and in no other', () => {
    const gone = key('gone', undefined, { coverage: PART });
    assert.deepEqual(totals(key('a', 1), key('b', 2, { unit: CNY }), gone), [
      ['USD', 1, 'a', 'incomplete', '1 of 2'],
      ['CNY', 2, 'b', undefined, '1 of 1'],
    ]);
  });

  it('lack no key of which no unit is known: it is apart', () => {
    const gone = key('gone', undefined, { unit: UNITS, isUnitUnknown: true, coverage: PART });
    assert.deepEqual(totals(key('a', 1), gone), [['USD', 1, 'a', undefined, '1 of 1']]);
    assert.deepEqual(withoutUnit([key('a', 1), gone]), [gone]);
    assert.deepEqual(missingIn(USD, [key('a', 1), gone]), []);
    const guessed = key('guessed', undefined, { isUnitUnknown: true, coverage: PART });
    assert.deepEqual(totals(key('a', 1), guessed), [['USD', 1, 'a', undefined, '1 of 1']]);
    assert.deepEqual(withoutUnit([key('b', undefined), guessed]), [guessed]);
  });

  it('are none of raw units of two gateways, and lack nothing of another', () => {
    const raw = (keyId: string, used?: number) => key(keyId, used, { unit: UNITS });
    assert.deepEqual(totals(raw('a', 7), raw('b', 8)), []);
    assert.deepEqual(totals(raw('a', 7), raw('b')), [['UNITS', 7, 'a', undefined, '1 of 1']]);
  });
});
