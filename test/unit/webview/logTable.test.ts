import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { LogRow } from '../../../src/core/usage/logRow.ts';
import { logTable } from '../../../src/webview/logs/logTable.ts';
import { useTimeZone } from '../support/timeZone.ts';
import { listeners, markup, templateText } from './templateText.ts';

const USD = { code: 'USD', source: 'gateway' } as const;
const ROW: LogRow = { at: '2026-06-15T12:00:00.000Z', type: 'consume', keyName: '', model: '' };

/** The whole table as markup. */
const table = (rows: readonly LogRow[], total?: number, first = 0, unit: typeof USD | undefined = USD) =>
  logTable({
    caption: 'Rows of the request log',
    chunks: [{ first, rows, unit }],
    total,
    copy: () => undefined,
  });

/** The cells of the first row. */
function cells(row: Partial<LogRow>): string[] {
  const [, body = ''] = markup(table([{ ...ROW, ...row }])).split('<tbody>');
  return body.split(/<\/td\s*>/).map(cell => templateText(cell));
}

describe('a row of the log table', () => {
  useTimeZone('UTC');

  it('has a dash for each thing that the gateway does not tell', () => {
    const [time = '', type, ...others] = cells({ amount: 0.5 });
    assert.match(time, /^Jun 15, 2026, 12:00:00\sPM$/);
    assert.deepEqual(
      [type, ...others.slice(0, 9)],
      ['Request', '–', '–', '$0.500000', '–', '–', '–', '–', '–', '–'],
    );
  });

  it('has everything that it tells', () => {
    const row = cells({
      keyName: 'alice',
      model: 'gpt',
      amount: 0.5,
      promptTokens: 1200,
      completionTokens: 0,
      seconds: 3,
      group: 'vip',
      streamed: true,
      address: '10.0.0.1',
      text: 'fine',
      requestId: 'r1',
    });
    assert.deepEqual(row.slice(2, 11), [
      'alice',
      'gpt',
      '$0.500000',
      '1,200',
      '0',
      '3',
      'vip',
      'streamed · 10.0.0.1 · fine',
      'r1Copy',
    ]);
  });

  it('says that an amount is not known where the row is about spend', () => {
    const amount = (row: Partial<LogRow>) => cells(row)[4];
    assert.equal(amount({}), 'unknown');
    assert.equal(amount({ type: 'refund' }), 'unknown');
    assert.equal(amount({ type: 'login' }), '–');
  });

  it('has an amount of 0 only where the row is about spend', () => {
    const amount = (row: Partial<LogRow>) => cells(row)[4];
    assert.equal(amount({ amount: 0 }), '$0.000000');
    assert.equal(amount({ type: 'refund', amount: 0 }), '$0.000000');
    assert.equal(amount({ type: 'error', amount: 0 }), '–');
    assert.equal(amount({ type: 'topUp', amount: 5 }), '$5.000000');
  });

  it('has no amount as long as its unit is not known', () => {
    const chunk = { first: 0, rows: [{ ...ROW, amount: 5 }], unit: undefined };
    const shown = logTable({ caption: '', chunks: [chunk], total: 1, copy: () => undefined });
    assert.doesNotMatch(templateText(shown), /5\.0/);
  });

  it('has its number among all rows, of which the header is the first', () => {
    const shown = markup(table([ROW, ROW], 7, 5));
    assert.match(shown, /<table aria-rowcount=8 /);
    assert.deepEqual(shown.match(/aria-rowindex=\d+/g), ['aria-rowindex=7', 'aria-rowindex=8']);
  });

  it('copies its own request id', () => {
    const copied: number[] = [];
    const rows = [ROW, { ...ROW, requestId: 'r1' }];
    const chunks = [{ first: 5, rows, unit: USD }];
    const shown = logTable({ caption: '', chunks, total: 7, copy: row => copied.push(row) });
    // The table shows its chunks by a function; the only listener within is that of the button.
    for (const make of listeners(shown)) for (const press of listeners(make())) press();
    assert.deepEqual(copied, [6]);
  });

  it('is one of a number that nobody counted', () => {
    assert.match(markup(table([ROW])), /<table aria-rowcount=-1 /);
  });
});

describe('the columns of the log table', () => {
  const classes = (...rows: readonly Partial<LogRow>[]) =>
    markup(table(rows.map(row => ({ ...ROW, ...row })))).match(
      /(?<=<table aria-rowcount=-1 class=)[^>]*/,
    )?.[0];

  it('are left out where no row has anything in them', () => {
    assert.equal(classes({}), 'without-3 without-6 without-7 without-8 without-9 without-10 without-11');
    assert.equal(
      classes({ group: 'vip' }, { promptTokens: 0, requestId: 'r' }),
      'without-3 without-7 without-8 without-10',
    );
    assert.equal(
      classes({ keyName: 'a', completionTokens: 1 }, { seconds: 0, text: 'x' }),
      'without-6 without-9 without-11',
    );
  });

  it('are all there while there is no row', () => {
    assert.equal(classes(), '');
  });
});
