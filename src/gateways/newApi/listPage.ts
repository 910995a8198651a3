import { failed } from '../../core/quota/failure.ts';
import type { Json } from '../envelope.ts';
import { parseNumber } from '../fields.ts';

/** One page of a list or log, wherever a relative of New API keeps its parts. */
export interface ListPage {
  readonly rows: readonly unknown[];
  /** How many rows all pages have together, where the gateway counts them. */
  readonly total?: number;
  /** How many rows the gateway puts on a page, where it says so. */
  readonly size?: number;
  /** Whether the rows came without anything around them, as One API and old versions send them. */
  readonly isBare: boolean;
}

/** Where relatives keep the rows: New API and one-hub first, then what forks call them. */
const ROW_MEMBERS = ['items', 'data', 'records', 'list', 'rows', 'tokens', 'keys', 'logs', 'results'];

/**
 * The rows in an answer's `data`. Throws where there is nothing that can be taken for a list: a list that
 * cannot be read is not an empty one.
 */
export function parseListPage(data: unknown, payload: Json): ListPage {
  if (data === null) return { rows: [], isBare: true };
  if (Array.isArray(data)) return { rows: data, isBare: true };
  const holder = isObject(data) ? data : data === undefined ? payload : {};
  const total = countIn(holder, ['total', 'total_count', 'totalCount', 'count']);
  const size = countIn(holder, ['page_size', 'size', 'pageSize', 'per_page']);
  const rows = rowsIn(holder, total);
  // Rows that were counted and not sent are not "no rows", and null is Go's empty list only when none were.
  if (rows === undefined) throw failed('unexpected', 'missing-figures');
  return { rows, total, size, isBare: false };
}

function rowsIn(holder: Json, total: number | undefined): readonly unknown[] | undefined {
  const name = ROW_MEMBERS.find(each => each in holder) ?? onlyList(holder);
  if (name === undefined) return rowsInMap(holder);
  const rows = holder[name];
  if (Array.isArray(rows)) return rows;
  if (rows === null) return (total ?? 0) > 0 ? undefined : [];
  return isObject(rows) ? rowsInMap(rows) : undefined;
}

function onlyList(holder: Json): string | undefined {
  const lists = Object.keys(holder).filter(name => Array.isArray(holder[name]));
  return lists.length === 1 ? lists[0] : undefined;
}

/** A list written as an object of objects, by id. */
function rowsInMap(map: Json): readonly unknown[] | undefined {
  const rows = Object.values(map);
  return rows.length > 0 && rows.every(isObject) ? rows : undefined;
}

function countIn(holder: Json, names: readonly string[]): number | undefined {
  const count = names.map(name => parseNumber(holder[name])).find(number => number !== undefined);
  return count !== undefined && count >= 0 ? count : undefined;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A page by number and size in the words of all relatives: New API reads the first two, one-hub the others. */
export function pageQuery(page: number, size: number) {
  return { p: page, page_size: size, page, size } as const;
}
