import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'mocha';
import type { SpendingPeriod } from '../../../src/core/spendingLimits/period.ts';
import type { SpendingLimit } from '../../../src/core/spendingLimits/spendingLimit.ts';
import { databasePath } from '../../../src/store/database.ts';
import { migrate } from '../../../src/store/migrations.ts';
import { SqliteStore } from '../../../src/store/store.ts';
import { tempFolder } from '../support/folders.ts';
import { NOW } from '../support/samples.ts';
import { useStore } from '../support/useStore.ts';

const ofKey = (keyId: string, period: SpendingPeriod, amount: number): SpendingLimit => ({
  scope: { of: 'key', keyId },
  period,
  amount,
  unit: { code: 'USD' },
});
const ofCurrency = (unit: SpendingLimit['unit'], period: SpendingPeriod, amount: number): SpendingLimit => ({
  scope: { of: 'currency' },
  period,
  amount,
  unit,
});

describe('spending limits in the database', () => {
  let folder: string;
  let store: SqliteStore;
  const save = (...limits: readonly SpendingLimit[]) =>
    store.transaction(() => {
      for (const limit of limits) store.spendingLimits.saveLimit(limit);
    });

  useStore(['a', 'b'], NOW, (opened, at) => {
    store = opened;
    folder = at;
  });

  it('are there in every window, and when the file is opened again', () => {
    const limits = [
      ofKey('a', 'day', 5),
      ofKey('a', 'month', 0.000001),
      ofCurrency({ code: 'USD' }, 'week', 20),
      ofCurrency({ code: 'CUSTOM', symbol: 'Ⓒ' }, 'week', 7),
    ];
    save(...limits);
    const other = new SqliteStore(folder, NOW);
    assert.deepEqual(other.spendingLimits.allLimits(), limits);
    other.close();
  });

  it('are one for a key and period, whatever their unit', () => {
    save(ofKey('a', 'day', 5), ofKey('b', 'day', 6), ofKey('a', 'week', 7));
    save({ ...ofKey('a', 'day', 30), unit: { code: 'CNY' } });
    const amounts = store.spendingLimits
      .allLimits()
      .map(({ scope, period, amount }) => [scope.of === 'key' && scope.keyId, period, amount]);
    assert.deepEqual(amounts, [
      ['b', 'day', 6],
      ['a', 'week', 7],
      ['a', 'day', 30],
    ]);
  });

  it('are one for a unit and period', () => {
    const [coins, credits] = [
      { code: 'CUSTOM', symbol: '¤' },
      { code: 'CUSTOM', symbol: 'Ⓒ' },
    ] as const;
    save(ofCurrency(coins, 'day', 1), ofCurrency(credits, 'day', 2), ofCurrency(coins, 'day', 3));
    assert.deepEqual(store.spendingLimits.allLimits(), [
      ofCurrency(credits, 'day', 2),
      ofCurrency(coins, 'day', 3),
    ]);
  });

  it('are removed one by one', () => {
    const kept = [ofKey('b', 'day', 6), ofKey('a', 'week', 7), ofCurrency({ code: 'USD' }, 'day', 9)];
    save(ofKey('a', 'day', 5), ...kept);
    store.spendingLimits.removeLimit(ofKey('a', 'day', 1));
    assert.deepEqual(store.spendingLimits.allLimits(), kept);
    store.spendingLimits.removeLimit(ofCurrency({ code: 'USD' }, 'day', 1));
    assert.deepEqual(store.spendingLimits.allLimits(), kept.slice(0, 2));
  });

  it('are erased with their key, and no others are', () => {
    save(ofKey('a', 'day', 5), ofKey('b', 'day', 6), ofCurrency({ code: 'USD' }, 'day', 9));
    store.transaction(() => store.keys.removeKey('a'));
    assert.deepEqual(store.spendingLimits.allLimits(), [
      ofKey('b', 'day', 6),
      ofCurrency({ code: 'USD' }, 'day', 9),
    ]);
  });

  it('are none of a key that is gone', () => {
    save(ofKey('gone', 'day', 5));
    assert.deepEqual(store.spendingLimits.allLimits(), []);
  });

  it('are left out where they cannot be read', () => {
    save(ofKey('a', 'day', 5));
    const file = new DatabaseSync(databasePath(folder));
    for (const [period, code, amount] of [
      ['year', 'USD', 1],
      ['week', 'XYZ', 1],
      ['week', 'USD', 0],
    ] as const)
      file.prepare("INSERT INTO spending_limits VALUES (NULL, ?, ?, '', ?)").run(period, code, amount);
    file.close();
    assert.deepEqual(store.spendingLimits.allLimits(), [ofKey('a', 'day', 5)]);
  });

  it('are none in a file of before, which keeps all it has', () => {
    const before = tempFolder();
    const file = new DatabaseSync(databasePath(before));
    migrate(file, 13);
    file.exec(
      "INSERT INTO keys VALUES (1, 'k', 'K', 'newApi', 'https://gw.example', 'apiKey', NULL, 'f', 0, 1, NULL)",
    );
    file.close();
    const migrated = new SqliteStore(before, NOW);
    assert.deepEqual(
      [migrated.trouble, migrated.keys.allKeys().map(({ id }) => id), migrated.spendingLimits.allLimits()],
      [undefined, ['k'], []],
    );
    migrated.close();
  });
});
