import { membersOf } from '../../core/membersOf.ts';
import type { RangeEnds } from '../../core/usage/rangePresets.ts';
import type { SortOrder } from '../widgets/sorting.ts';

export type TableKind = 'time' | 'key' | 'model' | 'detail';

/** How a person looks at the figures: everything that is saved except the figures. */
export interface ViewState {
  readonly stackBy: 'key' | 'model';
  readonly step: 'finest' | 'day';
  readonly table: TableKind;
  readonly orders: Readonly<Partial<Record<TableKind, SortOrder>>>;
  readonly scrollTop: number;
  /** Two dates that were typed and not asked for yet. */
  readonly typed?: RangeEnds;
}

/** The view of a panel that is opened for the first time. */
export const FIRST_VIEW: ViewState = {
  stackBy: 'key',
  step: 'finest',
  table: 'time',
  orders: {},
  scrollTop: 0,
};

/** Parses a saved view; what is not valid gets its default. */
export function parseViewState(saved: unknown): ViewState {
  const { stackBy, step, table, orders, scrollTop, typed } = membersOf(saved);
  const { from, to } = membersOf(typed);
  return {
    stackBy: stackBy === 'model' ? 'model' : 'key',
    step: step === 'day' ? 'day' : 'finest',
    table: TABLES.find(each => each === table) ?? FIRST_VIEW.table,
    orders: Object.fromEntries(
      TABLES.flatMap(kind => {
        const { column, descending } = membersOf(membersOf(orders)[kind]);
        return typeof column === 'string' ? [[kind, { column, descending: descending === true }]] : [];
      }),
    ),
    ...(typeof from === 'string' && typeof to === 'string' && { typed: { from, to } }),
    scrollTop: typeof scrollTop === 'number' && scrollTop > 0 ? scrollTop : 0,
  };
}

const TABLES: readonly TableKind[] = ['time', 'key', 'model', 'detail'];
