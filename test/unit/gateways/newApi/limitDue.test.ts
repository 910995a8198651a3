import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { isLimitDue, type LimitInput } from '../../../../src/gateways/newApi/limitDue.ts';
import { HOUR, MINUTE } from '../../support/samples.ts';

const still: LimitInput = {
  ageMs: MINUTE,
  before: 10_000,
  used: 10_000,
  display: 'USD',
  isWanted: false,
};
/** Two per cent of 10,000 are 200. */
const moved = (used: number, more: Partial<LimitInput> = {}): LimitInput => ({ ...still, used, ...more });

describe('whether billing is asked for the limit', () => {
  const TABLE: readonly [what: string, input: LimitInput, due: boolean][] = [
    ['nothing moved for two minutes', still, false],
    ['nothing moved for nearly two hours', { ...still, ageMs: 2 * HOUR - 1 }, false],
    ['nothing moved for two hours', { ...still, ageMs: 2 * HOUR }, true],
    ['it was never asked for', { ...still, ageMs: undefined }, true],
    ['it was asked for at a time still to come, by a clock put back since', { ...still, ageMs: -1 }, true],
    ['it is wanted', { ...still, isWanted: true }, true],
    ['the use before is not known', { ...still, before: undefined }, true],
    ['two per cent more is used', moved(10_200), false],
    ['more than two per cent more is used', moved(10_201), true],
    ['two per cent more in tokens', moved(10_200, { display: 'TOKENS' }), false],
    [
      'hardly more in yuan, whose rate may have changed by as little',
      moved(10_001, { display: 'CNY' }),
      true,
    ],
    ['as much in yuan', { ...still, display: 'CNY' }, false],
    ['something was given back', moved(9_999), true],
    ['the first use', moved(1, { before: 0 }), true],
    ['a little more for nearly an hour', moved(10_001, { ageMs: HOUR - 1 }), false],
    ['a little more for an hour', moved(10_001, { ageMs: HOUR }), true],
  ];
  for (const [what, input, due] of TABLE) {
    it(`${due ? 'yes' : 'no'}: ${what}`, () => assert.equal(isLimitDue(input), due));
  }
});
