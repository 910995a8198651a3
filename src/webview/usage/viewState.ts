import { membersOf } from '../../core/membersOf.ts';
import type { Looked, LookInto } from '../../core/panels/lookInto.ts';
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
  /** The key or model that is shown alone, and how the page looked before. */
  readonly only?: LookInto & { readonly before: Pick<ViewState, 'stackBy' | 'table'> };
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
  const { step, orders, scrollTop, typed, only } = membersOf(saved);
  const { from, to } = membersOf(typed);
  return {
    ...parseShape(saved),
    step: step === 'day' ? 'day' : 'finest',
    orders: Object.fromEntries(
      TABLES.flatMap(kind => {
        const { column, descending } = membersOf(membersOf(orders)[kind]);
        return typeof column === 'string' ? [[kind, { column, descending: descending === true }]] : [];
      }),
    ),
    ...(typeof from === 'string' && typeof to === 'string' && { typed: { from, to } }),
    ...parseOnly(only),
    scrollTop: typeof scrollTop === 'number' && scrollTop > 0 ? scrollTop : 0,
  };
}

function parseShape(saved: unknown): Pick<ViewState, 'stackBy' | 'table'> {
  const { stackBy, table } = membersOf(saved);
  return {
    stackBy: stackBy === 'model' ? 'model' : 'key',
    table: TABLES.find(each => each === table) ?? FIRST_VIEW.table,
  };
}

function parseOnly(saved: unknown): Pick<ViewState, 'only'> {
  const { key, model, before } = membersOf(saved);
  const [lookedKey, lookedModel] = [parseLooked(key), parseLooked(model)];
  if (!lookedKey && !lookedModel) return {};
  return {
    only: {
      ...(lookedKey && { key: lookedKey }),
      ...(lookedModel && { model: lookedModel }),
      before: parseShape(before),
    },
  };
}

function parseLooked(saved: unknown): Looked | undefined {
  const { id, name } = membersOf(saved);
  return typeof id === 'string' && typeof name === 'string' ? { id, name } : undefined;
}

const TABLES: readonly TableKind[] = ['time', 'key', 'model', 'detail'];

/** The view that shows one key or model alone, split by what it consists of. */
export function lookingInto(
  { stackBy, table, only }: ViewState,
  part: keyof LookInto,
  looked: Looked,
  hasModels: boolean,
): Partial<ViewState> {
  const other = part === 'key' ? 'model' : 'key';
  const isSplit = only?.[other] === undefined && (other === 'key' || hasModels);
  return {
    only: { ...only, [part]: looked, before: only?.before ?? { stackBy, table } },
    stackBy: other,
    ...((table === part || !isSplit) && { table: isSplit ? other : 'time' }),
  };
}

/** The view that shows all keys, or all models, again. */
export function lookingBack({ only }: ViewState, part: keyof LookInto): Partial<ViewState> {
  if (!only) return {};
  const other = part === 'key' ? 'model' : 'key';
  const left = only[other];
  if (!left) return { only: undefined, ...only.before };
  return { only: { [other]: left, before: only.before }, stackBy: part, table: part };
}
