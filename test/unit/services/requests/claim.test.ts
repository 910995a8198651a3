import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { KeyRecord } from '../../../../src/core/quota/key.ts';
import { gatewayOf } from '../../../../src/gateways/registry.ts';
import { recordOutcome } from '../../../../src/services/polling/recordOutcome.ts';
import {
  type Claim,
  type ClaimOptions,
  type ClaimResult,
  claimKey,
} from '../../../../src/services/requests/claim.ts';
import { SqliteStore } from '../../../../src/store/store.ts';
import { askedBefore } from '../../support/askedBefore.ts';
import { budgetParts } from '../../support/budgetParts.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { race } from '../../support/race.ts';
import { at, keyRecord, MINUTE, NOW, quota, reading } from '../../support/samples.ts';

const ORIGIN = 'https://gw.example';
const LASTS_MS = MINUTE;
const newApi = gatewayOf('newApi') ?? assert.fail();

function record(id: string, origin = ORIGIN): KeyRecord {
  return keyRecord(id, { baseUrl: origin });
}

describe('claims between windows', () => {
  let folder: string;
  let here: SqliteStore;
  let there: SqliteStore;
  const key = record('key');

  beforeEach(() => {
    folder = tempFolder();
    here = new SqliteStore(folder, NOW);
    there = new SqliteStore(folder, NOW);
    here.transaction(() => {
      here.keys.addKey(key);
      here.states.saveState({ keyId: key.id, failures: 0, dueAt: NOW });
    });
  });

  afterEach(() => {
    here.close();
    there.close();
    removeTempFolders();
  });

  const claim = (store: SqliteStore, now = NOW, options: Partial<ClaimOptions> = {}): ClaimResult =>
    claimKey(budgetParts(askedBefore(store)), key, newApi, now, { lastsMs: LASTS_MS, ...options });
  const taken = { refused: 'taken' } as const;
  const booked = () => here.requests.sentSince(ORIGIN, 'scarce', 0);
  const setDue = (dueAt?: number) =>
    here.transaction(() => here.states.saveState({ keyId: key.id, failures: 0, dueAt }));

  function claimed(store: SqliteStore, now = NOW): Claim {
    const result = claim(store, now);
    return 'claim' in result ? result.claim : assert.fail(result.refused);
  }

  it('one window gets a due key and books the call; the other does neither', () => {
    claimed(here);
    assert.deepEqual(booked(), [NOW]);
    assert.deepEqual(claim(there), taken);
    assert.deepEqual(booked(), [NOW]);
  });

  it('of a key that a person has added has the calls that are left to people, at a site that is new', () => {
    // A poll has one of ten calls there, and that is made.
    const fresh = (options: Partial<ClaimOptions> = {}) =>
      claimKey(budgetParts(here), key, newApi, NOW, { lastsMs: LASTS_MS, ...options });
    here.transaction(() => here.requests.addCall(ORIGIN, 'scarce', NOW));
    assert.deepEqual(fresh(), { refused: 'held', freeAt: NOW + 20 * MINUTE });
    const call = { baseUrl: ORIGIN, limiter: 'scarce', keyId: key.id, purpose: 'check' } as const;
    here.transaction(() => here.waiting.saveWaiting(call, NOW, NOW + MINUTE));
    const result = fresh();
    assert.equal('claim' in result && result.claim.isManual, true);
  });

  it('of many windows that try at the same moment exactly one gets each key', async function () {
    // Four more threads take their time to start on a busy machine.
    this.timeout(120_000);
    const racers = 4;
    // So many that they get into each other's way again and again; each on its own, or the budget would hold them.
    const ids = Array.from({ length: 300 }, (_, index) => `key-${String(index).padStart(3, '0')}`);
    const originOf = (id: string) => `https://${id}.example`;
    here.transaction(() => {
      here.keys.removeKey(key.id);
      for (const id of ids) here.keys.addKey(record(id, originOf(id)));
      for (const id of ids) here.states.saveState({ keyId: id, failures: 0, dueAt: NOW });
    });
    const wins = await race<string[]>(
      new URL('../../support/claimRacer.ts', import.meta.url),
      racers,
      folder,
      NOW,
    );
    assert.deepEqual(wins.flat().sort(), ids);
    for (const id of ids) assert.equal(here.requests.sentSince(originOf(id), 'scarce', 0).length, 1, id);
  });

  it('a key that is not due waits, unless a person asks', () => {
    setDue(NOW + 1);
    assert.deepEqual(claim(here), taken);
    assert.ok('claim' in claim(here, NOW, { manual: true }));
  });

  it('a claim looks whether its own check waits, and not at all that do', () => {
    // Nothing else is free, and the claim has to leave room for what waits.
    here.waiting.saveWaiting(
      { baseUrl: ORIGIN, limiter: 'scarce', keyId: key.id, purpose: 'question' },
      NOW,
      NOW + MINUTE,
    );
    here.waiting.waitingChecks = () => assert.fail('read all');
    assert.ok('claim' in claim(here));
  });

  it('a paused key waits, unless a person asks', () => {
    setDue(undefined);
    assert.deepEqual(claim(here), taken);
    assert.ok('claim' in claim(here, NOW, { manual: true }));
  });

  it('a key that was checked in a future, which a clock put back has made, is due', () => {
    const checkedIn = (ms: number, dueAt: number) =>
      here.transaction(() =>
        here.states.saveState({ keyId: key.id, failures: 0, checkedAt: NOW + ms, dueAt }),
      );
    // Clocks of one machine may differ by a minute.
    checkedIn(MINUTE, NOW + 6 * MINUTE);
    assert.deepEqual(claim(here), taken);
    checkedIn(MINUTE + 1, NOW + 6 * MINUTE);
    assert.ok('claim' in claim(here));
  });

  it('a person’s refresh does not take over the claim of another window', () => {
    claimed(there);
    assert.deepEqual(claim(here, NOW, { manual: true, beyondBudget: true }), taken);
  });

  it('a key that another window has just removed cannot be claimed', () => {
    there.transaction(() => there.keys.removeKey(key.id));
    assert.deepEqual(claim(here, NOW, { manual: true }), taken);
    assert.deepEqual(booked(), []);
  });

  it('a claim ends by itself, and then the key can be taken', () => {
    claimed(here);
    assert.deepEqual(claim(there, NOW + LASTS_MS - 1), taken);
    claimed(there, NOW + LASTS_MS);
  });

  it('a full budget holds the key until the oldest call is twenty minutes old', () => {
    here.transaction(() => {
      for (let call = 0; call < 10; call++) here.requests.addCall(ORIGIN, 'scarce', NOW - call * MINUTE);
    });
    assert.deepEqual(claim(there), { refused: 'held', freeAt: NOW + 11 * MINUTE });
    assert.equal(booked().length, 10);
    assert.ok('claim' in claim(there, NOW, { beyondBudget: true }));
    assert.equal(booked().length, 11);
  });

  describe('answers', () => {
    const outcome = { reading: reading({ quota: quota(15, 20) }) };
    const options = { intervalMs: 5 * MINUTE, now: NOW + 1000, chance: 0.5 };

    it('are written down, and free the key', () => {
      const recorded = recordOutcome(budgetParts(here), claimed(here), outcome, options);
      assert.equal(recorded?.state.dueAt, NOW + 1000 + 5 * MINUTE);
      assert.deepEqual(there.states.stateOf(key.id)?.reading, outcome.reading);
      setDue(NOW + 1000);
      claimed(there, NOW + 1000);
    });

    it('that come after the claim ended are dropped', () => {
      const late = claimed(here);
      assert.equal(
        recordOutcome(budgetParts(here), late, outcome, { ...options, now: NOW + LASTS_MS }),
        undefined,
      );
      assert.equal(here.states.stateOf(key.id)?.checkedAt, undefined);
    });

    it('that come after another window has asked are dropped', () => {
      const late = claimed(here);
      const now = NOW + LASTS_MS;
      const current = claimed(there, now);
      assert.equal(recordOutcome(budgetParts(here), late, outcome, { ...options, now }), undefined);
      const newer = { reading: reading({ takenAt: at(LASTS_MS), quota: quota(14, 20) }) };
      assert.ok(recordOutcome(budgetParts(there), current, newer, { ...options, now }));
      assert.deepEqual(here.states.stateOf(key.id)?.reading, newer.reading);
    });

    it('for a key that was removed meanwhile are dropped', () => {
      const late = claimed(here);
      there.transaction(() => there.keys.removeKey(key.id));
      assert.equal(recordOutcome(budgetParts(here), late, outcome, options), undefined);
      assert.deepEqual(here.states.allStates(), []);
    });

    it('that are failures keep the reading and count', () => {
      recordOutcome(budgetParts(here), claimed(here), outcome, options);
      const failure = { class: 'transient', reason: 'timeout' } as const;
      for (const [failures, intervals] of [
        [1, 1],
        [2, 2],
      ] as const) {
        const now = here.states.stateOf(key.id)?.dueAt ?? assert.fail();
        const recorded = recordOutcome(
          budgetParts(here),
          claimed(here, now),
          { failure },
          { ...options, now },
        );
        assert.equal(recorded?.state.failures, failures);
        assert.equal(recorded?.state.dueAt, now + intervals * 5 * MINUTE);
        assert.deepEqual(recorded?.state.reading, outcome.reading);
        assert.equal(recorded?.logLine, failures === 1 ? '“key”: transient (timeout)' : undefined);
      }
      const now = here.states.stateOf(key.id)?.dueAt ?? assert.fail();
      const again = recordOutcome(budgetParts(here), claimed(here, now), outcome, { ...options, now });
      assert.equal(again?.logLine, '“key” answers again');
      assert.equal(again?.state.failures, 0);
      assert.equal(again?.state.failure, undefined);
    });
  });
});
