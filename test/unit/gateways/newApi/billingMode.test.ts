import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { KeyMemory } from '../../../../src/core/quota/keyMemory.ts';
import type { KnownOfSite } from '../../../../src/gateways/credentialSpec.ts';
import type { GatewayContext } from '../../../../src/gateways/gatewayContext.ts';
import { billingModeOf, keyLimiter, mistakenByBilling } from '../../../../src/gateways/newApi/billingMode.ts';
import {
  noteBillingClosed,
  noteBillingDoubt,
  noteBillingMode,
  noteBillingOpen,
} from '../../../../src/gateways/newApi/noteBilling.ts';
import type { Site } from '../../../../src/gateways/site.ts';
import type { BillingNote, SiteNotes } from '../../../../src/gateways/siteNotes.ts';
import { DAY, HOUR, MINUTE, NOW, reading } from '../../support/samples.ts';

const SITE: Site = { lineage: 'newApi', version: 'v0.12.0', display: 'USD', unitsPerDollar: 500_000 };
const NOTE: BillingNote = { mode: 'key', version: 'v0.12.0', unit: 'USD 500000', at: NOW, since: NOW };
const USAGE = '/api/usage/token/';

const known = (billing: Partial<BillingNote> | undefined, site: Site = SITE, now = NOW): KnownOfSite => ({
  site,
  notes: billing ? { billing: { ...NOTE, ...billing } } : {},
  now,
});

describe('what billing is known to tell of a site’s keys', () => {
  const CASES: readonly [what: string, known: KnownOfSite, mode: string | undefined][] = [
    ['nothing was noted', known(undefined), undefined],
    ['it was found just now', known({}), 'key'],
    ['it was found less than three days ago', known({}, SITE, NOW + 3 * DAY - 1), 'key'],
    ['that was three days ago', known({}, SITE, NOW + 3 * DAY), undefined],
    ['a clock that was put back since by less than that has noted it', known({}, SITE, NOW - DAY), 'key'],
    ['a clock that was three days ahead has noted it', known({}, SITE, NOW - 3 * DAY), undefined],
    ['the account’s, three days long', known({ mode: 'account' }, SITE, NOW + 3 * DAY - 1), 'account'],
    ['nothing, for twenty minutes', known({ mode: 'none' }, SITE, NOW + 20 * MINUTE - 1), 'none'],
    ['it did not answer twenty minutes ago', known({ mode: 'none' }, SITE, NOW + 20 * MINUTE), undefined],
    ['the site is of another version by now', known({}, { ...SITE, version: 'v0.13.0' }), undefined],
    ['the site shows another unit by now', known({}, { ...SITE, display: 'TOKENS' }), undefined],
    ['the site has another scale by now', known({}, { ...SITE, unitsPerDollar: 1000 }), undefined],
    ['the site is of another lineage', known({}, { ...SITE, lineage: 'oneApi' }), undefined],
    ['a version to come has noted another mode', known({ mode: 'both' as never }), undefined],
    ['the note was damaged', { ...known({}), notes: { billing: 'key' } as never as SiteNotes }, undefined],
  ];
  for (const [what, site, mode] of CASES) {
    it(`${mode ?? 'unknown'}: ${what}`, () => assert.equal(billingModeOf(site), mode));
  }
});

describe('the limiter of the first call about a key', () => {
  const billed = reading({ source: 'billing' });
  const withNotes = (notes: SiteNotes): KnownOfSite => ({ site: SITE, notes, now: NOW });
  const CASES: readonly [
    what: string,
    known: KnownOfSite,
    last: typeof billed | undefined,
    limiter: string,
  ][] = [
    ['of a site that was never asked', { notes: {}, now: NOW }, undefined, 'scarce'],
    ['where billing tells the key’s figures, be it the first check', known({}), undefined, 'general'],
    ['where it tells the account’s', known({ mode: 'account' }), undefined, 'scarce'],
    ['where it did not answer', known({ mode: 'none' }), undefined, 'scarce'],
    [
      'where the key’s own endpoint is missing',
      withNotes({ lacks: { [USAGE]: NOW + DAY } }),
      undefined,
      'general',
    ],
    ['that was read by billing, of a site that never had another way', withNotes({}), billed, 'general'],
    [
      'that was read by billing while that told its figures',
      withNotes({ has: { [USAGE]: true } }),
      billed,
      'scarce',
    ],
  ];
  for (const [what, site, last, limiter] of CASES) {
    it(`is ${limiter}: ${what}`, () => assert.equal(keyLimiter(site, last), limiter));
  }
});

describe('a reading by billing', () => {
  const billed = reading({
    source: 'billing',
    quota: { unlimited: false, granted: 20, used: 5, remaining: 15 },
  });
  const doubted = known({ doubtedAt: NOW, otherLimit: 53_000_000 });
  const account = known({ mode: 'account', otherLimit: 53_000_000 });
  const noted = (billsAccountUntil: number): KnownOfSite => ({
    site: SITE,
    notes: { billsAccountUntil },
    now: NOW,
  });
  const CASES: readonly [
    what: string,
    of: 'reading' | 'all' | undefined,
    site: KnownOfSite,
    reading: typeof billed,
    memory?: KeyMemory,
  ][] = [
    ['where nothing is known', undefined, known(undefined), billed],
    ['where billing tells the keys’ own', undefined, known({}), billed],
    ['where it tells the account’s', 'all', account, billed],
    [
      'where it tells the account’s, of a key that has told its own',
      undefined,
      account,
      billed,
      { ownAt: NOW, limit: 1 },
    ],
    ['of such a key with the account’s limit', 'reading', account, billed, { ownAt: NOW, limit: 53_000_000 }],
    ['where that is doubted', 'all', doubted, billed],
    [
      'where that is doubted, of a key with such a limit',
      'reading',
      doubted,
      billed,
      { ownAt: NOW, limit: 53_000_000 },
    ],
    [
      'where that was another version',
      undefined,
      known({ mode: 'account' }, { ...SITE, version: 'v0.13.0' }),
      billed,
    ],
    ['of a key that nothing limits', undefined, account, { ...billed, quota: { unlimited: true, used: 5 } }],
    ['of a key that ends', undefined, account, { ...billed, expiresAt: '2030-01-01T00:00:00.000Z' }],
    [
      'of a key that never ends, which is told of accounts too',
      'all',
      account,
      { ...billed, expiresAt: null },
    ],
    ['which is the key’s own', undefined, account, { ...billed, source: 'key' }],
    ['of a site without another way that tells the account’s', 'reading', noted(NOW + 1), billed],
    ['of such a site a day later', undefined, noted(NOW), billed],
    ['of the account, where keys’ own are told', 'reading', noted(0), { ...billed, source: 'account' }],
    [
      'of the account, where nothing speaks against it',
      undefined,
      known({}),
      { ...billed, source: 'account' },
    ],
  ];
  for (const [what, of, site, last, memory] of CASES) {
    it(`may be another’s: ${of ?? 'no'}, ${what}`, () =>
      assert.equal(mistakenByBilling(site, { reading: last, memory }), of));
  }
});

describe('the note about billing', () => {
  /** A site that keeps notes, and how often one was written. */
  const siteOf = (kept: SiteNotes = {}) => {
    let notes = kept;
    let written = 0;
    const at = (now: number) =>
      ({
        site: SITE,
        now: () => now,
        notes: () => notes,
        note: (change: SiteNotes) => {
          written++;
          notes = { ...notes, ...change };
        },
      }) as unknown as GatewayContext;
    return { at, written: () => written, note: () => notes.billing };
  };

  it('says of which version and unit it is, and since when', () => {
    const site = siteOf();
    noteBillingMode(site.at(NOW), 'key', { isUseProven: true });
    assert.deepEqual(site.note(), { ...NOTE, isUseProven: true });
  });

  it('is written again once a day, and keeps since when it holds', () => {
    const site = siteOf();
    noteBillingMode(site.at(NOW), 'key', { isUseProven: true });
    noteBillingMode(site.at(NOW + DAY - 1), 'key');
    assert.equal(site.written(), 1);
    noteBillingMode(site.at(NOW + DAY), 'key');
    assert.deepEqual(site.note(), { ...NOTE, at: NOW + DAY, since: NOW, isUseProven: true });
  });

  it('is written at once when a key that was used has agreed', () => {
    const site = siteOf();
    noteBillingMode(site.at(NOW), 'key');
    noteBillingMode(site.at(NOW + 1), 'key', { isUseProven: true });
    assert.equal(site.note()?.isUseProven, true);
  });

  it('starts over with another mode', () => {
    const site = siteOf();
    noteBillingMode(site.at(NOW), 'key', { isUseProven: true });
    noteBillingMode(site.at(NOW + HOUR), 'account');
    assert.deepEqual(site.note(), {
      ...NOTE,
      mode: 'account',
      at: NOW + HOUR,
      since: NOW + HOUR,
      isUseProven: undefined,
    });
  });

  it('keeps a doubt until a key has agreed again, and has it once', () => {
    const site = siteOf({ billing: NOTE });
    noteBillingDoubt(site.at(NOW + MINUTE), 7);
    noteBillingDoubt(site.at(NOW + 2 * MINUTE), 8);
    assert.deepEqual(site.note(), { ...NOTE, doubtedAt: NOW + MINUTE, otherLimit: 7 });
    noteBillingMode(site.at(NOW + 3 * MINUTE), 'key');
    assert.deepEqual([site.note()?.doubtedAt, site.note()?.otherLimit], [undefined, undefined]);
    assert.equal(site.written(), 2);
  });

  it('has no doubt where billing tells the account’s, or nothing is known', () => {
    for (const notes of [{ billing: { ...NOTE, mode: 'account' as const } }, {}]) {
      const site = siteOf(notes);
      noteBillingDoubt(site.at(NOW), 7);
      assert.equal(site.written(), 0);
    }
  });

  const CLOSED: readonly [what: string, afterMs: number, isClosed: boolean, mode: string][] = [
    ['at the same moment', 0, false, 'key'],
    ['within a minute', MINUTE - 1, false, 'key'],
    ['a minute later', MINUTE, true, 'none'],
    ['within an hour', HOUR - 1, true, 'none'],
    ['an hour later, as if for the first time', HOUR, false, 'key'],
    ['earlier, by a clock that was put back', -1, false, 'key'],
  ];
  for (const [what, afterMs, isClosed, mode] of CLOSED) {
    it(`${isClosed ? 'says so' : 'keeps what it knows'} when billing does not answer again ${what}`, () => {
      const site = siteOf({ billing: { ...NOTE, at: NOW - DAY / 2 } });
      assert.equal(noteBillingClosed(site.at(NOW)), false);
      assert.equal(site.note()?.mode, 'key');
      assert.equal(noteBillingClosed(site.at(NOW + afterMs)), isClosed);
      assert.equal(site.note()?.mode, mode);
    });
  }

  it('starts counting again once billing has answered', () => {
    const site = siteOf({ billing: NOTE });
    noteBillingClosed(site.at(NOW));
    noteBillingOpen(site.at(NOW + MINUTE));
    assert.equal(noteBillingClosed(site.at(NOW + 2 * MINUTE)), false);
  });

  it('is not written again for each answer of billing', () => {
    const site = siteOf({ billing: NOTE });
    noteBillingOpen(site.at(NOW));
    assert.equal(site.written(), 0);
  });
});
