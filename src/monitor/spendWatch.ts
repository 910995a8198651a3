import type { KeyRecord } from '../quota/key.ts';
import type { KeyState } from '../quota/keyState.ts';
import { NORMAL_DAYS, normalSince, normalSpend, spentToday } from '../quota/normalSpend.ts';
import { localDay } from '../quota/range.ts';
import type { Unit } from '../quota/unit.ts';
import type { SpendFigures } from '../quota/warning.ts';
import { type DaySpend, HistoryTable } from '../store/historyTable.ts';
import type { Store } from '../store/store.ts';

const DAY_MS = 86_400_000;
type UnitName = Pick<Unit, 'code' | 'symbol'>;

/** Ordinary days by key, from the recorded history. They are looked up once a day. */
export class SpendWatch {
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
  figures(
    keys: readonly KeyState[],
    records: ReadonlyMap<string, KeyRecord>,
    factor: number,
    now: number,
  ): Map<string, SpendFigures> {
    this.#lookUp(now);
    const today = Map.groupBy(
      this.#store.room(HistoryTable).days(localDay(now), localDay(now)),
      row => row.keyId,
    );
    const figures = new Map<string, SpendFigures>();
    for (const { id, reading } of keys) {
      const unit = reading?.unit;
      const booked = unit && sumOf(today.get(id) ?? [], unit);
      const watchedSince = records.get(id)?.createdAt;
      if (!unit || !booked || watchedSince === undefined) continue;
      const normal = normalSpend(byDay(this.#past.get(id) ?? [], unit), watchedSince, now);
      if (normal === undefined || booked < factor * normal) continue;
      figures.set(id, { today: this.#surelyToday(id, unit, now), normal });
    }
    return figures;
  }

  #lookUp(now: number): void {
    const day = localDay(now);
    if (day === this.#lookedUp) return;
    this.#lookedUp = day;
    this.#past = Map.groupBy(this.#store.room(HistoryTable).days(normalSince(now), day), row => row.keyId);
  }

  #surelyToday(keyId: string, unit: Unit, now: number): number {
    const rows = this.#store.room(HistoryTable).rows(keyId, now - (NORMAL_DAYS + 1) * DAY_MS, now);
    return spentToday(
      rows.filter(row => isSame(row.unit, unit)),
      now,
    );
  }
}

function byDay(rows: readonly DaySpend[], unit: Unit): Map<string, number> {
  return new Map(rows.filter(row => isSame(row.unit, unit)).map(({ day, spent }) => [day, spent]));
}

function sumOf(rows: readonly DaySpend[], unit: Unit): number {
  return rows.filter(row => isSame(row.unit, unit)).reduce((sum, { spent }) => sum + spent, 0);
}

function isSame(a: UnitName, b: UnitName): boolean {
  return a.code === b.code && (a.symbol ?? '') === (b.symbol ?? '');
}
