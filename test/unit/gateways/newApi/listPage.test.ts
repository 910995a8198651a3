import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { GatewayError } from '../../../../src/core/quota/failure.ts';
import { parseListPage } from '../../../../src/gateways/newApi/listPage.ts';

describe('one page of a list', () => {
  const lacks = (data: unknown) =>
    assert.throws(
      () => parseListPage(data, {}),
      (error: unknown) => error instanceof GatewayError && error.failure.reason === 'missing-figures',
    );

  it('of one-hub is told with its own counts', () => {
    const data = { data: [{ id: 1 }], page: 1, size: 3, total_count: 7 };
    assert.deepEqual(parseListPage(data, data), { rows: [{ id: 1 }], total: 7, size: 3, isBare: false });
  });

  it('takes the first list by its name where there are several', () => {
    const data = { data: [1], groups: [], total: 1 };
    assert.deepEqual(parseListPage(data, data).rows, [1]);
  });

  it('is bare without anything around it', () => {
    assert.deepEqual(parseListPage([1], {}), { rows: [1], isBare: true });
  });

  it('may stand beside the marks of its envelope', () => {
    const json = { success: true, items: [1, 2], total: 2 };
    assert.deepEqual(parseListPage(undefined, json).rows, [1, 2]);
  });

  it('that was counted and not sent is none that can be read', () => {
    lacks({ items: null, total: 2 });
    assert.deepEqual(parseListPage({ items: null, total: 0 }, {}).rows, []);
    // Without a count nothing says that there are none.
    lacks({ items: null });
    lacks({ items: null, total: 'none' });
  });

  it('is never made of something else', () => {
    for (const data of [
      null,
      '',
      'text',
      7,
      false,
      true,
      {},
      { total: 3 },
      { items: 'none' },
      { a: [1], b: [2] },
      { a: 1, b: {} },
    ])
      lacks(data);
  });

  it('stands in data, never beside it', () => {
    lacks('text');
    assert.throws(() => parseListPage('text', { items: [1] }), GatewayError);
  });

  it('may have a name of its own, where it is the only list', () => {
    assert.deepEqual(parseListPage({ mine: [1], page: 1 }, {}).rows, [1]);
  });

  it('may be a map by id, bare or under a name', () => {
    const byId = { 7: { id: 7 }, 8: { id: 8 } };
    assert.deepEqual(parseListPage(byId, {}).rows, [{ id: 7 }, { id: 8 }]);
    assert.deepEqual(parseListPage({ items: byId, total: 2 }, {}).rows, [{ id: 7 }, { id: 8 }]);
    lacks({ items: {} });
    lacks({ items: { 7: { id: 7 }, 8: null } });
    lacks({ 7: { id: 7 }, 8: 'x' });
  });

  it('has no count that is below 0 or no number', () => {
    const totalOf = (total: unknown) => parseListPage({ items: [1], total }, {}).total;
    assert.equal(totalOf(0), 0);
    assert.equal(totalOf('12'), 12);
    for (const total of [-1, 'many', null, 999_999_999]) assert.equal(totalOf(total), undefined);
    assert.equal(parseListPage({ items: [1], page_size: 0 }, {}).size, 0);
  });
});
