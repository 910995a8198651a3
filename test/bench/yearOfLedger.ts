import type { SpendRecord } from '../../src/core/ledger/spendRecord.ts';
import type { SqliteStore } from '../../src/store/store.ts';
import { seededChance } from '../unit/support/seededChance.ts';

const DAY_S = 86_400;
const QUARTER_S = 900;
const MODELS = [
  'gpt-5.1',
  'gpt-5.1-mini',
  'claude-opus-4-5',
  'claude-sonnet-4-5',
  'gemini-3-pro',
  'qwen3',
  'glm-4.7',
  'kimi-k2',
];
/** Quarters of an hour in a working day, nine to seven. */
const QUARTERS = 40;
const FIRST_QUARTER = 36;
/** How often a key begins with a model in a quarter, on each day; a fourth of the times it goes on with a second row. */
const STARTS = 44;
const SECOND_ROW = 0.25;

export const SCALE = { unit: { code: 'USD', source: 'gateway' }, perUnit: 500_000 } as const;

/** Takes in a year of log rows for keys of a store, a week of each in one answer. Returns how many rows. */
export function fillYearOfLedger(
  store: SqliteStore,
  keyIds: readonly string[],
  end: number,
  days: number,
): number {
  const chance = seededChance(1);
  let rows = 0;
  for (let week = days; week > 0; week -= 7) {
    const [from, to] = [end - week * DAY_S, end - Math.max(0, week - 7) * DAY_S];
    for (const id of keyIds) {
      const records: SpendRecord[] = [];
      for (let day = from; day < to; day += DAY_S) records.push(...rowsOfDay(day, chance));
      rows += records.length;
      store.transaction(() =>
        store.ledger.takeIn(
          id,
          id,
          { source: 'accountLog', scale: SCALE, records, complete: { from, to }, unreadable: 0 },
          to * 1000,
        ),
      );
    }
  }
  return rows;
}

function rowsOfDay(day: number, chance: () => number): SpendRecord[] {
  const rows: SpendRecord[] = [];
  for (let start = 0; start < STARTS; start++) {
    const quarter = day + (FIRST_QUARTER + Math.floor(chance() * QUARTERS)) * QUARTER_S;
    const model = MODELS[Math.floor(chance() * MODELS.length)] ?? '';
    const count = chance() < SECOND_ROW ? 2 : 1;
    for (let row = 0; row < count; row++)
      rows.push(rowAt(quarter + Math.floor(chance() * QUARTER_S), model, chance));
  }
  return rows;
}

/** So many rows in a row from a second on, as a key writes them that spends all day. */
export function newestRows(from: number, count: number, chance: () => number): SpendRecord[] {
  let at = from;
  return Array.from({ length: count }, () => {
    at += Math.floor(chance() * 58);
    return rowAt(at, MODELS[Math.floor(chance() * MODELS.length)] ?? '', chance);
  });
}

/** A row as agents write them: some thousand tokens in, some hundred out. */
function rowAt(at: number, model: string, chance: () => number): SpendRecord {
  const promptTokens = Math.floor(chance() * 30_000);
  const completionTokens = Math.floor(chance() * 1500);
  const raw = Math.floor(promptTokens * 0.6 + completionTokens * 3);
  return { at, keyName: '', model, raw, requests: 1, promptTokens, completionTokens };
}
