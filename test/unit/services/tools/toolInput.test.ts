import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import { queryUsage } from '../../../../src/services/tools/queryUsage.ts';
import { parseToolInput } from '../../../../src/services/tools/toolInput.ts';
import { forAll } from '../../support/forAll.ts';
import { NOW } from '../../support/samples.ts';

const SHAPE = { key: 'text', refresh: 'flag', range: ['today', 'last-7-days'] } as const;

describe('what a model fills in', () => {
  it('is read where it is known; null and empty texts are nothing', () => {
    assert.deepEqual(parseToolInput({ key: ' key 1 ', refresh: true, range: 'today' }, SHAPE), {
      key: 'key 1',
      refresh: true,
      range: 'today',
    });
    assert.deepEqual(parseToolInput({ key: '', refresh: null, range: ' ' }, SHAPE), {});
    assert.deepEqual(parseToolInput({ key: undefined, refresh: undefined, range: undefined }, SHAPE), {});
    assert.deepEqual(parseToolInput({ key: 'x'.repeat(200) }, SHAPE), { key: 'x'.repeat(200) });
    for (const none of [undefined, null, {}]) assert.deepEqual(parseToolInput(none, SHAPE), {});
  });

  const REFUSED: readonly (readonly [input: unknown, told: RegExp])[] = [
    [{ range: 'today', model: 'gpt-4o' }, /no input “model”\. There are: key, refresh, range\./],
    [{ range: 'last_7_days' }, /“range” must be one of: today, last-7-days\./],
    [{ range: 7 }, /“range” must be one of/],
    [{ refresh: 'yes' }, /“refresh” must be true or false/],
    [{ refresh: 1 }, /“refresh” must be true or false/],
    [{ key: 5 }, /“key” must be a text/],
    [{ key: ['key 1'] }, /“key” must be a text/],
    [{ key: 'x'.repeat(201) }, /“key” must be a text of at most 200 characters/],
    [{ ['x'.repeat(60)]: 1 }, /no input “x{60}”\./],
    [{ ['x'.repeat(61)]: 1 }, /no input “x{60}…”\./],
    [{ constructor: 'x' }, /no input “constructor”/],
    [JSON.parse('{"__proto__":"x"}'), /no input “__proto__”/],
    [['today'], /must be an object/],
    ['today', /must be an object/],
  ];
  for (const [input, told] of REFUSED) {
    it(`${JSON.stringify(input).slice(0, 40)} is refused with what is allowed`, () =>
      assert.throws(() => parseToolInput(input, SHAPE), told));
  }

  it('is never answered when any of it is not known', () => {
    forAll(fc.object(), input => {
      const strange = Object.keys(input).some(name => !(name in SHAPE));
      try {
        parseToolInput(input, SHAPE);
        return !strange;
      } catch {
        return true;
      }
    });
  });
});

describe('a range for an agent', () => {
  // Nothing of the parts is reached before the range is known.
  const ask = (input: object) =>
    queryUsage({ clock: { now: () => NOW } } as never, input, AbortSignal.timeout(1000));
  it('that is not known is refused with those that are', () =>
    assert.rejects(ask({ range: 'last_7_days' }), /one of: today, yesterday, last-24-hours, last-7-days/));
  it('is asked for when there is none', () => assert.rejects(ask({}), /Give “range” \(one of: today/));
  it('cannot be two', () =>
    assert.rejects(ask({ range: 'today', from: '2026-06-01', to: '2026-06-02' }), /not both/));
  it('with a model is refused', () =>
    assert.rejects(ask({ range: 'today', model: 'gpt-4o' }), /no input “model”/));
});
