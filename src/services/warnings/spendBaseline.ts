import {
  BASELINE_DAYS,
  baselineFirstDay,
  certainSpendToday,
  dailyBaseline,
} from '../../core/forecast/dailyBaseline.ts';
import type { DaySpend } from '../../core/ports/historyTables.ts';
import type { Store } from '../../core/ports/store.ts';
import type { KeyState } from '../../core/quota/keyState.ts';
import { isSameUnit } from '../../core/quota/unit.ts';
import { DAY_MS } from '../../core/time.ts';
import { localDay } from '../../core/usage/range.ts';
import type { SpendFigures } from '../../core/warnings/warning.ts';

/**
 * The baseline of each key's daily spend, from the recorded history. The days before are cached until the
 * date changes; after an erased history the series is another, so the cache does not match.
 */
export class SpendBaseline {
  readonly #store: Store;
  #cachedDay = '';
  #pastDays = new Map<string, readonly DaySpend[]>();

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * Today's spend and the baseline of the keys that spent at least `factor` times their baseline; other keys
   * are left out. Amounts are in each key's display unit, `now` in epoch milliseconds.
   */
  spendFigures(keys: readonly KeyState[], factor: number, now: number): Map<string, SpendFigures> {
    this.#refreshCache(now);
    const history = this.#store.history;
    const today = Map.groupBy(history.spendByDay(localDay(now), localDay(now)), row => row.keyId);
    const current = history.currentSeries();
    const figures = new Map<string, SpendFigures>();
    for (const { id, reading } of keys) {
      // Only days of the current series compare: others have another scale, or secret.
      const series = current.get(id);
      const todaysRow = today.get(id)?.find(row => row.series === series);
      if (!todaysRow || todaysRow.spent <= 0 || !reading || !isSameUnit(todaysRow.unit, reading.unit))
        continue;
      const past = (this.#pastDays.get(id) ?? []).filter(row => row.series === series);
      const normal = dailyBaseline(new Map(past.map(row => [row.day, row])), now);
      if (normal === undefined || todaysRow.spent < factor * normal) continue;
      figures.set(id, { today: this.#certainSpendToday(todaysRow, now), normal });
    }
    return figures;
  }

  #refreshCache(now: number): void {
    const day = localDay(now);
    if (day === this.#cachedDay) return;
    this.#cachedDay = day;
    this.#pastDays = Map.groupBy(
      this.#store.history.spendByDay(baselineFirstDay(now), day),
      row => row.keyId,
    );
  }

  #certainSpendToday({ keyId, series }: DaySpend, now: number): number {
    const rows = this.#store.history.historyRows(keyId, now - (BASELINE_DAYS + 1) * DAY_MS, now);
    return certainSpendToday(
      rows.filter(row => row.series === series),
      now,
    );
  }
}
