import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { KeyRecord } from '../../../../src/core/quota/key.ts';
import { newApi } from '../../../../src/gateways/newApi/newApi.ts';
import type { PolledKey } from '../../../../src/services/polling/polledKey.ts';
import { reserveOptionsFor } from '../../../../src/services/polling/reserveOptions.ts';
import { MINUTE, NOW } from '../../support/samples.ts';

const record = (id: string, pinned = false): KeyRecord => ({
  ...{ id, label: id, kind: 'newApi', origin: 'https://gw.example', credential: 'apiKey' },
  ...{ fingerprint: id, pinned, createdAt: NOW },
});
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
  isCrowded: false,
  urgent: false,
  pace: 'close',
  ...more,
});

describe('what a poll leaves to pinned keys', () => {
  const roomFor = (pinned: PolledKey) =>
    reserveOptionsFor(entry(record('other')), [pinned], new Set(), NOW).leavesRoomFor;

  it('is a call for each time at which one will be asked', () => {
    assert.deepEqual(roomFor(entry(record('pinned', true))), [NOW + MINUTE, NOW + 16 * MINUTE]);
  });

  it('is none for one whose account is asked instead', () => {
    assert.deepEqual(roomFor(entry(record('pinned', true), { account: record('account') })), []);
  });
});
