import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { KeyState } from '../../../src/core/quota/keyState.ts';
import { figureOfTotalText, figureText, figureWithShareText } from '../../../src/text/keyFigure.ts';
import { nextCheckText, noticeText, spokenText } from '../../../src/text/keyTexts.ts';
import { at, DAY, HOUR, keyState, MINUTE, NOW, quota, reading } from '../support/samples.ts';
import { useTimeZone } from '../support/timeZone.ts';

const failure = (reason?: string, failureClass = 'transient') => ({
  ...{ class: failureClass, message: 'why' },
  ...(reason !== undefined && { reason }),
});
/** $15.00 of $20.00, an hour old. */
const old = reading({ quota: quota(15, 20), takenAt: at(-HOUR) });
/** A budget whose reset has passed since it was read. */
const reset = reading({ budget: { limit: 10, resetsAt: at(-MINUTE * 30) }, takenAt: at(-HOUR) });
const paused = { failure: failure('checks-paused', 'paused') };

type Row = readonly [what: string, state: Partial<KeyState>, notice: string | undefined, spoken: string];

const LEFT = '$15.00 of $20.00 (75%) left';
const ROWS: readonly Row[] = [
  ['all is well', {}, undefined, `Team, ok, ${LEFT}, updated 12:00 PM`],
  [
    'it ends soon',
    { reading: reading({ quota: quota(15, 20), expiresAt: at(3 * DAY) }) },
    'expires in 3 days',
    `Team, ok, ${LEFT}, expires in 3 days, updated 12:00 PM`,
  ],
  [
    'its end has come and only its gateway can tell',
    { status: 'stale', reading: { ...old, expiresAt: at(-MINUTE) } },
    'out of date',
    `Team, out of date, ${LEFT}, as of 60 minutes ago`,
  ],
  [
    'a part of the answer could not be read',
    { status: 'low', reading: reading({ quota: quota(1, 20), unreadable: ['plan', 'balance'] }) },
    'low · plan unreadable · balance unreadable',
    'Team, low, $1.00 of $20.00 (5%) left, plan unreadable, balance unreadable, updated 12:00 PM',
  ],
  [
    'the last check failed',
    { status: 'low', reading: old, failure: failure('timeout') },
    'low · check failed, as of 11:00 AM',
    `Team, low, ${LEFT}, check failed, as of 11:00 AM`,
  ],
  [
    'it is refused, so that its figure is of before',
    { status: 'disabled', reading: old, failure: failure('key-disabled', 'disabled') },
    'disabled · as of 11:00 AM',
    `Team, disabled, ${LEFT}, as of 11:00 AM`,
  ],
  [
    'its secret is missing, which no gateway has refused',
    { status: 'invalid', reading: undefined, failure: failure('secret-missing', 'bad-key') },
    'secret missing',
    'Team, secret missing',
  ],
  [
    'it was never read',
    { status: 'unknown', reading: undefined, failure: failure('timeout') },
    'no answer',
    'Team, no figures yet, no answer',
  ],
  [
    'its first check is to come',
    { status: 'unknown', reading: undefined },
    'no figures yet',
    'Team, no figures yet',
  ],
  [
    'its figure is old because of the way to its gateway',
    { status: 'stale', reading: old, failure: failure('proxy') },
    'proxy not usable',
    `Team, out of date, ${LEFT}, proxy not usable, as of 60 minutes ago`,
  ],
  [
    'its figure is old because something stands before its gateway',
    { status: 'stale', reading: old, failure: failure('edge-page', 'blocked-by-edge') },
    'out of date · blocked by a protection page',
    `Team, out of date, ${LEFT}, blocked by a protection page, as of 60 minutes ago`,
  ],
  [
    'its figure is old',
    { status: 'stale', reading: old, failure: failure('timeout') },
    'out of date',
    `Team, out of date, ${LEFT}, as of 60 minutes ago`,
  ],
  [
    'its budget has been reset since',
    { status: 'stale', reading: reset, failure: failure('proxy') },
    'unknown since the reset 30 minutes ago',
    'Team, out of date, proxy not usable, unknown since the reset 30 minutes ago, as of 60 minutes ago',
  ],
  [
    'its checks are paused',
    { status: 'low', reading: { ...old, unreadable: ['plan'] }, ...paused },
    'low · plan unreadable · checks paused, as of 11:00 AM',
    `Team, low, ${LEFT}, plan unreadable, checks paused, as of 11:00 AM`,
  ],
  [
    'its checks are paused since before its budget was reset',
    { status: 'stale', reading: reset, ...paused },
    'unknown since the reset 30 minutes ago · checks paused, as of 60 minutes ago',
    'Team, out of date, unknown since the reset 30 minutes ago, checks paused, as of 60 minutes ago',
  ],
  [
    'its checks were paused before the first',
    { status: 'unknown', reading: undefined, ...paused },
    'checks paused',
    'Team, no figures yet, checks paused',
  ],
  [
    'it has no limit',
    { reading: reading({ quota: { unlimited: true, used: 3 } }) },
    undefined,
    'Team, ok, ∞ · used $3.00, updated 12:00 PM',
  ],
  [
    'it is an account of which only the keys are known',
    { reading: reading({ accountKeys: [{ name: 'a' }], accountKeysMissing: { total: 3 } }) },
    undefined,
    'Team, ok, 1 of 3 keys, updated 12:00 PM',
  ],
];

describe('what all views say of a key', () => {
  useTimeZone('UTC');

  for (const [what, state, notice, spoken] of ROWS) {
    it(`when ${what}: ${notice ?? 'nothing beside the figure'}`, () => {
      assert.equal(noticeText(keyState(state), NOW), notice);
      assert.equal(spokenText(keyState(state), NOW), spoken);
    });
  }

  it('says of a budget that is reset only that it is not known, once it has', () => {
    const ahead = reading({ budget: { spent: 4, limit: 10, resetsAt: at(-MINUTE) }, takenAt: at(-HOUR) });
    assert.equal(noticeText(keyState({ status: 'stale', reading: ahead }), NOW), 'out of date');
    const never = reading({ budget: { limit: 10 }, takenAt: at(-HOUR) });
    assert.equal(noticeText(keyState({ status: 'stale', reading: never }), NOW), 'out of date');
  });

  it('shows the figure with its share and its total, where there is one', () => {
    const texts = (state: Partial<KeyState>) => {
      const key = keyState(state);
      return [figureText(key), figureWithShareText(key), figureOfTotalText(key)];
    };
    assert.deepEqual(texts({}), ['$15.00', '$15.00 (75%)', '$15.00 of $20.00 (75%)']);
    assert.deepEqual(texts({ reading: reading({ quota: quota(15) }) }), ['$15.00', '$15.00', '$15.00']);
    assert.deepEqual(texts({ reading: reading({ quota: { unlimited: true } }) }), ['∞', '∞', '∞']);
    assert.deepEqual(texts({ reading: reading() }), [undefined, undefined, undefined]);
    assert.deepEqual(texts({ reading: undefined }), [undefined, undefined, undefined]);
    assert.deepEqual(texts({ reading: reset }), [undefined, undefined, undefined]);
  });

  it('marks what is counted in an assumed unit, save for a gateway’s own', () => {
    const figure = (code: 'USD' | 'UNITS', source: 'default' | 'gateway' | 'setting') =>
      figureText(keyState({ reading: reading({ quota: quota(1500), unit: { code, source } }) }));
    assert.deepEqual(
      [
        figure('USD', 'default'),
        figure('USD', 'gateway'),
        figure('USD', 'setting'),
        figure('UNITS', 'default'),
      ],
      ['≈ $1,500.00', '$1,500.00', '$1,500.00', '1,500 units'],
    );
    const keys = reading({ accountKeys: [], unit: { code: 'USD', source: 'default' } });
    assert.equal(figureText(keyState({ reading: keys })), '≈ 0 keys');
  });

  it('says when the gateway is asked again, or why it is not', () => {
    const next = (state: Partial<KeyState>) => nextCheckText(keyState(state), NOW);
    assert.equal(next({}), '12:05 PM');
    assert.equal(next({ nextCheckAt: at(-MINUTE + 1) }), '11:59 AM');
    assert.equal(next({ nextCheckAt: at(-MINUTE) }), 'overdue since 11:59 AM');
    assert.equal(next({ nextCheckAt: undefined }), 'paused until the key changes or you refresh it');
    assert.equal(next({ ...paused, nextCheckAt: undefined }), 'paused until you resume the checks');
    const silent = failure('secret-unanswered', 'bad-key');
    assert.equal(next({ failure: silent, nextCheckAt: undefined }), 'as soon as the key ring responds');
  });
});
