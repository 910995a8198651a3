import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { CheckState } from '../../../../src/core/ports/tables.ts';
import { keyOutputs } from '../../support/keyOutputs.ts';
import { at, DAY, HOUR, NOW, quota, reading } from '../../support/samples.ts';
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
