import { LocalHours } from '../../core/usage/localHours.ts';
import type { UsageSum } from '../../core/usage/usageSum.ts';
import { parseNumber } from '../fields.ts';
import { sanitizeText } from '../sanitizeText.ts';
import { parseSeconds } from '../wireTime.ts';

export const NAME_LENGTH = 100;
/** Numbers of the types that are spend. */
const CONSUME = 2;
const REFUND = 6;

/** The members of a log row that are about spend; `quota` is in raw units, `created_at` in epoch seconds. */
export interface SpendRow {
  readonly id: number | undefined;
  readonly created_at: number;
  readonly type: number;
  readonly token_id: number | undefined;
  readonly token_name: string | undefined;
  readonly model_name: string | undefined;
  readonly quota: number | undefined;
  readonly prompt_tokens: number | undefined;
  readonly completion_tokens: number | undefined;
  readonly request_id: string | undefined;
}

/**
 * Parses the spend of rows. Without a schema, which would create an object for every member of millions of rows. Rows of
 * spend without a readable amount are dropped: they are not free.
 */
export function parseSpendRows(wire: readonly unknown[]): SpendRow[] {
  return wire.map(parseSpendRow).filter(row => row !== undefined);
}

/** Parses the spend of one row; undefined where it cannot be read. */
export function parseSpendRow(wire: unknown): SpendRow | undefined {
  if (typeof wire !== 'object' || wire === null) return undefined;
  const row = wire as Readonly<Record<string, unknown>>;
  const created_at = parseSeconds(row.created_at);
  const type = parseNumber(row.type);
  const quota = type === undefined ? undefined : amountIn(type, parseNumber(row.quota));
  if (created_at === undefined || type === undefined) return undefined;
  if (quota === undefined && isSpend({ type })) return undefined;
  return {
    id: parseNumber(row.id),
    created_at,
    type,
    token_id: parseNumber(row.token_id),
    token_name: stringOf(row.token_name),
    model_name: stringOf(row.model_name),
    quota,
    prompt_tokens: countOf(row.prompt_tokens),
    completion_tokens: countOf(row.completion_tokens),
    request_id: stringOf(row.request_id),
  };
}

/** The time of a row in epoch seconds, whether or not its other members can be read. */
export function secondOfRow(wire: unknown): number | undefined {
  const { created_at } = (typeof wire === 'object' && wire !== null ? wire : {}) as { created_at?: unknown };
  const seconds = parseSeconds(created_at);
  return seconds === undefined ? undefined : Math.floor(seconds);
}

/** Whether a row is about spend. */
export function isSpend({ type }: Pick<SpendRow, 'type'>): boolean {
  return type === CONSUME || type === REFUND;
}

/** Whether a row is about a request; a refund is not. */
export function isRequest({ type }: SpendRow): boolean {
  return type === CONSUME;
}

/** The amount of a row in raw units. Only a refund may be negative, never the cost of a request. */
export function amountIn(type: number, quota: number | undefined): number | undefined {
  return type === CONSUME && quota !== undefined && quota < 0 ? undefined : quota;
}

function countOf(wire: unknown): number | undefined {
  const count = parseNumber(wire);
  return count !== undefined && count >= 0 ? count : undefined;
}

function stringOf(wire: unknown): string | undefined {
  return typeof wire === 'string' ? wire : undefined;
}

/** The spend of a row, in raw units; refunds are negative. */
export function spendOf({ type, quota = 0 }: Pick<SpendRow, 'type' | 'quota'>): number {
  return type === REFUND ? 0 - Math.abs(quota) : quota;
}

/** The tokens of a request; undefined where the row has neither number. */
function tokensOf({ prompt_tokens: prompt, completion_tokens: completion }: SpendRow): number | undefined {
  return prompt === undefined && completion === undefined ? undefined : (prompt ?? 0) + (completion ?? 0);
}

/** Returns a function that adds rows of spend to a sum. A refund is no request. */
export function rowAdder(sum: Pick<UsageSum, 'add'>): (row: SpendRow) => void {
  const hours = new LocalHours();
  return row => {
    if (!isSpend(row)) return;
    const { day, hour } = hours.localHourAt(row.created_at * 1000);
    sum.add({
      day,
      hour,
      key: sanitizeText(row.token_name ?? '', NAME_LENGTH),
      model: sanitizeText(row.model_name ?? '', NAME_LENGTH),
      raw: spendOf(row),
      requests: isRequest(row) ? 1 : 0,
      tokens: isRequest(row) ? tokensOf(row) : 0,
    });
  };
}
