import * as l10n from '@vscode/l10n';
import { countText } from '../../text/amount.ts';
import { button, setUsable } from './button.ts';
import { createElement } from './element.ts';
import { whenVisible } from './whenVisible.ts';

/** Enough to fill a screen, and few enough to be drawn at once. */
const FIRST = 60;
const NEXT = 300;

/** The rows of a long table, drawn as they are wanted: when its end comes into view, or by its button. */
export class GrowingRows<Row> {
  /** Stands behind the table while there are more rows. */
  readonly more: HTMLElement;
  readonly #body: HTMLTableSectionElement;
  readonly #rowOf: (row: Row, index: number) => HTMLTableRowElement;
  readonly #button = button('', () => this.#grow(NEXT));
  #rows: readonly Row[] = [];
  #drawn = 0;

  constructor(body: HTMLTableSectionElement, rowOf: (row: Row, index: number) => HTMLTableRowElement) {
    this.#body = body;
    this.#rowOf = rowOf;
    this.more = createElement('div', { class: 'more' }, this.#button);
    whenVisible(this.more, () => this.#grow(NEXT));
  }

  show(rows: readonly Row[]): void {
    this.#rows = rows;
    this.#drawn = 0;
    this.#body.replaceChildren();
    this.#grow(FIRST);
  }

  #grow(count: number): void {
    const next = this.#rows.slice(this.#drawn, this.#drawn + count);
    this.#body.append(...next.map((row, index) => this.#rowOf(row, this.#drawn + index)));
    this.#drawn += next.length;
    const left = this.#rows.length - this.#drawn;
    this.#button.textContent = l10n.t('Show more rows ({0} left)', countText(left));
    setUsable(this.#button, left > 0);
    this.more.hidden = left === 0;
  }
}
