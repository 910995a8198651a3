import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type TableContent, tableContent } from '../../../src/webview/widgets/sortableTable.ts';
import type { SortOrder } from '../../../src/webview/widgets/sorting.ts';
import { listeners, markup, templateText } from './templateText.ts';

/** The element as far as it needs no page around it. */
interface Table {
  content: TableContent;
  order: SortOrder | undefined;
  sortChanged: (order: SortOrder, sentence: string) => void;
  willUpdate(changed: ReadonlyMap<string, unknown>): void;
  render(): unknown;
}

interface Row {
  readonly name: string;
  readonly used: number | undefined;
}

const CONTENT = (rows: readonly Row[]) =>
  tableContent<Row>(
    'Spend by key',
    [
      { id: 'name', head: 'Key', namesRow: true, text: ({ name }) => name, sortValue: ({ name }) => name },
      {
        id: 'used',
        head: 'Used',
        isNumber: true,
        text: ({ used }) => `$${used}`,
        sortValue: ({ used }) => used,
      },
      { id: 'note', head: 'Note', text: () => 'n', sortValue: () => undefined },
    ],
    rows,
  );

function tableOf(rows: readonly Row[], order?: SortOrder): Table {
  const Element = customElements.get('sortable-table') as unknown as new () => Table;
  const table = new Element();
  table.content = CONTENT(rows);
  table.order = order;
  table.sortChanged = () => undefined;
  table.willUpdate(new Map([['content', undefined]]));
  return table;
}

/** The names in the rows that are drawn. */
const names = (table: Table) =>
  [...markup(table.render()).matchAll(/<bdi[^>]*\.textContent=(\w+)>/g)]
    .map(([, name]) => name)
    .filter(name => name !== 'n');
const ROWS: readonly Row[] = [
  { name: 'b', used: 1 },
  { name: 'a', used: 3 },
  { name: 'c', used: 2 },
];
const many = (count: number) => Array.from({ length: count }, (_, at) => ({ name: `k${at}`, used: at }));

describe('a sortable table', () => {
  it('has its rows as they came, until a person sorts them', () => {
    assert.deepEqual(names(tableOf(ROWS)), ['b', 'a', 'c']);
    assert.deepEqual(names(tableOf(ROWS, { column: 'used', descending: true })), ['a', 'c', 'b']);
    assert.deepEqual(names(tableOf(ROWS, { column: 'gone', descending: true })), ['b', 'a', 'c']);
  });

  it('is sorted again for another order or content, and not for anything else', () => {
    const table = tableOf(ROWS);
    table.order = { column: 'name', descending: false };
    table.willUpdate(new Map([['sortChanged', undefined]]));
    assert.deepEqual(names(table), ['b', 'a', 'c']);
    table.willUpdate(new Map([['order', undefined]]));
    assert.deepEqual(names(table), ['a', 'b', 'c']);
  });

  it('says by which column it is sorted, and how', () => {
    const sort = (order?: SortOrder) => markup(tableOf(ROWS, order).render()).match(/(?<=aria-sort=)\w*/g);
    assert.deepEqual(sort({ column: 'used', descending: true }), ['', 'descending', '']);
    assert.deepEqual(sort({ column: 'name', descending: false }), ['ascending', '', '']);
  });

  it('is sorted by a click on a head: numbers from the highest, texts from the first', () => {
    const table = tableOf(ROWS);
    const told: unknown[] = [];
    table.sortChanged = (order, sentence) => told.push([order.column, order.descending, sentence]);
    const heads = listeners(table.render());
    heads[1]?.();
    heads[1]?.();
    heads[0]?.();
    assert.deepEqual(told, [
      ['used', true, 'Sorted by Used, highest first'],
      ['used', false, 'Sorted by Used, lowest first'],
      ['name', false, 'Sorted by Key, lowest first'],
    ]);
  });

  it('draws sixty rows first, and says how many are left', () => {
    const whole = tableOf(many(60));
    assert.equal(names(whole).length, 60);
    assert.match(markup(whole.render()), /class="more" \?hidden=true/);
    const longer = tableOf(many(500));
    assert.deepEqual([names(longer).length, names(longer).at(-1)], [60, 'k59']);
    assert.match(templateText(longer.render()), /\(440 left\)/);
    assert.match(markup(longer.render()), /aria-rowcount=501.*class="more" \?hidden=false/s);
    const more = () => listeners(longer.render()).at(-1)?.();
    more();
    assert.deepEqual([names(longer).length, names(longer).at(-1)], [360, 'k359']);
    assert.match(templateText(longer.render()), /\(140 left\)/);
    more();
    more();
    assert.deepEqual([names(longer).length, names(longer).at(-1)], [500, 'k499']);
  });

  it('has numbers in cells of their own kind, and the names of rows as their heads', () => {
    const shown = markup(tableOf(ROWS.slice(0, 1)).render());
    assert.match(shown, /<th scope="row"><bdi[^>]*\.textContent=b>/);
    assert.match(shown, /<td class="number" \.textContent=\$1>/);
    assert.match(shown, /<td><bdi[^>]*\.textContent=n>/);
  });

  it('tells which row was pressed where rows can be, by the button in its header', () => {
    const pressed: Row[] = [];
    const table = tableOf(ROWS);
    assert.doesNotMatch(markup(table.render()), /pressable|Show only/);
    const { caption, columns } = table.content;
    table.content = tableContent<Row>(caption, columns, ROWS, row => pressed.push(row));
    table.willUpdate(new Map([['content', undefined]]));
    assert.deepEqual(names(table), ['b', 'a', 'c']);
    assert.deepEqual(markup(table.render()).match(/(?<=<button type="button" title=)Show only \w/g), [
      'Show only b',
      'Show only a',
      'Show only c',
    ]);
    assert.equal(markup(table.render()).match(/<tr class="pressable"/g)?.length, 3);
    // After the three heads: what draws the rows.
    const draw = listeners(table.render())[3] as (() => unknown) | undefined;
    for (const press of listeners(draw?.())) press();
    assert.deepEqual(pressed, ROWS);
  });

  it('says all digits of an amount to those who point at it or listen', () => {
    const table = tableOf(ROWS.slice(0, 1));
    const [name, used] = table.content.columns;
    if (!name || !used) throw new Error('the columns are gone');
    const shownWith = (exact: string, foot?: { text: string; exact?: string }) => {
      table.content = tableContent(
        'Spend',
        [
          { ...name, foot: { text: 'Total' } },
          { ...used, exact: () => exact, foot },
        ],
        ROWS.slice(0, 1),
      );
      table.willUpdate(new Map([['content', undefined]]));
      return markup(table.render());
    };
    const cell = '<td class="number" title=$1.234 aria-label=$1.234 .textContent=$1>';
    assert.ok(shownWith('$1.234').includes(cell));
    assert.ok(!shownWith('$1').includes('aria-label=$1 '), 'nothing twice');
    assert.doesNotMatch(shownWith('$1'), /<tfoot>/);
    assert.match(shownWith('$1'), /aria-rowcount=2/);
    const withFoot = shownWith('$1', { text: '$6', exact: '$6.001' });
    assert.match(withFoot, /aria-rowcount=3/);
    assert.match(
      withFoot,
      /<tfoot><tr aria-rowindex=3><th scope="row">Total<\/th><td class="number" title=\$6\.001/,
    );
  });
});
