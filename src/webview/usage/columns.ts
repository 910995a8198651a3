import * as l10n from '@vscode/l10n';
import { exact } from '../../core/quota/exact.ts';
import type { Unit } from '../../core/quota/unit.ts';
import type { UsageTotal } from '../../core/usage/usage.ts';
import { amountText, columnStyle, figureCountText } from '../../text/amount.ts';
import { timeText } from '../chart/timeLabels.ts';
import type { Column } from '../widgets/sortableTable.ts';
import { allDigits, centsText, isMoney } from './amounts.ts';
import type { DetailRow, PartRow } from './parts.ts';
import type { TableKind } from './viewState.ts';

/** The columns of a table of times, keys or models. */
export function partColumns(
  kind: Exclude<TableKind, 'detail'>,
  unit: Unit,
  rows: readonly PartRow[],
  comparing: boolean,
  total: string,
): readonly Column<PartRow>[] {
  const heads = { time: l10n.t('Time'), key: l10n.t('Key'), model: l10n.t('Model') };
  return [
    {
      id: 'name',
      head: heads[kind],
      namesRow: true,
      text: row => row.name,
      // Times are sorted by time, not by their text.
      sortValue: row => (kind === 'time' ? row.id : row.name),
      foot: { text: total },
    },
    ...sumColumns<PartRow>(unit, rows),
    ...(comparing ? previousColumns(unit, rows) : []),
  ];
}

/** The columns of the table of every figure. */
export function detailColumns(
  unit: Unit,
  rows: readonly DetailRow[],
  total: string,
): readonly Column<DetailRow>[] {
  const hasModels = rows.some(({ model }) => model !== '');
  return [
    {
      id: 'at',
      head: l10n.t('Time'),
      namesRow: true,
      text: ({ at }) => (at === '' ? '–' : timeText(at)),
      sortValue: ({ at }) => at,
      foot: { text: total },
    },
    {
      id: 'key',
      head: l10n.t('Key'),
      text: ({ key }) => key || l10n.t('(no name)'),
      sortValue: ({ key }) => key,
    },
    ...(hasModels
      ? [
          {
            id: 'model',
            head: l10n.t('Model'),
            text: ({ model }: DetailRow) => model || '–',
            sortValue: ({ model }: DetailRow) => model || undefined,
          },
        ]
      : []),
    ...sumColumns<DetailRow>(unit, rows),
  ];
}

/** A column is shown if any row has a value for it. */
function sumColumns<Row extends UsageTotal>(unit: Unit, rows: readonly Row[]): readonly Column<Row>[] {
  const count = (id: 'requests' | 'tokens', head: string): readonly Column<Row>[] =>
    rows.some(row => row[id] !== undefined)
      ? [
          {
            id,
            head,
            isNumber: true,
            text: row => (row[id] === undefined ? '–' : figureCountText(row[id])),
            sortValue: row => row[id],
            ...(rows.length > 1 && rows.every(row => row[id] !== undefined)
              ? { foot: { text: figureCountText(rows.reduce((sum, row) => sum + (row[id] ?? 0), 0)) } }
              : {}),
          },
        ]
      : [];
  return [
    {
      id: 'used',
      head: l10n.t('Used'),
      isNumber: true,
      ...amountCells<Row>(unit, rows, ({ used }) => used),
    },
    ...count('requests', l10n.t('Requests')),
    ...count('tokens', l10n.t('Tokens')),
  ];
}

function previousColumns(unit: Unit, rows: readonly PartRow[]): readonly Column<PartRow>[] {
  const changeOf = ({ used, previous }: PartRow) =>
    previous === undefined ? undefined : exact(used - previous);
  const column = (
    id: string,
    head: string,
    amountOf: (row: PartRow) => number | undefined,
    sign: (amount: number) => string,
  ): Column<PartRow> => ({ id, head, isNumber: true, ...amountCells(unit, rows, amountOf, sign) });
  return [
    column(
      'previous',
      l10n.t('Before'),
      ({ previous }) => previous,
      () => '',
    ),
    column('change', l10n.t('Change'), changeOf, change => (change > 0 ? '+' : '')),
  ];
}

/** Amounts below each other: money to the cent, with all digits where somebody asks for them. */
function amountCells<Row>(
  unit: Unit,
  rows: readonly Row[],
  amountOf: (row: Row) => number | undefined,
  sign: (amount: number) => string = () => '',
): Pick<Column<Row>, 'text' | 'exact' | 'sortValue' | 'foot'> {
  const amounts = rows.map(amountOf).filter(amount => amount !== undefined);
  const style = columnStyle(amounts, 'exact');
  const shortText = (amount: number) =>
    `${sign(amount)}${isMoney(unit) ? centsText(amount, unit) : amountText(amount, unit, style, 'up')}`;
  const exactText = (amount: number) => `${sign(amount)}${allDigits(amount, unit)}`;
  const textOf = (row: Row, text: (amount: number) => string) => {
    const amount = amountOf(row);
    return amount === undefined ? '–' : text(amount);
  };
  const sum = exact(amounts.reduce((all, amount) => all + amount, 0));
  return {
    text: row => textOf(row, shortText),
    exact: row => textOf(row, exactText),
    sortValue: amountOf,
    ...(rows.length > 1 && amounts.length > 0 && { foot: { text: shortText(sum), exact: exactText(sum) } }),
  };
}
