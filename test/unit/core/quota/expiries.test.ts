import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { expiriesOf } from '../../../../src/core/quota/expiries.ts';
import { at, DAY, keyState, NOW, reading } from '../../support/samples.ts';

describe('keys that end', () => {
  it('come in order, the next one first and those that have ended last; others do not come', () => {
    const key = (id: string, expiresAt: string | null | undefined, plan?: string) =>
      keyState({
        id,
        label: id,
        reading: reading({ expiresAt, plan: plan ? { expiresAt: plan } : undefined }),
      });
    const list = expiriesOf(
      [
        key('late', at(90 * DAY)),
        key('ended', at(-DAY)),
        key('never', null),
        key('unknown', undefined),
        key('soon', at(DAY)),
        key('plan', undefined, at(2 * DAY)),
        key('both', at(9 * DAY), at(3 * DAY)),
        keyState({ id: 'no reading', reading: undefined }),
      ],
      NOW,
    );
    assert.deepEqual(
      list.map(({ id, what, expired }) => `${id} ${what} ${expired}`),
      ['soon key false', 'plan plan false', 'both plan false', 'late key false', 'ended key true'],
    );
    assert.deepEqual(
      expiriesOf(
        [
          { ...key('refused', at(DAY)), status: 'expired', failure: { class: 'expired', message: '' } },
          { ...key('doubtful', at(-DAY)), status: 'stale' },
        ],
        NOW,
      ).map(({ id, expired }) => `${id} ${expired}`),
      ['doubtful false', 'refused true'],
      'what the gateway says, or has yet to say, goes before the date',
    );
    assert.deepEqual(list[0], {
      id: 'soon',
      label: 'soon',
      baseUrl: 'https://gw.example',
      expiresAt: at(DAY),
      what: 'key',
      expired: false,
    });
  });
});

describe('a key whose end has passed by this computer’s clock alone', () => {
  it('is not said to have ended until its gateway was asked', () => {
    const list = (status: 'stale' | 'expired') =>
      expiriesOf([keyState({ status, reading: reading({ expiresAt: at(-DAY) }) })], NOW);
    assert.deepEqual([list('stale')[0]?.expired, list('expired')[0]?.expired], [false, true]);
  });
});
