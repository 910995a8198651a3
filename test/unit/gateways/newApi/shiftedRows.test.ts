import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { findShiftedRows } from '../../../../src/gateways/newApi/shiftedRows.ts';
import type { SpendRow } from '../../../../src/gateways/newApi/spendRows.ts';

const row = (more: Partial<SpendRow> = {}): SpendRow => ({
  id: 0,
  created_at: 1_781_500_000,
  type: 2,
  token_id: 7,
  token_name: 'alice',
  model_name: 'gpt-4.1',
  quota: 10,
  prompt_tokens: 2,
  completion_tokens: 1,
  request_id: undefined,
  ...more,
});
const [a, b, c] = [row({ quota: 1 }), row({ quota: 2 }), row({ quota: 3 })];

describe('rows that were pushed on from the page before', () => {
  /** The places on the page of those that are found. */
  const found = (before: readonly SpendRow[], page: readonly SpendRow[], grownBy: number) => {
    const copies = page.map(each => ({ ...each }));
    const shifted = findShiftedRows(before, copies, grownBy);
    return copies.flatMap((each, index) => (shifted.has(each) ? [index] : []));
  };

  it('are those alike, as many as were written meanwhile', () => {
    assert.deepEqual(found([a, b], [b, c], 1), [0]);
    assert.deepEqual(found([a, b], [b, c], 0), [], 'two requests that look the same');
    assert.deepEqual(found([a, b], [a, b], 1), [0]);
    assert.deepEqual(found([a, a], [a, a], 2), [0, 1]);
    assert.deepEqual(found([b, a], [a, a], 2), [0], 'one was there, so one is pushed on');
  });

  it('are those of the same request, however many were written', () => {
    const [first, second, third] = ['r1', 'r2', 'r3'].map(request_id => row({ request_id }));
    assert.ok(first && second && third);
    assert.deepEqual(found([first, second], [second, third], 0), [0]);
    assert.deepEqual(found([first, second], [third], 1), []);
    const refund = { ...second, type: 6 };
    assert.deepEqual(found([first, second], [refund], 1), [], 'a refund of a request is another row');
  });

  it('are those of the same id where ids go down', () => {
    const ids = [9, 8, 7].map(id => row({ id }));
    assert.deepEqual(found(ids, [row({ id: 7 }), row({ id: 6 })], 0), [0]);
    assert.deepEqual(found(ids, [row({ id: 6 }), row({ id: 5 })], 2), [], 'alike but for the id');
  });

  it('are told by no id that is the place on the page, or that one row alone has', () => {
    const places = [row({ id: 1, quota: 1 }), row({ id: 2, quota: 2 })];
    assert.deepEqual(found(places, [row({ id: 1, quota: 2 }), row({ id: 2, quota: 3 })], 1), [0]);
    assert.deepEqual(found([row({ id: 5 })], [row({ id: 5 })], 0), []);
    assert.deepEqual(found([row({ id: 5 }), row({ id: 5 })], [row({ id: 5 })], 0), []);
    assert.deepEqual(found([row({ id: 9 }), row({ id: 8 }), row({ id: 8 })], [row({ id: 8 })], 0), []);
  });

  it('are none of an empty page, or after one', () => {
    assert.deepEqual(found([], [a], 1), []);
    assert.deepEqual(found([a], [], 1), []);
  });
});
