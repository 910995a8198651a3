import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { LogRow } from '../../../../src/core/usage/logRow.ts';
import { applyFilterLocally } from '../../../../src/gateways/newApi/logFilters.ts';

describe('a model filter on rows that came in spite of it', () => {
  const passes = (model: string, pattern: string) => {
    const row: LogRow = { at: '2026-06-15T00:00:00.000Z', type: 'consume', keyName: 'k', model };
    return applyFilterLocally([row], { page: 1, pageSize: 50, model: pattern }).rows.length === 1;
  };

  for (const [model, pattern, fits] of [
    ['gpt-4o', 'gpt-4o', true],
    ['gpt-4o', 'GPT-4O', true],
    ['gpt-4o', 'gpt_4o', true],
    ['gpt-4o', 'gpt', false],
    ['gpt-4o', '4o', false],
    ['aba', 'ab%ba', false],
    ['ab-ba', 'ab%ba', true],
    ['gpt-4o', 'gpt%', true],
    ['gpt-4o', '%4o', true],
    ['gpt-4o-mini', '%4o', false],
    ['gpt-4o-mini-4o', '%4o', true],
    ['gpt-4o', 'g%-%o%', true],
    ['gpt-4o', 'gpt-4o_', false],
    ['gpt-4.1', 'gpt-4[.]1', false],
    ['模型😀x', '模型_x', true],
  ] as const) {
    it(`${model} ${fits ? 'is' : 'is not'} like ${pattern}`, () =>
      assert.equal(passes(model, pattern), fits));
  }

  // By trying every way to fit, this would take longer than a test may.
  it('answers at once, whatever the pattern', () => {
    assert.equal(passes('a'.repeat(100), `${'%a'.repeat(45)}!`), false);
  });
});

describe('parts of a filter that the gateway ignored', () => {
  const ROW: LogRow = {
    at: '2026-06-15T00:00:01.000Z',
    type: 'consume',
    keyName: 'alice',
    model: 'gpt-4.1',
    group: 'default',
    requestId: 'r1',
  };
  const AT = Date.parse(ROW.at);
  type Filter = Partial<Parameters<typeof applyFilterLocally>[1]>;
  const apply = (filter: Filter, row: LogRow = ROW) => {
    const { rows, appliedHere, notApplied } = applyFilterLocally([row], { page: 1, pageSize: 50, ...filter });
    return [rows.length, appliedHere, notApplied];
  };

  it('are none where every row passes', () => {
    const whole: Filter = {
      type: 'consume',
      keyName: 'alice',
      model: 'gpt%',
      group: 'default',
      requestId: 'r1',
    };
    assert.deepEqual(apply({ ...whole, from: AT, to: AT }), [1, [], []]);
    assert.deepEqual(apply({}), [1, [], []]);
    assert.deepEqual(apply({ from: AT + 999 }), [1, [], []], 'the gateway counts whole seconds');
  });

  it('are applied here, and named', () => {
    const wrong: Required<Omit<Filter, 'page' | 'pageSize'>> = {
      type: 'topUp',
      keyName: 'bob',
      model: 'claude',
      group: 'vip',
      requestId: 'r2',
      from: AT + 1000,
      to: AT - 1,
    };
    for (const name of Object.keys(wrong) as (keyof typeof wrong)[])
      assert.deepEqual(apply({ [name]: wrong[name] }), [0, [name], []], name);
  });

  it('are named as not applied where the rows do not tell them', () => {
    const mute = { ...ROW, group: undefined, requestId: undefined };
    assert.deepEqual(apply({ group: 'vip', requestId: 'r2' }, mute), [1, [], ['group', 'requestId']]);
  });

  it('are compared by what is shown of a name', () => {
    assert.deepEqual(apply({ keyName: 'ali\u202Ece' }), [1, [], []]);
    assert.deepEqual(apply({ keyName: 'Alice' }), [0, ['keyName'], []]);
  });
});
