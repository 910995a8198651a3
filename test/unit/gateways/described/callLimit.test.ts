import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { describedGatewayOf } from '../../../../src/gateways/described/described.ts';
import { setDescriptions } from '../../../../src/gateways/described/descriptions.ts';

const CALLS: readonly (readonly [string, unknown, expected: number])[] = [
  ['no description at all', undefined, 60],
  ['what the description says', { a: { callsPerHour: 12 } }, 12],
  ['a number below 1', { a: { callsPerHour: -5 } }, 1],
  ['text', { a: { callsPerHour: '12' } }, 60],
  ['a list', { a: { callsPerHour: [12] } }, 60],
  ['an object that no number can be made of', { a: { callsPerHour: { toString: 1, valueOf: 1 } } }, 60],
];

describe('how often a described gateway is asked in an hour, by a setting', () => {
  afterEach(() => setDescriptions(undefined));

  for (const [what, setting, expected] of CALLS) {
    it(`is ${expected} for ${what}`, () => {
      setDescriptions(setting);
      assert.equal(describedGatewayOf('described:a')?.limiters.described?.calls, expected);
    });
  }
});
