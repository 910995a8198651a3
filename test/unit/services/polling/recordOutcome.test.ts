import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { CheckState } from '../../../../src/core/ports/checkTables.ts';
import type { Failure } from '../../../../src/core/quota/failure.ts';
import type { KeyRecord } from '../../../../src/core/quota/key.ts';
import { newApi } from '../../../../src/gateways/newApi/newApi.ts';
import type { Outcome } from '../../../../src/services/polling/check.ts';
import { type RecordOptions, recordOutcome } from '../../../../src/services/polling/recordOutcome.ts';
import { claimKey } from '../../../../src/services/requests/claim.ts';
import { SqliteStore } from '../../../../src/store/store.ts';
import { askedBefore } from '../../support/askedBefore.ts';
import { budgetParts } from '../../support/budgetParts.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { at, HOUR, keyRecord, MINUTE, NOW, quota, reading } from '../../support/samples.ts';

const ORIGIN = 'https://gw.example';
const SECOND = 1000;
const INTERVAL = 5 * MINUTE;
const KEY: KeyRecord = keyRecord('a', { label: 'Team', fingerprint: 'f1' });
const TIMEOUT: Failure = { class: 'transient', reason: 'timeout' };
const OWN_BUDGET: Failure = { class: 'rate-limited', reason: 'own-budget' };

describe('what came of a check', () => {
  let store: SqliteStore;

  beforeEach(() => {
    store = askedBefore(new SqliteStore(tempFolder(), NOW));
    store.transaction(() => store.keys.addKey(KEY));
  });

  afterEach(() => {
    store.close();
    removeTempFolders();
  });

  /** Records an outcome for a key that was in such a state, in the middle of the jitter. */
  function record(outcome: Outcome, before: Partial<CheckState> = {}, more: Partial<RecordOptions> = {}) {
    store.transaction(() => store.states.saveState({ keyId: KEY.id, failures: 0, dueAt: NOW, ...before }));
    const options = { lastsMs: MINUTE, manual: true, beyondBudget: true };
    const result = claimKey(budgetParts(store), KEY, newApi, NOW, options);
    const claim = 'claim' in result ? result.claim : assert.fail(result.refused);
    const recorded = recordOutcome(budgetParts(store), claim, outcome, {
      intervalMs: INTERVAL,
      now: NOW,
      chance: 0.5,
      ...more,
    });
    return recorded?.state ?? assert.fail();
  }
  const dueIn = (...args: Parameters<typeof record>) => (record(...args).dueAt ?? 0) - NOW;
  const hold = (limiter: string, ms: number) =>
    store.transaction(() => store.requests.holdLimiter(ORIGIN, limiter, NOW + ms, NOW));

  it('of a key that the request budget had no room for is due when there is', () => {
    hold('scarce', 30 * MINUTE);
    // And half of the jitter, which is a tenth of the interval.
    assert.equal(dueIn({ failure: OWN_BUDGET }), 30 * MINUTE + 15 * SECOND);
  });

  it('goes by the hold of the limiter that the key is read by', () => {
    hold('scarce', 30 * MINUTE);
    hold('general', 50 * MINUTE);
    const before = { reading: reading({ source: 'billing' }) } as const;
    assert.equal(dueIn({ failure: OWN_BUDGET }, before), 50 * MINUTE + 15 * SECOND);
  });

  describe('of one of many keys', () => {
    // In the middle of a third of the interval and the whole: 200 of 300 seconds.
    const SPREAD: readonly [
      what: string,
      before: Partial<CheckState>,
      more: Partial<RecordOptions>,
      s: number,
    ][] = [
      ['is due at a moment by chance after its first check', {}, { mayBurst: true }, 200],
      ['is due at one after a pause', { checkedAt: NOW - 1.5 * INTERVAL - 1 }, { mayBurst: true }, 200],
      ['is due after its interval otherwise', { checkedAt: NOW - 1.5 * INTERVAL }, { mayBurst: true }, 300],
      ['is due after its interval where calls are paced', {}, { mayBurst: false }, 300],
      [
        'is due apart from the others',
        { checkedAt: NOW - INTERVAL },
        { dueOfOthers: [NOW + 290 * SECOND, NOW + 300 * SECOND] },
        330,
      ],
      [
        'is due together with a key of another gateway, within its jitter',
        { checkedAt: NOW - INTERVAL },
        { dueElsewhere: [NOW + 269 * SECOND, NOW + 310 * SECOND, NOW + 331 * SECOND] },
        310,
      ],
    ];
    for (const [what, before, more, seconds] of SPREAD) {
      it(what, () =>
        assert.equal((record({ reading: reading() }, before, more).dueAt ?? 0) - NOW, seconds * SECOND),
      );
    }
  });

  it('goes by no hold for a failure of another class', () => {
    hold('scarce', 30 * MINUTE);
    assert.equal(dueIn({ failure: TIMEOUT }), INTERVAL);
  });

  it('is due just after the key’s end, but not while its limiter is on hold', () => {
    const ends = reading({ expiresAt: at(2 * MINUTE) });
    assert.equal(dueIn({ reading: ends }), 2 * MINUTE + 5 * SECOND);
    assert.equal(dueIn({ failure: TIMEOUT }, { reading: ends }), 2 * MINUTE + 5 * SECOND);
    hold('scarce', 3 * MINUTE);
    assert.equal(dueIn({ failure: { ...OWN_BUDGET } }, { reading: ends }), 3 * MINUTE);
  });

  it('is a lasting refusal of a key that never worked, and is doubted of one that has', () => {
    const failure: Failure = { class: 'bad-key', reason: 'refused-key' };
    assert.equal(record({ failure }).failure?.class, 'bad-key');
    const doubted = record({ failure }, { reading: reading() }).failure;
    assert.deepEqual([doubted?.class, doubted?.doubted], ['transient', 'bad-key']);
  });

  it('adds a reading’s figures to the history, and has the forecast from it', () => {
    const state = record({ reading: reading({ quota: quota(15, 20) }) });
    assert.deepEqual(state.forecast, { confidence: 'none' });
    const rows = store.history.historyRows(KEY.id, NOW - HOUR, NOW + HOUR);
    assert.deepEqual(
      rows.map(row => row.remaining),
      [15],
    );
  });

  it('has no forecast from a reading without figures, and leaves the one before to a failure', () => {
    const forecast = { perDay: 24, confidence: 'good' } as const;
    assert.equal(record({ reading: reading() }, { forecast }).forecast, undefined);
    assert.deepEqual(store.history.historyRows(KEY.id, NOW - HOUR, NOW + HOUR), []);
    assert.deepEqual(record({ failure: TIMEOUT }, { forecast }).forecast, forecast);
  });

  it('tells since when figures have been as they are, but not of a first reading', () => {
    const since = (used: number, before: Partial<CheckState>) =>
      record({ reading: reading({ quota: quota(20 - used, 20) }) }, before).unchangedSince;
    const first = { reading: reading({ takenAt: at(-5 * MINUTE), quota: quota(20, 20) }) };
    assert.equal(since(0, {}), undefined);
    assert.equal(since(0, first), NOW - 5 * MINUTE);
    assert.equal(since(0, { ...first, unchangedSince: NOW - HOUR }), NOW - HOUR);
    assert.equal(since(0, { ...first, unchangedSince: NOW + HOUR }), NOW);
    assert.equal(since(1, first), NOW);
  });

  it('is dropped where its site was found meanwhile to tell the account’s figures', () => {
    const site = { lineage: 'newApi', version: 'v0.12.0', display: 'USD', unitsPerDollar: 500_000 };
    const billing = { mode: 'account', version: 'v0.12.0', unit: 'USD 500000', at: NOW, since: NOW };
    store.transaction(() =>
      store.sites.saveSite(ORIGIN, JSON.stringify({ ...site, notes: { billing } }), NOW),
    );
    const billed = reading({ source: 'billing', quota: quota(15, 20) });
    const dropped = record({ reading: billed });
    assert.deepEqual([dropped.reading, dropped.dueAt], [undefined, NOW]);
    assert.deepEqual(store.history.historyRows(KEY.id, NOW - HOUR, NOW + HOUR), []);
    assert.ok(record({ reading: { ...billed, source: 'key' } }).reading, 'the key’s own');
    assert.ok(record({ reading: billed, memory: { ownAt: NOW, limit: 1 } }).reading, 'compared with its own');
  });
});
