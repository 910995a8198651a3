import type { Unit } from '../quota/unit.ts';
import type { UsageTotal } from '../quota/usage.ts';
import { amountText, countText } from '../words/amount.ts';
import { t } from '../words/l10n.ts';
import type { DetailRow, PartRow } from './parts.ts';
import type { Column } from './sortableTable.ts';
import { exact } from './sums.ts';
import { timeText } from './timeLabels.ts';
import type { TableKind } from './viewState.ts';

/** The columns of a table of times, keys or models. */
export function partColumns(
  kind: Exclude<TableKind, 'detail'>,
  unit: Unit,
  rows: readonly PartRow[],
  comparing: boolean,
): readonly Column<PartRow>[] {
  const heads = { time: t('Time'), key: t('Key'), model: t('Model') };
  return [
    {
      id: 'name',
      head: heads[kind],
      namesRow: true,
      text: row => row.name,
      // Times sort as times, not as words.
      worth: row => (kind === 'time' ? row.id : row.name),
    },
    ...sumColumns<PartRow>(unit, rows),
    ...(comparing ? previousColumns(unit) : []),
  ];
}

/** The columns of the table of every figure. */
export function detailColumns(unit: Unit, rows: readonly DetailRow[]): readonly Column<DetailRow>[] {
  const hasModels = rows.some(({ model }) => model !== '');
  return [
    {
      id: 'at',
      head: t('Time'),
      namesRow: true,
      text: ({ at }) => (at === '' ? '–' : timeText(at)),
      worth: ({ at }) => at,
    },
    { id: 'key', head: t('Key'), text: ({ key }) => key || t('(no name)'), worth: ({ key }) => key },
    ...(hasModels
      ? [
          {
            id: 'model',
            head: t('Model'),
            text: ({ model }: DetailRow) => model || '–',
            worth: ({ model }: DetailRow) => model || undefined,
          },
        ]
      : []),
    ...sumColumns<DetailRow>(unit, rows),
  ];
}

/** A column is there if any row has something in it. */
function sumColumns<Row extends UsageTotal>(unit: Unit, rows: readonly Row[]): readonly Column<Row>[] {
  const count = (id: 'requests' | 'tokens', head: string): readonly Column<Row>[] =>
    rows.some(row => row[id] !== undefined)
      ? [
          {
            id,
            head,
            isNumber: true,
            text: row => (row[id] === undefined ? '–' : countText(row[id])),
            worth: row => row[id],
          },
        ]
      : [];
  return [
    {
      id: 'used',
      head: t('Used'),
      isNumber: true,
      text: ({ used }) => amountText(used, unit, 'exact'),
      worth: ({ used }) => used,
    },
    ...count('requests', t('Requests')),
    ...count('tokens', t('Tokens')),
  ];
}

function previousColumns(unit: Unit): readonly Column<PartRow>[] {
  const amount = (value: number | undefined) =>
    value === undefined ? '–' : amountText(value, unit, 'exact');
  const change = ({ used, previous }: PartRow) =>
    previous === undefined ? undefined : exact(used - previous);
  return [
    {
      id: 'previous',
      head: t('Before'),
      isNumber: true,
      text: row => amount(row.previous),
      worth: row => row.previous,
    },
    {
      id: 'change',
      head: t('Change'),
      isNumber: true,
      text: row => amount(change(row)),
      worth: change,
    },
  ];
}
