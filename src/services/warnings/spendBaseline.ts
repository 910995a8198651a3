import { NORMAL_DAYS, normalSince, normalSpend, spentToday } from '../../core/forecast/normalSpend.ts';
import type { Store } from '../../core/ports/store.ts';
import type { DaySpend } from '../../core/ports/tables.ts';
import type { KeyState } from '../../core/quota/keyState.ts';
import { isSameUnit } from '../../core/quota/unit.ts';
import { DAY_MS } from '../../core/time.ts';
import { localDay } from '../../core/usage/range.ts';
import type { SpendFigures } from '../../core/warnings/warning.ts';

/**
 * Ordinary days by key, from the recorded history. They are looked up once a day:
 * what is recorded after an erasing is of another series, with which nothing of before compares.
 */
export class SpendBaseline {
  readonly #store: Store;
  #lookedUp = '';
  #past = new Map<string, readonly DaySpend[]>();

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * What those keys spent today against their ordinary days that spent at least `factor` times as much. The
   * others are left out: nothing is to be said about them.
   */
  spendFigures(keys: readonly KeyState[], factor: number, now: number): Map<string, SpendFigures> {
    this.#lookUp(now);
    const history = this.#store.history;
    const today = Map.groupBy(history.spendByDay(localDay(now), localDay(now)), row => row.keyId);
    const current = history.currentSeries();
    const figures = new Map<string, SpendFigures>();
    for (const { id, reading } of keys) {
      // Only days of the series the key is in now compare: others were read by another scale, or of another key.
      const series = current.get(id);
      const booked = today.get(id)?.find(row => row.series === series);
      if (!booked || booked.spent <= 0 || !reading || !isSameUnit(booked.unit, reading.unit)) continue;
      const past = (this.#past.get(id) ?? []).filter(row => row.series === series);
      const normal = normalSpend(new Map(past.map(row => [row.day, row])), now);
      if (normal === undefined || booked.spent < factor * normal) continue;
      figures.set(id, { today: this.#surelyToday(booked, now), normal });
    }
    return figures;
  }

  #lookUp(now: number): void {
    const day = localDay(now);
    if (day === this.#lookedUp) return;
    this.#lookedUp = day;
    this.#past = Map.groupBy(this.#store.history.spendByDay(normalSince(now), day), row => row.keyId);
  }

  #surelyToday({ keyId, series }: DaySpend, now: number): number {
    const rows = this.#store.history.historyRows(keyId, now - (NORMAL_DAYS + 1) * DAY_MS, now);
    return spentToday(
      rows.filter(row => row.series === series),
      now,
    );
  }
}
