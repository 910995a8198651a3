import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { isMembers, parseOwnJson } from '../../../src/core/ownJson.ts';

const isText = (value: unknown): value is string => typeof value === 'string';

describe('our own JSON', () => {
  it('is read where it is what was written', () => {
    assert.equal(parseOwnJson('"a"', isText), 'a');
    assert.deepEqual(parseOwnJson('{"a":[1]}', isMembers), { a: [1] });
  });

  it('counts as absent where there is none, where it is damaged, and where it is something else', () => {
    for (const text of [undefined, '', '"a', '{"a":', 'a', 'undefined', 'NaN', '1', 'null', '["a"]']) {
      assert.equal(parseOwnJson(text, isText), undefined, text);
    }
  });

  it('has members where it is neither null nor a list', () => {
    assert.ok(isMembers({}));
    for (const value of [null, undefined, [], [{}], '', 'a', 0, true]) assert.ok(!isMembers(value));
  });
});
