import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { hasMoved } from '../../../../src/core/quota/hasMoved.ts';
import { type PaceInput, type PollPace, paceOf } from '../../../../src/core/quota/pollPace.ts';
import type { Reading } from '../../../../src/core/quota/reading.ts';
import { DAY, HOUR, MINUTE, NOW } from '../../support/samples.ts';

describe('how closely a key is followed', () => {
  const still = (ms: number): PaceInput => ({
    unchangedSince: NOW - ms,
    pinned: false,
    urgent: false,
    failing: false,
  });
  const TABLE: readonly [what: string, PaceInput, PollPace][] = [
    ['its figures moved just now', still(0), 'close'],
    ['they moved 14 minutes ago', still(14 * MINUTE), 'close'],
    ['they moved 15 minutes ago', still(15 * MINUTE), 'usual'],
    ['they have stood still for 47 hours', still(47 * HOUR), 'usual'],
    ['they have stood still for two days', still(2 * DAY), 'seldom'],
    ['they moved in the last check, a day ago', { ...still(DAY), checkedAt: NOW - DAY }, 'close'],
    ['they had not moved in the last check', { ...still(DAY), checkedAt: NOW - DAY + 1 }, 'usual'],
    ['pinned, and still for a week', { ...still(7 * DAY), pinned: true }, 'close'],
    ['low or about to end, and still for a week', { ...still(7 * DAY), urgent: true }, 'close'],
    [
      'the last check failed, and they have stood still for a week',
      { ...still(7 * DAY), failing: true },
      'close',
    ],
    ['there are no figures yet', { ...still(0), unchangedSince: undefined }, 'close'],
    ['they moved at a time still to come, by a clock put back since', still(-HOUR), 'close'],
  ];
  for (const [what, input, pace] of TABLE) {
    it(`${what}: ${pace}`, () => assert.equal(paceOf(input, NOW), pace));
  }
});

describe('whether figures moved between two readings', () => {
  const DOLLARS = { code: 'USD', source: 'gateway' } as const;
  const reading = (more: Partial<Reading>): Reading => ({
    takenAt: new Date(NOW).toISOString(),
    unit: DOLLARS,
    ...more,
  });
  const key = reading({ quota: { unlimited: false, used: 3, remaining: 7 } });
  const TABLE: readonly [what: string, before: Reading, after: Reading, moved: boolean][] = [
    ['nothing differs', key, key, false],
    ['more is used', key, reading({ quota: { unlimited: false, used: 4, remaining: 7 } }), true],
    ['less is left', key, reading({ quota: { unlimited: false, used: 3, remaining: 6 } }), true],
    ['the use is no longer told', key, reading({ quota: { unlimited: false, remaining: 7 } }), false],
    [
      'another unit',
      key,
      { ...reading({ quota: { unlimited: false, used: 21 } }), unit: { code: 'CNY', source: 'gateway' } },
      false,
    ],
    ['an account spent', reading({ account: { used: 1 } }), reading({ account: { used: 2 } }), true],
    [
      'an account was topped up',
      reading({ account: { balance: 1 } }),
      reading({ account: { balance: 9 } }),
      true,
    ],
    [
      'a budget was spent from',
      reading({ budget: { spent: 1, limit: 5 } }),
      reading({ budget: { spent: 2, limit: 5 } }),
      true,
    ],
    ['only the name', key, { ...key, name: 'another' }, false],
  ];
  for (const [what, before, after, moved] of TABLE) {
    it(`${what}: ${moved ? 'moved' : 'not moved'}`, () => assert.equal(hasMoved(before, after), moved));
  }
});
