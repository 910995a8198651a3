import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { LogPager } from '../../../../src/core/usage/logPager.ts';
import type { LogPage, LogRow } from '../../../../src/core/usage/logRow.ts';

function row(requestId: string | undefined, at = '2026-06-01T10:00:00.000Z'): LogRow {
  return { at, type: 'consume', keyName: 'k', model: 'm', amount: 1, requestId };
}

function page(rows: readonly LogRow[], more: boolean): LogPage {
  return { unit: { code: 'USD', source: 'gateway' }, page: 1, rows, more };
}

describe('reading a log page by page', () => {
  it('asks for one page after the other with the same filter', () => {
    const pager = new LogPager({ model: 'claude-%', to: 5 });
    assert.deepEqual(pager.nextFilter, { model: 'claude-%', to: 5, page: 1, pageSize: 100 });
    pager.addPage(page([row('a')], true));
    assert.equal(pager.nextFilter.page, 2);
    pager.addPage(page([row('b')], false));
    assert.equal(pager.end, 'whole');
    assert.deepEqual(
      pager.rows.map(({ requestId }) => requestId),
      ['a', 'b'],
    );
  });

  it('shows a row once that new ones pushed onto the next page', () => {
    const pager = new LogPager({});
    pager.addPage(page([row('a'), row('b')], true));
    assert.deepEqual(pager.addPage(page([row('b'), row('c')], true)), [row('c')]);
    assert.equal(pager.end, undefined);
  });

  it('stops at a page that repeats, with ids and without', () => {
    for (const id of ['a', undefined]) {
      const pager = new LogPager({});
      pager.addPage(page([row(id)], true));
      assert.deepEqual(pager.addPage(page([row(id)], true)), []);
      assert.equal(pager.end, 'repeats');
    }
  });

  it('shows both of two equal rows without ids', () => {
    const pager = new LogPager({});
    assert.equal(pager.addPage(page([row(undefined), row(undefined)], false)).length, 2);
  });

  it('stops at an empty page that claims there are more, and does not call that all', () => {
    const pager = new LogPager({});
    pager.addPage(page([row('a')], true));
    pager.addPage(page([], true));
    assert.equal(pager.end, 'cut-short');
  });

  it('an empty page without more is all there is', () => {
    const pager = new LogPager({});
    pager.addPage(page([], false));
    assert.equal(pager.end, 'whole');
  });

  it('stops at the limit of rows', () => {
    const pager = new LogPager({});
    for (let index = 0; pager.end === undefined; index++) {
      pager.addPage(
        page(
          Array.from({ length: 1000 }, (_, at) => row(`${index}-${at}`)),
          true,
        ),
      );
    }
    assert.equal(pager.end, 'too-many');
    assert.equal(pager.rows.length, 20_000);
  });
});
