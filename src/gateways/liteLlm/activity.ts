import * as v from 'valibot';
import { failed } from '../../core/quota/failure.ts';
import { round6 } from '../../core/quota/unit.ts';
import type { DayOfKey } from '../dayRecords.ts';
import { parseRows } from '../envelope.ts';
import { lenient, wireCount, wireFlag, wireUsed } from '../fields.ts';
import { isDay } from '../isDay.ts';
import { sanitizeText } from '../sanitizeText.ts';
import type { Json } from '../wireJson.ts';

/** What one page tells. */
export interface DaysOfPage {
  readonly days: readonly DayOfKey[];
  /** How many rows could not be read, or do not add up. */
  readonly unreadable: number;
  readonly page: number | undefined;
  /** Undefined where nobody knows. */
  readonly hasMore: boolean | undefined;
}

const metricsSchema = v.object({
  spend: wireUsed,
  successful_requests: lenient(wireCount),
  api_requests: lenient(wireCount),
  total_tokens: lenient(wireCount),
});
type Metrics = v.InferOutput<typeof metricsSchema>;

const group = v.optional(v.unknown());
const daySchema = v.object({
  date: v.pipe(v.string(), v.check(isDay)),
  metrics: metricsSchema,
  breakdown: lenient(v.object({ models: group, model_groups: group, api_keys: group })),
});
const pageSchema = lenient(
  v.object({ page: lenient(wireCount), total_pages: lenient(wireCount), has_more: lenient(wireFlag) }),
);

/**
 * Parses a page of daily activity.
 * @throws GatewayError `missing-figures` without a list of days, `range-not-told` where it tells of another key.
 */
export function daysOfPage(json: Json, hash: string): DaysOfPage {
  const rows = parseRows(json.results);
  const read = rows.map(row => daysOf(row, hash));
  const { page, total_pages: pages, has_more: more } = v.parse(pageSchema, json.metadata) ?? {};
  return {
    days: read.flatMap(({ days }) => days),
    unreadable: read.reduce((sum, { unreadable }) => sum + unreadable, 0),
    page,
    hasMore: more ?? (page === undefined || pages === undefined ? undefined : page < pages),
  };
}

interface DayRead {
  readonly days: readonly DayOfKey[];
  readonly unreadable: number;
}

const UNREADABLE: DayRead = { days: [], unreadable: 1 };

/**
 * The rows of a day, by model. Spend of the day beyond its models' sum gets a row without a model; models that add up
 * to more than the day are unreadable.
 */
function daysOf(wire: unknown, hash: string): DayRead {
  const parsed = v.safeParse(daySchema, wire);
  if (!parsed.success) return UNREADABLE;
  const { date: day, metrics, breakdown } = parsed.output;
  if (namesOf(breakdown?.api_keys).some(name => name !== hash))
    throw failed('not-supported', 'range-not-told');
  const models = modelsOf(breakdown?.model_groups) ?? modelsOf(breakdown?.models) ?? [];
  const rows = models.map(([model, told]) => rowOf(day, sanitizeText(model, 100), told));
  const rest = round6(metrics.spend - rows.reduce((sum, { raw }) => sum + raw, 0));
  if (rest < 0) return UNREADABLE;
  if (rows.length > 0 && rest === 0) return { days: rows, unreadable: 0 };
  const whole = rowOf(day, '', metrics);
  return { days: rows.length > 0 ? [...rows, restOf(whole, rows, rest)] : [whole], unreadable: 0 };
}

function rowOf(day: string, model: string, { spend, total_tokens: tokens, ...counts }: Metrics): DayOfKey {
  // Failed requests cost nothing.
  const requests = counts.successful_requests ?? counts.api_requests;
  return { day, key: '', model, raw: spend, requests, tokens };
}

/** The part of a day's spend that no model has. */
function restOf(whole: DayOfKey, rows: readonly DayOfKey[], raw: number): DayOfKey {
  const restIn = (part: 'requests' | 'tokens') => {
    const left = rows.reduce((sum, row) => sum - (row[part] ?? Number.NaN), whole[part] ?? Number.NaN);
    return left >= 0 ? left : undefined;
  };
  return { ...whole, raw, requests: restIn('requests'), tokens: restIn('tokens') };
}

/** The models of a day, in either form of versions; undefined where one of them cannot be read, or there are none. */
function modelsOf(wire: unknown): readonly (readonly [string, Metrics])[] | undefined {
  const names = namesOf(wire);
  const read = names.flatMap(name => {
    const told = metricsOf((wire as Json)[name]);
    return told ? [[name, told] as const] : [];
  });
  return read.length > 0 && read.length === names.length ? read : undefined;
}

function metricsOf(wire: unknown): Metrics | undefined {
  const inner = v.safeParse(v.object({ metrics: metricsSchema }), wire);
  if (inner.success) return inner.output.metrics;
  const outer = v.safeParse(metricsSchema, wire);
  return outer.success ? outer.output : undefined;
}

function namesOf(wire: unknown): readonly string[] {
  return typeof wire === 'object' && wire !== null && !Array.isArray(wire) ? Object.keys(wire) : [];
}
