import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { KeyRecord } from '../../../../src/core/quota/key.ts';
import { newApi } from '../../../../src/gateways/newApi/newApi.ts';
import type { PolledKey } from '../../../../src/services/polling/polledKey.ts';
import { reserveOptionsFor } from '../../../../src/services/polling/reserveOptions.ts';
import { keyRecord, MINUTE, NOW } from '../../support/samples.ts';

const record = (id: string, pinned = false) => keyRecord(id, { pinned });
const entry = (key: KeyRecord, more: Partial<PolledKey> = {}): PolledKey => ({
  key,
  gateway: newApi,
  state: { keyId: key.id, failures: 0, dueAt: NOW + MINUTE },
  intervalMs: 15 * MINUTE,
  limiterName: 'scarce',
  limiter: { calls: 10, windowMs: 20 * MINUTE, holdMs: 20 * MINUTE },
  limiterId: 'https://gw.example scarce',
  isOneOfMany: false,
  isOneOfManyNew: false,
  isSaturated: false,
  urgent: false,
  pace: 'close',
  ...more,
});

describe('how polls of a crowded limiter are spread', () => {
  const NEW = { calls: 1, windowMs: 20 * MINUTE, holdMs: 20 * MINUTE };
  const spread = (more: Partial<PolledKey>) => {
    const options = reserveOptionsFor(
      entry(record('a'), { isSaturated: true, ...more }),
      [],
      () => false,
      NOW,
    );
    return [(options.spread?.paceMs ?? 0) / MINUTE, options.leavesOne];
  };

  it('over its window, with one call left for what cannot wait', () =>
    assert.deepEqual(spread({}), [2, true]));

  it('by what pinned keys take on average, which is less than what is planned of them in some windows', () => {
    const options = reserveOptionsFor(
      entry(record('a'), { isSaturated: true }),
      [entry(record('pinned', true), { intervalMs: 8 * MINUTE })],
      () => false,
      NOW,
    );
    // After 1, 9 and 17 minutes; of ten calls in twenty minutes it takes 2.5, so that 7.5 are left.
    assert.equal(options.leavesRoomFor?.length, 3);
    assert.equal((options.spread?.paceMs ?? 0) / MINUTE, 20 / 7.5);
  });

  it('by its whole calls at a new site, of which no call is held back: our part grows as it is used', () =>
    assert.deepEqual(spread({ limiter: NEW }), [2, false]));

  it('by the calls that are ours where others ask', () =>
    assert.deepEqual(spread({ limiter: { ...NEW, othersAsk: true } }), [20, true]));
});

describe('what a poll leaves to pinned keys', () => {
  const roomFor = (pinned: PolledKey) =>
    reserveOptionsFor(entry(record('other')), [pinned], () => false, NOW).leavesRoomFor;

  it('is a call for each time at which one will be asked', () => {
    assert.deepEqual(roomFor(entry(record('pinned', true))), [NOW + MINUTE, NOW + 16 * MINUTE]);
  });

  it('is none for one whose account is asked instead', () => {
    assert.deepEqual(roomFor(entry(record('pinned', true), { account: record('account') })), []);
  });
});
