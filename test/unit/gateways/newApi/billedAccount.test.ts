import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { isAccountBilled } from '../../../../src/gateways/newApi/billedAccount.ts';
import type { SiteNotes } from '../../../../src/gateways/siteNotes.ts';
import { DAY, NOW, reading } from '../../support/samples.ts';

type Visit = Parameters<typeof isAccountBilled>[0];

describe('figures of billing that are the account’s', () => {
  /** Visits to one site, which keep notes for all its keys. */
  const siteOf = (lineage: string | undefined, kept: SiteNotes = {}) => {
    let notes = kept;
    return (keyHash: string, at = NOW, before?: { granted: number; used: number }) =>
      ({
        keyHash,
        now: () => at,
        site: { lineage },
        notes: () => notes,
        note: (change: SiteNotes) => {
          notes = { ...notes, ...change };
        },
        lastReading:
          before &&
          reading({ source: 'billing', quota: { unlimited: false, remaining: 0, ...before } } as never),
      }) as unknown as Visit;
  };

  it('are those of a key with nothing left, where such a key would be refused', () => {
    assert.equal(isAccountBilled(siteOf('oneApi')('a'), { limit: 5, used: 5 }), true);
    assert.equal(isAccountBilled(siteOf('newApi')('a'), { limit: 5, used: 5 }), false);
    assert.equal(isAccountBilled(siteOf(undefined)('a'), { limit: 5, used: 5 }), false);
  });

  it('are those of which a key has less than nothing, whatever the software', () => {
    for (const lineage of ['newApi', 'oneApi', undefined])
      assert.equal(isAccountBilled(siteOf(lineage)('a'), { limit: -0.5, used: 5 }), true);
    assert.equal(isAccountBilled(siteOf('newApi')('a'), { limit: 0, used: 5 }), false);
  });

  it('are not those of a key that is tried out: it may be the key that was noted', () => {
    const context = siteOf('oneApi');
    assert.equal(isAccountBilled(context('a'), { limit: 20, used: 2 }), false);
    assert.equal(isAccountBilled({ ...context('a'), keyHash: undefined }, { limit: 20, used: 2 }), false);
  });

  it('are not those that come with an end of the key’s own', () => {
    const told = { limit: 5, used: 5, expiresAt: new Date(NOW + DAY).toISOString() };
    assert.equal(isAccountBilled(siteOf('oneApi')('a'), told), false);
  });

  it('are those of One API whose limit falls as the use rises', () => {
    const before = { granted: 20, used: 1 };
    assert.equal(isAccountBilled(siteOf('oneApi')('a', NOW, before), { limit: 19, used: 2 }), true);
    assert.equal(isAccountBilled(siteOf('oneApi')('a', NOW, before), { limit: 20, used: 2 }), false);
    assert.equal(isAccountBilled(siteOf('oneHub')('a', NOW, before), { limit: 19, used: 2 }), false);
  });

  it('are those that two keys have within a day, and hold for all keys for a day', () => {
    const context = siteOf('oneApi');
    assert.equal(isAccountBilled(context('a'), { limit: 20, used: 2 }), false);
    assert.equal(isAccountBilled(context('a'), { limit: 20, used: 2 }), false, 'a key is no other one');
    assert.equal(isAccountBilled(context('b'), { limit: 20, used: 2 }), true);
    assert.equal(isAccountBilled(context('c', NOW + DAY - 1), { limit: 30, used: 3 }), true);
    assert.equal(isAccountBilled(context('d', NOW + DAY), { limit: 40, used: 4 }), false);
  });

  it('are not those that were the same days ago, or of keys that nobody has used', () => {
    const context = siteOf('oneApi');
    assert.equal(isAccountBilled(context('a'), { limit: 20, used: 2 }), false);
    assert.equal(isAccountBilled(context('b', NOW + DAY), { limit: 20, used: 2 }), false);
    assert.equal(isAccountBilled(context('c'), { limit: 20, used: 0 }), false);
    assert.equal(isAccountBilled(context('d'), { limit: 20, used: 0 }), false);
  });

  it('are not those of two keys that have the limit or the use in common', () => {
    for (const other of [
      { limit: 20, used: 3 },
      { limit: 21, used: 2 },
    ]) {
      const context = siteOf('oneApi');
      assert.equal(isAccountBilled(context('a'), { limit: 20, used: 2 }), false);
      assert.equal(isAccountBilled(context('b'), other), false);
    }
  });

  it('are not those of One API that are as before, or of which use was given back', () => {
    const before = { granted: 20, used: 5 };
    assert.equal(isAccountBilled(siteOf('oneApi')('a', NOW, before), { limit: 20, used: 5 }), false);
    assert.equal(isAccountBilled(siteOf('oneApi')('a', NOW, before), { limit: 22, used: 3 }), false);
  });

  it('are no longer those where a clock that ran ahead has noted it', () => {
    const ahead = siteOf('oneApi', { billsAccountUntil: NOW + DAY + 1 });
    assert.equal(isAccountBilled(ahead('a'), { limit: 20, used: 2 }), false);
    const justNow = siteOf('oneApi', { billsAccountUntil: NOW + DAY });
    assert.equal(isAccountBilled(justNow('a'), { limit: 20, used: 2 }), true);
  });

  it('are not told by notes that are damaged', () => {
    for (const note of [null, [20, 2], [20, 2, String(NOW)], { 0: 20, 1: 2, 2: NOW }]) {
      const damaged = siteOf('oneApi', { billed: { a: note } } as never);
      assert.equal(isAccountBilled(damaged('b'), { limit: 20, used: 2 }), false, JSON.stringify(note));
    }
  });

  it('are those that a key still had half a day ago, however long it had them', () => {
    const context = siteOf('oneApi');
    assert.equal(isAccountBilled(context('a', NOW), { limit: 20, used: 2 }), false);
    assert.equal(isAccountBilled(context('a', NOW + 0.75 * DAY), { limit: 20, used: 2 }), false);
    assert.equal(isAccountBilled(context('b', NOW + 1.25 * DAY), { limit: 20, used: 2 }), true);
  });

  it('are those of any key that was noted, not of the last one alone', () => {
    const context = siteOf('oneApi');
    assert.equal(isAccountBilled(context('a'), { limit: 20, used: 2 }), false);
    assert.equal(isAccountBilled(context('b'), { limit: 30, used: 3 }), false);
    assert.equal(isAccountBilled(context('c'), { limit: 20, used: 2 }), true);
  });
});

describe('the figures of billing that are noted for other keys', () => {
  /** Billed one after the other; what is noted then, and how often that was written. */
  const noted = (
    ...billed: readonly [keyHash: string | undefined, at: number, used: number, limit?: number][]
  ) => {
    let notes: SiteNotes = {};
    let writes = 0;
    for (const [keyHash, at, used, limit = 100] of billed) {
      const context = {
        keyHash,
        now: () => at,
        notes: () => notes,
        note: (change: SiteNotes) => {
          writes++;
          notes = { ...notes, ...change };
        },
      };
      isAccountBilled(context as unknown as Visit, { limit, used });
    }
    return [notes.billed, writes] as const;
  };

  it('are written once while they stay the same, and again after half a day', () => {
    assert.equal(noted(['a', NOW, 2], ['a', NOW + DAY / 2 - 1, 2])[1], 1);
    assert.deepEqual(noted(['a', NOW, 2], ['a', NOW + DAY / 2, 2]), [{ a: [100, 2, NOW + DAY / 2] }, 2]);
    assert.deepEqual(noted(['a', NOW, 2], ['a', NOW + 1, 3]), [{ a: [100, 3, NOW + 1] }, 2]);
    assert.deepEqual(noted(['a', NOW, 2], ['a', NOW + 1, 2, 90]), [{ a: [90, 2, NOW + 1] }, 2]);
  });

  it('are written again after a clock that ran ahead wrote them', () => {
    assert.deepEqual(noted(['a', NOW + 2 * DAY, 2], ['a', NOW, 2])[0], { a: [100, 2, NOW] });
  });

  it('are kept for a day, of the last twenty keys', () => {
    assert.deepEqual(noted(['a', NOW, 2], ['b', NOW + DAY - 1, 3])[0], {
      a: [100, 2, NOW],
      b: [100, 3, NOW + DAY - 1],
    });
    assert.deepEqual(noted(['a', NOW, 2], ['b', NOW + DAY, 3])[0], { b: [100, 3, NOW + DAY] });
    const keys = Array.from({ length: 25 }, (_, index) => [`key${index}`, NOW, index + 1] as const);
    const [notes] = noted(...keys.map(each => [...each] as [string, number, number]));
    assert.deepEqual(
      Object.keys(notes ?? {}),
      keys.slice(5).map(([name]) => name),
    );
    // One that is noted again takes the place of none but its own.
    const again = noted(...keys.slice(0, 20).map(each => [...each] as [string, number, number]), [
      'key9',
      NOW,
      99,
    ]);
    assert.equal(Object.keys(again[0] ?? {}).length, 20);
  });

  it('are none of a key that is only tried out', () => {
    assert.deepEqual(noted([undefined, NOW, 2]), [undefined, 0]);
  });
});
