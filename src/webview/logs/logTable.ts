import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { Unit } from '../../core/quota/unit.ts';
import type { LogRow } from '../../core/usage/logRow.ts';
import { amountText, figureCountText } from '../../text/amount.ts';
import { logTimeText } from '../../text/logTime.ts';
import { logTypeText } from '../../text/logType.ts';

/** As many as gateways send, in every row, so that decimal points are below each other. */
const DECIMALS = 6;
/** Shown where the gateway has no value. */
const ABSENT = '–';

/** Rows that arrived together. */
export interface LogChunk {
  /** The index of the first row. */
  readonly first: number;
  readonly rows: readonly LogRow[];
  readonly unit: Unit | undefined;
}

export interface LogTableOptions {
  readonly caption: string;
  readonly chunks: readonly LogChunk[];
  /** The number of all rows, where the gateway counts them. */
  readonly total: number | undefined;
  /** Copies the request id of the row with this index. */
  readonly copy: (row: number) => void;
}

/** The rows of a log, in the gateway's order. New rows are added below the others, which are not drawn again. */
export function logTable({ caption, chunks, total, copy }: LogTableOptions): TemplateResult {
  return html`<div class="scroll" role="region" tabindex="0" aria-label=${caption}>
    <table aria-rowcount=${total === undefined ? -1 : total + 1} class=${emptyColumns(chunks)}>
      <caption>${caption}</caption>
      <thead>
        <tr>
          <th scope="col">${l10n.t('Time')}</th>
          <th scope="col">${l10n.t('Type')}</th>
          <th scope="col">${l10n.t('Key')}</th>
          <th scope="col">${l10n.t('Model')}</th>
          <th scope="col" class="number">${l10n.t('Amount')}</th>
          <th scope="col" class="number">${l10n.t('Tokens in')}</th>
          <th scope="col" class="number">${l10n.t('Tokens out')}</th>
          <th scope="col" class="number">${l10n.t('Seconds')}</th>
          <th scope="col">${l10n.t('Group')}</th>
          <th scope="col">${l10n.t('Details')}</th>
          <th scope="col">${l10n.t('Request ID')}</th>
        </tr>
      </thead>
      <tbody>
        ${chunks.map(chunk => guard([chunk], () => rowsOf(chunk, copy)))}
      </tbody>
    </table>
  </div>`;
}

/** Columns that are hidden while they are empty: their place, and what they show of a row. */
const OPTIONAL_COLUMNS: readonly (readonly [place: number, value: (row: LogRow) => unknown])[] = [
  [3, ({ keyName }) => keyName || undefined],
  [6, ({ promptTokens }) => promptTokens],
  [7, ({ completionTokens }) => completionTokens],
  [8, ({ seconds }) => seconds],
  [9, ({ group }) => group || undefined],
  [10, row => detailsOf(row) || undefined],
  [11, ({ requestId }) => requestId],
];

/** The classes that hide columns without any value, so that the others fit. */
function emptyColumns(chunks: readonly LogChunk[]): string {
  if (chunks.every(({ rows }) => rows.length === 0)) return '';
  return OPTIONAL_COLUMNS.filter(
    ([, value]) => !chunks.some(({ rows }) => rows.some(row => value(row) !== undefined)),
  )
    .map(([place]) => `without-${place}`)
    .join(' ');
}

/**
 * One template for each row, without nested templates and white space: a log may have ten thousand rows, and each
 * nested template would be created as often.
 */
function rowsOf({ first, rows, unit }: LogChunk, copy: (row: number) => void): readonly TemplateResult[] {
  return rows.map((row, index) => {
    const time = logTimeText(row.at);
    const type = logTypeText(row.type);
    const key = row.keyName || ABSENT;
    const model = row.model || ABSENT;
    const group = row.group || ABSENT;
    const details = detailsOf(row) || ABSENT;
    // The header is row 1.
    return html`<tr aria-rowindex=${first + index + 2}><td><bdi class="name" title=${time}>${time}</bdi></td
      ><td><bdi class="name" title=${type}>${type}</bdi></td
      ><td><bdi class="name" title=${key}>${key}</bdi></td
      ><td><bdi class="name" title=${model}>${model}</bdi></td
      ><td class="number">${amountOf(row, unit) ?? ABSENT}</td
      ><td class="number">${countOf(row.promptTokens)}</td
      ><td class="number">${countOf(row.completionTokens)}</td
      ><td class="number">${countOf(row.seconds)}</td
      ><td><bdi class="name" title=${group}>${group}</bdi></td
      ><td><bdi class="name" title=${details}>${details}</bdi></td
      ><td>${requestId(row, () => copy(first + index))}</td></tr>`;
  });
}

function requestId({ requestId: id }: LogRow, copy: () => void): TemplateResult | string {
  if (id === undefined) return ABSENT;
  return html`<span class="copyable"><bdi class="name" title=${id}>${id}</bdi><button
    type="button" class="copy" aria-label=${l10n.t('Copy request ID {0}', id)} @click=${copy}>${l10n.t('Copy')}</button></span>`;
}

function countOf(value: number | undefined): string {
  return value === undefined ? ABSENT : figureCountText(value);
}

/** The amount of a row. In rows that are not about spend, 0 is no amount. */
function amountOf({ amount, type }: LogRow, unit: Unit | undefined): string | undefined {
  const isSpend = type === 'consume' || type === 'refund';
  if (amount === undefined) return isSpend ? l10n.t('unknown') : undefined;
  return unit && (isSpend || amount !== 0) ? amountText(amount, unit, DECIMALS) : undefined;
}

function detailsOf({ text, address, streamed }: LogRow): string {
  return [streamed ? l10n.t('streamed') : undefined, address, text].filter(part => part).join(' · ');
}
