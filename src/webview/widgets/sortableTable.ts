import * as l10n from '@vscode/l10n';
import { createElement, nameOf, setAttribute } from './element.ts';
import { GrowingRows } from './growingRows.ts';
import { nextOrder, type SortOrder, type SortValue, sorted } from './sorting.ts';

/** A column of a table. */
export interface Column<Row> {
  readonly id: string;
  readonly head: string;
  readonly isNumber?: boolean;
  /** Whether a cell names its row. */
  readonly namesRow?: boolean;
  readonly text: (row: Row) => string;
  readonly worth: (row: Row) => SortValue;
}

export interface TableOptions<Row> {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly order?: SortOrder;
  /** Hears the new order, with a sentence that says it. */
  readonly ordered: (order: SortOrder, words: string) => void;
}

/** A real table whose column heads sort it. Long tables grow as their end comes into view. */
export function sortableTable<Row>(options: TableOptions<Row>): HTMLElement {
  const { caption, columns, rows } = options;
  const body = createElement('tbody');
  const heads = columns.map(column =>
    createElement('th', { scope: 'col', class: column.isNumber && 'number' }),
  );
  const table = createElement(
    'table',
    { 'aria-rowcount': rows.length + 1 },
    createElement('caption', {}, caption),
    createElement('thead', {}, createElement('tr', { 'aria-rowindex': 1 }, ...heads)),
    body,
  );
  const grow = new GrowingRows<Row>(body, (row, index) => rowOf(row, index, columns));
  let order = options.order;
  const show = () => {
    const column = columns.find(({ id }) => id === order?.column);
    grow.show(column && order ? sorted(rows, column.worth, order.descending) : rows);
    columns.forEach((each, index) => {
      const direction = order?.descending ? 'descending' : 'ascending';
      const head = heads[index];
      if (head) setAttribute(head, 'aria-sort', each === column ? direction : undefined);
    });
  };
  columns.forEach((column, index) => {
    const press = createElement('button', { type: 'button' }, column.head);
    press.addEventListener('click', () => {
      order = nextOrder(order, column.id, column.isNumber ?? false);
      show();
      options.ordered(order, orderText(column.head, order));
    });
    heads[index]?.append(press);
  });
  show();
  const region = createElement(
    'div',
    { class: 'scroll', role: 'region', tabindex: 0, 'aria-label': caption },
    table,
  );
  return createElement('div', { class: 'table' }, region, grow.more);
}

function rowOf<Row>(row: Row, index: number, columns: readonly Column<Row>[]): HTMLTableRowElement {
  const cells = columns.map(({ text, namesRow, isNumber }) =>
    namesRow
      ? createElement('th', { scope: 'row' }, nameOf(text(row)))
      : createElement('td', { class: isNumber && 'number' }, isNumber ? text(row) : nameOf(text(row))),
  );
  // The head is the first row.
  return createElement('tr', { 'aria-rowindex': index + 2 }, ...cells);
}

function orderText(head: string, { descending }: SortOrder): string {
  return descending
    ? l10n.t('Sorted by {0}, highest first', head)
    : l10n.t('Sorted by {0}, lowest first', head);
}
