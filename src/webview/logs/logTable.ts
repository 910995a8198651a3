import * as l10n from '@vscode/l10n';
import type { Unit } from '../../core/quota/unit.ts';
import type { LogRow } from '../../core/usage/logRow.ts';
import { amountText, countText } from '../../text/amount.ts';
import { logTimeText } from '../../text/logTime.ts';
import { logTypeText } from '../../text/logType.ts';
import { createElement, nameOf, setAttribute } from '../widgets/element.ts';

/** What the wire carries, in every row, so that points stand under each other. */
const DECIMALS = 6;

interface LogColumn {
  readonly head: string;
  readonly isNumber?: boolean;
  readonly text: (row: LogRow, unit: Unit | undefined) => string | undefined;
}

/** The rows of a log, in the gateway's own order. More are put below those that are there. */
export class LogTable {
  readonly element: HTMLElement;
  readonly #table = createElement('table', {});
  readonly #body = createElement('tbody');
  readonly #columns = columns();
  readonly #copy: (row: number) => void;

  constructor(caption: string, copy: (row: number) => void) {
    this.#copy = copy;
    const head = (text: string, isNumber?: boolean) =>
      createElement('th', { scope: 'col', class: isNumber && 'number' }, text);
    const heads = this.#columns.map(column => head(column.head, column.isNumber));
    this.#table.append(
      createElement('caption', {}, caption),
      createElement('thead', {}, createElement('tr', {}, ...heads, head(l10n.t('Request id')))),
      this.#body,
    );
    this.element = createElement(
      'div',
      { class: 'scroll', role: 'region', tabindex: 0, 'aria-label': caption },
      this.#table,
    );
  }

  get length(): number {
    return this.#body.rows.length;
  }

  clear(): void {
    this.#body.replaceChildren();
  }

  append(rows: readonly LogRow[], unit: Unit | undefined, total: number | undefined): void {
    const first = this.length;
    this.#body.append(...rows.map((row, index) => this.#rowOf(row, first + index, unit)));
    setAttribute(this.#table, 'aria-rowcount', total === undefined ? -1 : total + 1);
  }

  #rowOf(row: LogRow, index: number, unit: Unit | undefined): HTMLTableRowElement {
    const cells = this.#columns.map(({ text, isNumber }) => {
      const words = text(row, unit) || '–';
      return createElement('td', { class: isNumber && 'number' }, isNumber ? words : nameOf(words));
    });
    return createElement(
      'tr',
      { 'aria-rowindex': index + 2 },
      ...cells,
      createElement('td', {}, this.#requestId(row, index)),
    );
  }

  #requestId({ requestId }: LogRow, index: number): Node | string {
    if (requestId === undefined) return '–';
    const copy = createElement('button', {
      type: 'button',
      class: 'copy',
      'aria-label': l10n.t('Copy request id {0}', requestId),
    });
    copy.append(l10n.t('Copy'));
    copy.addEventListener('click', () => this.#copy(index));
    return createElement('span', { class: 'copyable' }, nameOf(requestId), copy);
  }
}

function columns(): readonly LogColumn[] {
  const count = (value: number | undefined) => (value === undefined ? undefined : countText(value));
  return [
    { head: l10n.t('Time'), text: ({ at }) => logTimeText(at) },
    { head: l10n.t('Type'), text: ({ type }) => logTypeText(type) },
    { head: l10n.t('Key'), text: ({ keyName }) => keyName },
    { head: l10n.t('Model'), text: ({ model }) => model },
    { head: l10n.t('Amount'), isNumber: true, text: amountOf },
    { head: l10n.t('Tokens in'), isNumber: true, text: ({ promptTokens }) => count(promptTokens) },
    { head: l10n.t('Tokens out'), isNumber: true, text: ({ completionTokens }) => count(completionTokens) },
    { head: l10n.t('Seconds'), isNumber: true, text: ({ seconds }) => count(seconds) },
    { head: l10n.t('Group'), text: ({ group }) => group },
    { head: l10n.t('Details'), text: detailsOf },
  ];
}

/** A row that is not about spend has no amount, whatever number stands in it. */
function amountOf({ amount, type }: LogRow, unit: Unit | undefined): string | undefined {
  const isSpend = type === 'consume' || type === 'refund';
  if (amount === undefined) return isSpend ? l10n.t('not known') : undefined;
  return unit && (isSpend || amount !== 0) ? amountText(amount, unit, DECIMALS) : undefined;
}

function detailsOf({ text, address, streamed }: LogRow): string {
  return [streamed ? l10n.t('streamed') : undefined, address, text].filter(part => part).join(' · ');
}
