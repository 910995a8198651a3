/** A log of a million rows that can be summed by hand: what each row costs, and what that makes together. */
export const DAYS = 250;
export const KEYS = 50;
export const MODELS = 8;
/** New API's own measure. */
const UNITS_PER_DOLLAR = 500_000;

/** The first morning, in local time, because days are local. */
const MORNING = { year: 2025, month: 0, date: 1, hour: 8 };
/** With the most rows a day, from eight in the morning to five in the afternoon. */
const SECONDS_APART = 8;
/** Units of a row with the first key; one more with each key after it. */
const CHEAPEST = 500;
const TOKENS = 25;

export interface LoggedRow {
  readonly key: string;
  readonly model: string;
  /** In raw units. */
  readonly quota: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Epoch seconds. */
  readonly at: number;
}

/** The row with this number, of so many rows a day. */
export function loggedRow(index: number, perDay: number): LoggedRow {
  const key = index % KEYS;
  return {
    key: keyName(key),
    model: modelName(index % MODELS),
    quota: CHEAPEST + key,
    promptTokens: TOKENS - 5,
    completionTokens: 5,
    at: startOf(Math.floor(index / perDay)) + (index % perDay) * SECONDS_APART,
  };
}

/** The whole days from the first to the last row, in epoch milliseconds. */
export function loggedRange(): { readonly from: number; readonly to: number } {
  const { year, month, date } = MORNING;
  const midnight = (day: number) => new Date(year, month, date + day).getTime();
  return { from: midnight(0), to: midnight(DAYS) - 1 };
}

/** What a sum has to be: dollars, requests and tokens by name. */
export type Sums = Readonly<
  Record<string, { readonly used: number; readonly requests: number; readonly tokens: number }>
>;

export interface ExpectedSums {
  readonly total: Sums[string];
  readonly byDay: Sums;
  readonly byKey: Sums;
  readonly byModel: Sums;
}

/**
 * By arithmetic, without a loop over rows. There is a multiple of 200 rows a day, so that on each day every
 * pair of key and model that occurs has as many rows as the others.
 */
export function expectedSums(rows: number): ExpectedSums {
  const sum = (count: number, meanUnits: number) => ({
    used: (count * meanUnits) / UNITS_PER_DOLLAR,
    requests: count,
    tokens: count * TOKENS,
  });
  const names = <T>(length: number, entry: (index: number) => [string, T]) =>
    Object.fromEntries(Array.from({ length }, (_, index) => entry(index)));
  // Keys 0 … 49 cost 500 … 549: 524.5 on the average, the even ones 524 and the odd ones 525. A row's key and
  // model are both even or both odd, because 50 and 8 are even.
  return {
    total: sum(rows, CHEAPEST + 24.5),
    byDay: names(DAYS, day => [dayName(day), sum(rows / DAYS, CHEAPEST + 24.5)]),
    byKey: names(KEYS, key => [keyName(key), sum(rows / KEYS, CHEAPEST + key)]),
    byModel: names(MODELS, model => [modelName(model), sum(rows / MODELS, CHEAPEST + 24 + (model % 2))]),
  };
}

export function keyName(index: number): string {
  return `team-key-${index}`;
}

function modelName(index: number): string {
  return `model-${index}`;
}

function startOf(day: number): number {
  const { year, month, date, hour } = MORNING;
  return new Date(year, month, date + day, hour).getTime() / 1000;
}

function dayName(day: number): string {
  const { year, month, date } = MORNING;
  return new Date(Date.UTC(year, month, date + day)).toISOString().slice(0, 10);
}
