import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parseKeyStatus, statusOf } from '../../../../src/gateways/newApi/keyStatus.ts';
import { at, NOW } from '../../support/samples.ts';

describe('what a gateway says about a key of its list', () => {
  const CASES: readonly [status: unknown, enabled: boolean | undefined, expected: string | undefined][] = [
    [1, undefined, 'usable'],
    [2, undefined, 'disabled'],
    [3, undefined, 'expired'],
    [4, undefined, 'exhausted'],
    ['2', undefined, 'disabled'],
    [99, undefined, 'usable'],
    ['enabled', undefined, 'usable'],
    ['Active', undefined, 'usable'],
    ['DISABLED', undefined, 'disabled'],
    ['paused', undefined, undefined],
    [undefined, undefined, undefined],
    [null, undefined, undefined],
    [1, true, 'usable'],
    [1, false, 'disabled'],
    [2, true, 'disabled'],
    [4, false, 'exhausted'],
    [undefined, true, 'usable'],
    [undefined, false, 'disabled'],
    ['paused', true, 'usable'],
    ['paused', false, 'disabled'],
  ];
  for (const [status, enabled, expected] of CASES) {
    it(`by status ${JSON.stringify(status)}, enabled ${enabled}: ${expected}`, () =>
      assert.equal(parseKeyStatus(status, enabled), expected));
  }
});

describe('why a key of a list cannot be used', () => {
  type Args = readonly [own: Parameters<typeof statusOf>[0], end: string | null | undefined, left?: number];
  const CASES: readonly [what: string, args: Args, expected: string | undefined][] = [
    ['it is usable', ['usable', at(1), 5], undefined],
    ['it never ends', ['usable', null, 5], undefined],
    ['nothing is told', [undefined, undefined], undefined],
    ['it ends now, which the gateway has not noticed', ['usable', at(0), 5], 'expired'],
    ['it ended, and nothing else is told', [undefined, at(-1)], 'expired'],
    ['it ended, with nothing left', ['usable', at(-1), 0], 'expired'],
    ['nothing is left', ['usable', null, 0], 'exhausted'],
    ['less than nothing is left', [undefined, at(1), -1], 'exhausted'],
    ['the gateway says that it is disabled', ['disabled', at(-1), 0], 'disabled'],
    ['the gateway says that it is used up', ['exhausted', at(-1), 5], 'exhausted'],
    ['the gateway says that it is expired', ['expired', at(1), 5], 'expired'],
  ];
  for (const [what, [own, end, left], expected] of CASES) {
    it(`${expected ?? 'nothing'}: ${what}`, () => assert.equal(statusOf(own, end, left, NOW), expected));
  }
});
