import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { LogPager } from '../../../../src/core/usage/logPager.ts';
import type { LogPage, LogRow } from '../../../../src/core/usage/logRow.ts';

function row(requestId: string | undefined, at = '2026-06-01T10:00:00.000Z'): LogRow {
  return { at, type: 'consume', keyName: 'k', model: 'm', amount: 1, requestId };
}

function page(rows: readonly LogRow[], isMore: boolean, rest: Partial<LogPage> = {}): LogPage {
  return { unit: { code: 'USD', source: 'gateway' }, page: 1, rows, more: isMore, ...rest };
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

  it('goes on after a page of which no row passed the filter', () => {
    const pager = new LogPager({});
    pager.addPage(page([], true, { sent: 100 }));
    assert.deepEqual([pager.end, pager.nextFilter.page], [undefined, 2]);
    pager.addPage(page([row('a')], false));
    assert.deepEqual([pager.end, pager.rows.length], ['whole', 1]);
  });

  it('knows a page again, without ids too, that comes after one of which no row passed the filter', () => {
    const pager = new LogPager({});
    pager.addPage(page([row(undefined)], true));
    pager.addPage(page([], true, { sent: 100 }));
    assert.deepEqual(pager.addPage(page([row(undefined)], true)), []);
    assert.deepEqual([pager.end, pager.rows.length], ['repeats', 1]);
  });

  it('counts the rows that the gateway sent towards the limit', () => {
    const pager = new LogPager({});
    pager.addPage(page([row('a')], true, { sent: 19_999 }));
    assert.equal(pager.end, undefined);
    pager.addPage(page([row('b')], true));
    assert.equal(pager.end, 'too-many');
  });
});

describe('what a log says beside its rows', () => {
  const summary = { used: 12 };

  it('is the unit and the total of the last page, and the summary of the first', () => {
    const pager = new LogPager({});
    assert.deepEqual([pager.unit, pager.total, pager.summary], [undefined, undefined, undefined]);
    pager.addPage(page([row('a')], true, { total: 3, summary }));
    assert.deepEqual([pager.unit, pager.total, pager.summary], [page([], true).unit, 3, summary]);
    const unit = { code: 'CNY', source: 'gateway' } as const;
    pager.addPage(page([row('b')], true, { unit, total: 4, summary: { used: 13 } }));
    assert.deepEqual([pager.unit, pager.total, pager.summary], [unit, 4, summary]);
    pager.addPage(page([row('c')], false));
    assert.deepEqual([pager.total, pager.summary], [undefined, summary]);
  });

  for (const [what, ignored] of [
    ['applied here', { appliedHere: ['model'] }],
    ['not applied', { notApplied: ['group'] }],
  ] as const) {
    it(`is neither total nor summary where the gateway ignored a part of the filter: ${what}`, () => {
      const pager = new LogPager({});
      pager.addPage(page([row('a')], true, { total: 3, isTotalLeast: true, summary }));
      pager.addPage(page([row('b')], true, { total: 3, isTotalLeast: true, summary, ...ignored }));
      assert.deepEqual([pager.total, pager.isTotalLeast, pager.summary], [undefined, false, undefined]);
      pager.addPage(page([row('c')], true, { total: 3, isTotalLeast: true, summary }));
      assert.deepEqual([pager.total, pager.isTotalLeast, pager.summary], [undefined, false, undefined]);
    });
  }

  it('names each ignored part of the filter once', () => {
    const pager = new LogPager({});
    assert.deepEqual([pager.appliedHere, pager.notApplied], [[], []]);
    pager.addPage(page([row('a')], true, { appliedHere: ['model'], notApplied: ['group'] }));
    pager.addPage(page([row('b')], true, { appliedHere: ['model', 'keyName'], notApplied: ['group'] }));
    assert.deepEqual([pager.appliedHere, pager.notApplied], [['model', 'keyName'], ['group']]);
  });

  it('counts the rows of all pages that could not be read', () => {
    const pager = new LogPager({});
    pager.addPage(page([row('a')], true, { unreadable: 2 }));
    pager.addPage(page([row('b')], true));
    pager.addPage(page([row('c')], false, { unreadable: 1 }));
    assert.equal(pager.unreadable, 3);
  });

  it('calls a total the least until all rows were read', () => {
    const pager = new LogPager({});
    pager.addPage(page([row('a')], true, { total: 2, isTotalLeast: true }));
    assert.equal(pager.isTotalLeast, true);
    pager.addPage(page([row('b')], false, { total: 2, isTotalLeast: true }));
    assert.deepEqual([pager.end, pager.isTotalLeast], ['whole', false]);
  });

  it('calls a log whole whose empty page comes where the gateway stopped counting', () => {
    const pager = new LogPager({});
    pager.addPage(page([row('a')], true, { total: 1, isTotalLeast: true }));
    pager.addPage(page([], true, { total: 1, isTotalLeast: true }));
    assert.deepEqual([pager.end, pager.isTotalLeast], ['whole', false]);
  });
});
