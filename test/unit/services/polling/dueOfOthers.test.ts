import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { CheckState } from '../../../../src/core/ports/checkTables.ts';
import type { KeyRecord } from '../../../../src/core/quota/key.ts';
import { dueElsewhere, dueOfOthers } from '../../../../src/services/polling/dueOfOthers.ts';
import type { PolledKey } from '../../../../src/services/polling/polledKey.ts';
import { MINUTE, NOW } from '../../support/samples.ts';

const entry = (id: string, minutes: number | undefined, more: Partial<PolledKey> = {}): PolledKey => ({
  key: { id, label: id, kind: 'newApi', baseUrl: 'https://gw.example', credential: 'apiKey' } as KeyRecord,
  gateway: undefined,
  state: {
    keyId: id,
    failures: 0,
    dueAt: minutes === undefined ? undefined : NOW + minutes * MINUTE,
  } as CheckState,
  intervalMs: 5 * MINUTE,
  limiterName: 'general',
  limiter: { calls: 90, windowMs: 3 * MINUTE, holdMs: 3 * MINUTE },
  limiterId: 'https://gw.example general',
  isOneOfMany: true,
  isOneOfManyNew: false,
  isSaturated: false,
  urgent: false,
  pace: 'close',
  ...more,
});

describe('when the other keys of a limiter are due', () => {
  const self = entry('self', 1);
  const others = (...entries: PolledKey[]) =>
    dueOfOthers(self, [self, ...entries]).map(at => (at - NOW) / MINUTE);

  it('is the time of each', () => assert.deepEqual(others(entry('a', 2), entry('b', 3)), [2, 3]));

  it('is none for a key of another limiter', () =>
    assert.deepEqual(others(entry('a', 2, { limiterId: 'https://gw.example scarce' })), []));

  it('is none for keys that are not asked: read from an account, paused by a person, or for good', () => {
    const { key } = entry('a', 2);
    assert.deepEqual(
      others(
        entry('a', 2, { account: key }),
        entry('b', 2, { key: { ...key, id: 'b', pausedAt: NOW } }),
        entry('c', undefined),
      ),
      [],
    );
  });
});

describe('when the keys of other gateways are due', () => {
  const self = entry('self', 1);
  const { key } = self;
  const away = (id: string, minutes: number | undefined, more: Partial<PolledKey> = {}) =>
    entry(id, minutes, { key: { ...key, id, baseUrl: 'https://other.example' }, ...more });
  const elsewhere = (...entries: PolledKey[]) =>
    dueElsewhere(self, [self, ...entries]).map(at => (at - NOW) / MINUTE);

  it('is the time of each, and of none at its own base URL', () =>
    assert.deepEqual(elsewhere(entry('a', 2), away('b', 3), away('c', 4)), [3, 4]));

  it('is none for keys that are not asked', () => {
    const paused = { ...key, id: 'b', baseUrl: 'https://other.example', pausedAt: NOW };
    assert.deepEqual(
      elsewhere(away('a', 2, { account: key }), away('b', 2, { key: paused }), away('c', undefined)),
      [],
    );
  });

  it('is nothing where there are many keys', () => {
    const many = Array.from({ length: 100 }, (_, index) => away(`${index}`, 2));
    assert.equal(elsewhere(...many.slice(1)).length, 99);
    assert.equal(elsewhere(...many).length, 0);
  });
});
