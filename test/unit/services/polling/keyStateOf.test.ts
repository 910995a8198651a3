import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { CheckState } from '../../../../src/core/ports/checkTables.ts';
import { keyStateOf } from '../../../../src/services/polling/keyStateOf.ts';
import { keyOutputs } from '../../support/keyOutputs.ts';
import { at, DAY, HOUR, keyRecord, MINUTE, NOW, quota, reading } from '../../support/samples.ts';
import { SETTINGS } from '../../support/testWindow.ts';

const FORECAST = { lastsUntil: at(DAY), perDay: 2.6, confidence: 'good' } as const;

/** A key that was good a moment ago, by whose pace $8.00 would last until tomorrow. */
const said = (failure: CheckState['failure'], more: Pick<Partial<CheckState>, 'reading'> = {}) =>
  keyOutputs(
    {
      ...{ reading: reading({ quota: quota(8, 10) }), forecast: FORECAST, checkedAt: NOW, failures: 1 },
      ...{ keyId: 'k', dueAt: NOW + HOUR, failure, ...more },
    },
    SETTINGS,
    NOW,
  );

describe('how long a key lasts', () => {
  it('is told while it can be used', () => {
    const { barTime, tool, warnings } = said(undefined);
    assert.match(barTime, /about 24 hours left/);
    assert.deepEqual([tool?.lastsUntil, warnings], [at(DAY), ['forecast 0']]);
  });

  for (const [failureClass, reason] of [
    ['exhausted', 'used-up'],
    ['expired', 'past-expiry'],
    ['disabled', 'key-disabled'],
    ['bad-key', 'refused-key'],
  ] as const) {
    it(`is nowhere told of one that is refused as ${failureClass}`, () => {
      const { barTime, tree, tool, warnings, sentences } = said({ class: failureClass, reason });
      assert.doesNotMatch(barTime, /left/);
      assert.doesNotMatch(tree.facts.get('forecast') ?? '', /until/);
      assert.equal(tool?.lastsUntil, undefined);
      assert.ok(!warnings.some(each => each.startsWith('forecast')), warnings.join());
      assert.doesNotMatch(sentences.join(), /will run out/);
    });
  }

  it('is nowhere told of one of which nothing is left', () => {
    const { barTime, warnings } = said(undefined, { reading: reading({ quota: quota(0, 10) }) });
    assert.doesNotMatch(barTime, /left/);
    assert.deepEqual(warnings, ['low 0']);
  });
});

describe('the state of a key', () => {
  const KEY = keyRecord('k', { label: 'Team', fingerprint: 'f1' });
  const TIMEOUT = { class: 'transient', reason: 'timeout' } as const;
  type Parts = Parameters<typeof keyStateOf>[0];
  const stateOf = (state: Partial<CheckState>, more: Partial<Parts> = {}) =>
    keyStateOf(
      {
        key: KEY,
        state: { keyId: 'k', failures: 0, dueAt: NOW + MINUTE, ...state },
        intervalMs: 5 * MINUTE,
        ...more,
      },
      SETTINGS,
      NOW,
    );

  it('names the next check: when it is due, or its limiter has room', () => {
    assert.equal(stateOf({}).nextCheckAt, at(MINUTE));
    assert.equal(stateOf({}, { heldUntil: NOW + HOUR }).nextCheckAt, at(HOUR));
    assert.equal(stateOf({}, { heldUntil: NOW }).nextCheckAt, at(MINUTE));
  });

  it('names no next check while none will be made', () => {
    assert.equal(stateOf({ dueAt: undefined }).nextCheckAt, undefined);
    assert.equal(stateOf({}, { obstacle: TIMEOUT }).nextCheckAt, undefined);
  });

  it('has the failure of this window before the stored one, and none where there is none', () => {
    const obstacle = { class: 'bad-key', reason: 'secret-missing' } as const;
    const { failure, status } = stateOf({ failure: TIMEOUT }, { obstacle });
    assert.deepEqual(
      [failure?.class, failure?.reason, failure?.retryAt, status],
      ['bad-key', 'secret-missing', undefined, 'invalid'],
    );
    const stored = stateOf({ failure: TIMEOUT }).failure;
    assert.deepEqual([stored?.class, stored?.reason, stored?.retryAt], ['transient', 'timeout', at(MINUTE)]);
    assert.equal(stateOf({}).failure, undefined);
  });

  it('has an end in its forecast only where it is known how much is left', () => {
    const lasts = (more: Parameters<typeof reading>[0]) =>
      stateOf({ reading: reading(more), forecast: FORECAST }).forecast;
    assert.deepEqual(lasts({ quota: quota(8, 10) }), FORECAST);
    assert.deepEqual(lasts({}), { perDay: 2.6, confidence: 'good' });
  });

  it('says how far apart checks are where others ask from the same address, and checks are made', () => {
    const shared = { othersAsk: true, intervalMs: 160 * MINUTE };
    assert.deepEqual(stateOf({}, shared).sharedAddress, { everyMinutes: 160 });
    assert.deepEqual(stateOf({}, { ...shared, intervalMs: 20_000 }).sharedAddress, { everyMinutes: 1 });
    assert.equal(stateOf({}, { ...shared, othersAsk: false }).sharedAddress, undefined);
    assert.equal(stateOf({ dueAt: undefined }, shared).sharedAddress, undefined);
    assert.equal(stateOf({}, { ...shared, obstacle: TIMEOUT }).sharedAddress, undefined);
  });

  it('names when it was checked, where it was', () => {
    assert.equal(stateOf({ checkedAt: NOW - HOUR }).checkedAt, at(-HOUR));
    assert.equal(stateOf({}).checkedAt, undefined);
  });
});
