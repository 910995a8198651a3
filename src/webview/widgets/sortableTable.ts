import * as l10n from '@vscode/l10n';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { countText } from '../../text/amount.ts';
import { button } from './button.ts';
import { nextOrder, type SortOrder, type SortValue, sorted } from './sorting.ts';
import { whenVisible } from './whenVisible.ts';

/** A column of a table. */
export interface Column<Row> {
  readonly id: string;
  readonly head: string;
  readonly isNumber?: boolean;
  /** Whether its cells are the headers of their rows. */
  readonly namesRow?: boolean;
  readonly text: (row: Row) => string;
  /** The same with all digits, for people who point at it and for screen readers. */
  readonly exact?: (row: Row) => string;
  readonly sortValue: (row: Row) => SortValue;
  /** Its cell in the last row, the totals; a table has that row where a column has such a cell. */
  readonly foot?: FootCell;
}

interface FootCell {
  readonly text: string;
  readonly exact?: string;
}

/** The content of a table, whose type of rows only its columns know. */
export interface TableContent {
  readonly caption: string;
  /** The name of its region, where several tables of a page have one caption. */
  readonly region?: string;
  readonly columns: readonly Column<unknown>[];
  readonly rows: readonly unknown[];
  /** Called with the row that a person clicks on, or whose header they press; absent where rows cannot be pressed. */
  readonly onRow?: (row: unknown) => void;
}

export function tableContent<Row>(
  caption: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  onRow?: (row: Row) => void,
): TableContent {
  return {
    caption,
    columns: columns as readonly Column<unknown>[],
    rows,
    ...(onRow && { onRow: row => onRow(row as Row) }),
  };
}

/** Called with the new order and a sentence that describes it. */
type OnSort = (order: SortOrder, sentence: string) => void;

/**
 * A table that is sorted by its column headers. Long tables grow when their end comes into view. It is drawn again only
 * for another content object.
 */
export function sortableTable(content: TableContent, onSort: OnSort, order?: SortOrder): TemplateResult {
  return html`<sortable-table class="table" .content=${content} .sortChanged=${onSort} .order=${order}></sortable-table>`;
}

/** Enough to fill a screen, and few enough to draw at once. */
const FIRST_ROWS = 60;
const MORE_ROWS = 300;

/** Rows that are drawn together, and not again when more are added below them. */
interface Chunk {
  readonly first: number;
  readonly rows: readonly unknown[];
}

/** Renders without a shadow tree, so that the page's styles and tests reach the table. */
class SortableTable extends LitElement {
  static override properties = {
    content: { attribute: false },
    sortChanged: { attribute: false },
    order: { attribute: false },
  };

  declare content: TableContent;
  declare sortChanged: OnSort;
  declare order: SortOrder | undefined;
  #rows: readonly unknown[] = [];
  #chunks: readonly Chunk[] = [];

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('content') && !changed.has('order')) return;
    const { columns, rows } = this.content;
    const column = columns.find(({ id }) => id === this.order?.column);
    this.#rows = column && this.order ? sorted(rows, column.sortValue, this.order.descending) : rows;
    this.#chunks = [{ first: 0, rows: this.#rows.slice(0, FIRST_ROWS) }];
  }

  protected override render(): TemplateResult {
    const { caption, region = caption, columns, rows, onRow } = this.content;
    const left = this.#rows.length - this.#drawn;
    const foot = footOf(columns, rows.length);
    return html`<div class="scroll" role="region" tabindex="0" aria-label=${region}>
        <table aria-rowcount=${rows.length + (foot === nothing ? 1 : 2)}>
          <caption>${caption}</caption>
          <thead>
            <tr aria-rowindex="1">
              ${columns.map(column => this.#head(column))}
            </tr>
          </thead>
          <tbody>
            ${this.#chunks.map(chunk => guard([chunk], () => rowsOf(chunk, columns, onRow)))}
          </tbody>
          ${foot}
        </table>
      </div>
      <div class="more" ?hidden=${left === 0} ${whenVisible(() => this.#grow())}>
        ${button(l10n.t('Show more rows ({0} left)', countText(left)), () => this.#grow(), { isUsable: left > 0 })}
      </div>`;
  }

  get #drawn(): number {
    const last = this.#chunks.at(-1);
    return last ? last.first + last.rows.length : 0;
  }

  #grow(): void {
    const first = this.#drawn;
    if (first === this.#rows.length) return;
    this.#chunks = [...this.#chunks, { first, rows: this.#rows.slice(first, first + MORE_ROWS) }];
    this.requestUpdate();
  }

  #head({ id, head, isNumber }: Column<unknown>): TemplateResult {
    const direction = this.order?.descending ? 'descending' : 'ascending';
    return html`<th
      scope="col"
      class=${isNumber ? 'number' : nothing}
      aria-sort=${id === this.order?.column ? direction : nothing}
    ><button type="button" @click=${() => this.#sort(id, head, isNumber)}>${head}</button></th>`;
  }

  #sort(id: string, head: string, isNumber = false): void {
    this.order = nextOrder(this.order, id, isNumber);
    this.sortChanged(this.order, orderText(head, this.order));
  }
}

customElements.define('sortable-table', SortableTable);

function rowsOf(
  { first, rows }: Chunk,
  columns: readonly Column<unknown>[],
  onRow: TableContent['onRow'],
): readonly TemplateResult[] {
  // The header is row 1.
  return rows.map((row, index) => {
    const cells = columns.map(column => cellOf(row, column, onRow !== undefined));
    return onRow
      ? html`<tr class="pressable" aria-rowindex=${first + index + 2} @click=${() => onRow(row)}>${cells}</tr>`
      : html`<tr aria-rowindex=${first + index + 2}>${cells}</tr>`;
  });
}

/** The last row, in which the figures of all others are added up. */
function footOf(columns: readonly Column<unknown>[], rows: number): TemplateResult | typeof nothing {
  if (!columns.some(({ isNumber, foot }) => isNumber && foot)) return nothing;
  const cells = columns.map(({ foot, isNumber, namesRow }) =>
    isNumber
      ? numberCell(foot?.text ?? '', foot?.exact)
      : namesRow
        ? html`<th scope="row">${foot?.text}</th>`
        : html`<td></td>`,
  );
  return html`<tfoot><tr aria-rowindex=${rows + 2}>${cells}</tr></tfoot>`;
}

function numberCell(text: string, exact: string | undefined): TemplateResult {
  return exact === undefined || exact === text
    ? html`<td class="number" .textContent=${text}></td>`
    : html`<td class="number" title=${exact} aria-label=${exact} .textContent=${text}></td>`;
}

/** Sets texts as properties, which is cheaper than template parts: there may be ten thousand rows. */
function cellOf(
  row: unknown,
  { text, exact, namesRow, isNumber }: Column<unknown>,
  isPressable: boolean,
): TemplateResult {
  const cellText = text(row);
  if (isNumber) return numberCell(cellText, exact?.(row));
  // The click goes on to the row.
  if (namesRow && isPressable)
    return html`<th scope="row"><button type="button" title=${l10n.t('Show only {0}', cellText)}><bdi class="name" .textContent=${cellText}></bdi></button></th>`;
  return namesRow
    ? html`<th scope="row"><bdi class="name" title=${cellText} .textContent=${cellText}></bdi></th>`
    : html`<td><bdi class="name" title=${cellText} .textContent=${cellText}></bdi></td>`;
}

function orderText(head: string, { descending }: SortOrder): string {
  return descending
    ? l10n.t('Sorted by {0}, highest first', head)
    : l10n.t('Sorted by {0}, lowest first', head);
}
