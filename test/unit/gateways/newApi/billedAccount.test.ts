import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { isAccountBilled } from '../../../../src/gateways/newApi/billedAccount.ts';
import type { SiteNotes } from '../../../../src/gateways/siteNotesType.ts';
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
});
