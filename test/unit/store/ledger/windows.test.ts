import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { killTakers } from '../../support/killedTakers.ts';
import { answer, cells, covered, row, START, takeIn } from '../../support/ledgerSetup.ts';
import { seededChance } from '../../support/seededChance.ts';
import { storeWithKeys } from '../../support/storeWithKeys.ts';

describe('the ledger of several windows', () => {
  afterEach(removeTempFolders);

  it('has what both were told once, and the next sees what one has taken in', () => {
    const folder = tempFolder();
    const [one, other] = [
      storeWithKeys(['a'], START * 1000, folder),
      storeWithKeys([], START * 1000, folder),
    ];
    takeIn(one, answer(0, 100, [row(10, 1), row(20, 2)]));
    takeIn(other, answer(0, 120, [row(10, 1), row(20, 2), row(110, 4)]));
    takeIn(one, answer(15, 140, [row(20, 2), row(110, 4), row(130, 8)]));
    for (const store of [one, other]) {
      assert.deepEqual(cells(store), [[0, 'm', 15, 4]]);
      assert.deepEqual(covered(store), [[0, 140, 'keyLog']]);
      assert.equal(store.ledger.spendByDay('2026-06-01', '2026-06-30')[0]?.raw, 15);
      store.close();
    }
  });

  it('has nothing of an answer that was being taken in when something went wrong', () => {
    const store = storeWithKeys(['a'], START * 1000);
    takeIn(store, answer(0, 100, [row(10, 1)]));
    assert.throws(() =>
      store.transaction(() => {
        store.ledger.takeIn('a', 'f', answer(0, 200, [row(10, 1), row(150, 2)]), START * 1000);
        throw new Error('full');
      }),
    );
    assert.deepEqual([cells(store), covered(store)], [[[0, 'm', 1, 1]], [[0, 100, 'keyLog']]]);
    store.close();
  });

  it('is read as ever after a transaction that was undone in which it was first used', () => {
    const store = storeWithKeys(['a'], START * 1000);
    const months = () => store.ledger.spendByPeriod(['2026-06-01'], '2026-07-01');
    assert.throws(() =>
      store.transaction(() => {
        months();
        throw new Error('full');
      }),
    );
    takeIn(store, answer(0, 100, [row(10, 1)]));
    assert.deepEqual(
      months().map(({ raw }) => raw),
      [1],
    );
    assert.equal(store.trouble, undefined);
    store.close();
  });

  it('has nothing twice and nothing lost where windows are killed while they take in', async function () {
    // Each window is a process that has to start, which takes a while on a busy machine.
    this.timeout(120_000);
    const { acknowledged, lost, twice, damaged } = await killTakers(tempFolder(), 4, seededChance(5));
    assert.ok(acknowledged > 0, `${acknowledged} acknowledged`);
    assert.deepEqual({ lost, twice, damaged }, { lost: 0, twice: 0, damaged: 0 });
  });
});
