import { failed } from '../../core/quota/failure.ts';
import { NO_LIMIT_FROM, parseNumber } from '../fields.ts';
import type { Json } from '../wireJson.ts';

/** The smallest page size of any version; others are multiples of it. */
export const MIN_FULL_PAGE = 10;

/** One page of a list, parsed from any relative of New API. */
export interface ListPage {
  readonly rows: readonly unknown[];
  /** Rows in all pages, where the gateway counts them. */
  readonly total?: number;
  /** The page size, where the gateway says it. */
  readonly size?: number;
  /** Whether `data` is a bare array, as in One API and old versions. */
  readonly isBare: boolean;
}

/** Members that hold the rows: `items` (New API), `data` (one-hub), then those of forks. */
const ROW_MEMBERS = ['items', 'data', 'records', 'list', 'rows', 'tokens', 'keys', 'logs', 'results'];

/**
 * Parses the rows and counts in `data`.
 * @throws GatewayError `missing-figures` where no list is found, which is not an empty list.
 */
export function parseListPage(data: unknown, payload: Json): ListPage {
  if (Array.isArray(data)) return { rows: data, isBare: true };
  const holder = isObject(data) ? data : data === undefined ? payload : {};
  const total = countIn(holder, ['total', 'total_count', 'totalCount', 'count']);
  const size = countIn(holder, ['page_size', 'size', 'pageSize', 'per_page']);
  const rows = rowsIn(holder, total);
  // Null is an empty list only with a count of 0: no version sends it for one.
  if (rows === undefined) throw failed('unexpected', 'missing-figures');
  return { rows, total, size, isBare: false };
}

function rowsIn(holder: Json, total: number | undefined): readonly unknown[] | undefined {
  const name = ROW_MEMBERS.find(each => each in holder) ?? onlyList(holder);
  if (name === undefined) return rowsInMap(holder);
  const rows = holder[name];
  if (Array.isArray(rows)) return rows;
  if (rows === null) return total === 0 ? [] : undefined;
  return isObject(rows) ? rowsInMap(rows) : undefined;
}

function onlyList(holder: Json): string | undefined {
  const lists = Object.keys(holder).filter(name => Array.isArray(holder[name]));
  return lists.length === 1 ? lists[0] : undefined;
}

/** A list as an object of objects, by id. */
function rowsInMap(map: Json): readonly unknown[] | undefined {
  const rows = Object.values(map);
  return rows.length > 0 && rows.every(isObject) ? rows : undefined;
}

function countIn(holder: Json, names: readonly string[]): number | undefined {
  const count = names.map(name => parseNumber(holder[name])).find(number => number !== undefined);
  return count !== undefined && count >= 0 && count !== NO_LIMIT_FROM ? count : undefined;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The query for a page: New API reads `p` and `page_size`, one-hub `page` and `size`. */
export function pageQuery(page: number, size: number) {
  return { p: page, page_size: size, page, size } as const;
}
