import { isDeepStrictEqual } from 'node:util';
import { dayText } from '../../core/ledger/dayText.ts';
import { firstShownDay, keySpendOf } from '../../core/ledger/keySpend.ts';
import { dayOf, startOfDay } from '../../core/ledger/localDays.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { DaySpend } from '../../core/ports/historyTables.ts';
import type { Log } from '../../core/ports/log.ts';
import type { Settings } from '../../core/ports/settings.ts';
import type { Store } from '../../core/ports/store.ts';
import type { SpendInUnit } from '../../core/quota/keyState.ts';
import type { Reading } from '../../core/quota/reading.ts';
import { unitId } from '../../core/quota/unit.ts';
import { MINUTE_MS, SECOND_MS } from '../../core/time.ts';
import type { Monitor } from '../polling/monitor.ts';
import { knownSpendOf } from './knownSpendOf.ts';
import { lastDayOfOtherZone, rebuiltDays } from './rebuiltDays.ts';

export interface SpendTotalsParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Pick<Log, 'warn'>;
  readonly settings: () => Settings;
  readonly monitor: Pick<Monitor, 'snapshot' | 'onDidChange' | 'setSpend'>;
}

/** Debounce: readings that come within this time are looked at together. */
const DEBOUNCE_MS = SECOND_MS;
/** How many keys are worked out at a time, so that a thousand keys do not block the extension host. */
const KEYS_AT_ONCE = 10;
const DAYS_AT_ONCE = 5;
const BETWEEN_SLICES_MS = 20;
/** How often all is read again, because another window may have taken something in or erased it. */
const REFRESH_MS = 30 * MINUTE_MS;

/** What a key's figures were worked out from. A reading with nothing new in it leaves them as they are. */
interface WorkedOut {
  readonly reading: Reading;
  readonly ledger: string;
}

/** Works out what each key spent today, in seven days and this month, when its reading or its ledger has changed. */
export class SpendTotals {
  readonly #parts: SpendTotalsParts;
  readonly #subscription: { dispose(): unknown };
  /** The reading that each key's figures follow from. */
  readonly #readings = new Map<string, Reading | undefined>();
  readonly #workedOut = new Map<string, WorkedOut>();
  readonly #due = new Set<string>();
  /** What readings showed of the days before today, by key; those of `#daysToRead` are not in it yet. */
  #pastDays = new Map<string, DaySpend[]>();
  #daysToRead: number[] = [];
  #today = 0;
  #firstDay = 0;
  #lastOfOtherZone = Number.NEGATIVE_INFINITY;
  /** The keys whose past days are added up again, which takes as long as all else of ten keys. */
  readonly #rebuiltKeys = new Set<string>();
  #monthBegins = 1;
  #isScheduled = false;
  #isDisposed = false;
  #cancelSlice: () => void = () => undefined;
  #cancelRefresh: () => void = () => undefined;

  constructor(parts: SpendTotalsParts) {
    this.#parts = parts;
    this.#subscription = parts.monitor.onDidChange(() => this.#look());
    this.#look();
  }

  /** Forgets what readings showed of a key, because that was erased. */
  forgetKey(keyId: string): void {
    this.#pastDays.delete(keyId);
    this.refreshKey(keyId);
  }

  /** Works out a key's figures again, after its ledger has changed. */
  refreshKey(keyId: string): void {
    this.#readings.delete(keyId);
    this.#look();
  }

  /** Works out all figures again, and reads all days. */
  refreshAll(): void {
    this.#readings.clear();
    this.#today = 0;
    this.#look();
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#subscription.dispose();
    this.#cancelSlice();
    this.#cancelRefresh();
  }

  #look(): void {
    for (const { id, reading, via } of this.#parts.monitor.snapshot) {
      // A server tells what its keys spent.
      if (via !== undefined) continue;
      if (this.#readings.has(id) && this.#readings.get(id) === reading) continue;
      const isNews = !this.#readings.has(id) || !this.#hasStoodStill(id, reading);
      this.#readings.set(id, reading);
      if (isNews) this.#due.add(id);
    }
    const isDue = this.#due.size > 0 || this.#parts.settings().monthBegins !== this.#monthBegins;
    if (isDue && !this.#isScheduled) this.#scheduleSlice(DEBOUNCE_MS);
  }

  /** Whether a key's figures were worked out recently, and nothing but the time of its reading has changed since. */
  #hasStoodStill(keyId: string, reading: Reading | undefined): boolean {
    const before = this.#workedOut.get(keyId);
    if (!before || !reading) return false;
    const sinceMs = Date.parse(reading.takenAt) - Date.parse(before.reading.takenAt);
    return (
      Math.abs(sinceMs) < REFRESH_MS &&
      isDeepStrictEqual(withoutTimes(before.reading), withoutTimes(reading)) &&
      this.#ledgerOf(keyId) === before.ledger
    );
  }

  /** Another text whenever something of a key was taken into its ledger, or erased from it. */
  #ledgerOf(keyId: string): string {
    return JSON.stringify(this.#parts.store.ledger.coverageOf(keyId));
  }

  #scheduleSlice(ms: number): void {
    if (this.#isDisposed) return;
    this.#isScheduled = true;
    this.#cancelSlice = this.#parts.clock.after(ms, () => {
      this.#isScheduled = false;
      try {
        if (this.#doSlice()) this.#scheduleSlice(BETWEEN_SLICES_MS);
      } catch (error) {
        this.#parts.log.warn(`What keys spent could not be worked out: ${String(error)}`);
      }
    });
  }

  /** Returns whether there is more to do. */
  #doSlice(): boolean {
    const { store, clock, monitor } = this.#parts;
    const now = clock.now();
    const { monthBegins } = this.#parts.settings();
    const last = lastDayOfOtherZone(store, now);
    if (dayOf(now) !== this.#today || monthBegins !== this.#monthBegins || last !== this.#lastOfOtherZone) {
      this.#lastOfOtherZone = last;
      this.#beginDay(now, monthBegins);
    }
    if (this.#daysToRead.length > 0) {
      this.#readPastDays();
      return true;
    }
    const ids: string[] = [];
    for (const id of this.#due) {
      this.#due.delete(id);
      if (ids.push(id) === KEYS_AT_ONCE || this.#needsRebuild(id)) break;
    }
    const today = dayText(this.#today);
    const totals = store.view(() => {
      const ofToday = Map.groupBy(store.history.spendByDay(today, today), ({ keyId }) => keyId);
      return new Map(ids.map(id => [id, this.#totalOf(id, ofToday.get(id) ?? [], now)]));
    });
    monitor.setSpend(totals);
    return this.#due.size > 0;
  }

  #totalOf(keyId: string, ofToday: readonly DaySpend[], now: number): SpendInUnit | undefined {
    const reading = this.#readings.get(keyId);
    if (!reading) return undefined;
    const [first, today, last] = [this.#firstDay, this.#today, this.#lastOfOtherZone];
    const rebuilt = (rows: readonly DaySpend[], from: number, to: number) =>
      rebuiltDays(this.#parts.store, keyId, reading.unit, rows, { from, to: Math.min(to, last) });
    if (this.#needsRebuild(keyId)) {
      this.#pastDays.set(keyId, [...rebuilt(this.#pastDays.get(keyId) ?? [], first, today - 1)]);
      this.#rebuiltKeys.add(keyId);
    }
    const days = [...(this.#pastDays.get(keyId) ?? []), ...rebuilt(ofToday, today, today)];
    const monthBegins = this.#monthBegins;
    const known = knownSpendOf(this.#parts.store, keyId, reading, days, now, monthBegins);
    const spend = keySpendOf(known, now, monthBegins);
    if (spend) this.#workedOut.set(keyId, { reading, ledger: this.#ledgerOf(keyId) });
    else this.#workedOut.delete(keyId);
    return spend && { unitId: unitId(reading.unit), day: dayOf(now), monthBegins, spend };
  }

  #needsRebuild(keyId: string): boolean {
    return this.#lastOfOtherZone >= this.#firstDay && !this.#rebuiltKeys.has(keyId);
  }

  /** Starts a new round where the day has changed, or after `REFRESH_MS`: everything is worked out again. */
  #beginDay(now: number, monthBegins: number): void {
    const { clock, monitor } = this.#parts;
    this.#today = dayOf(now);
    this.#monthBegins = monthBegins;
    const first = firstShownDay(now, this.#monthBegins);
    this.#firstDay = first;
    this.#daysToRead = Array.from({ length: this.#today - first }, (_, index) => first + index);
    this.#pastDays = new Map();
    this.#rebuiltKeys.clear();
    for (const { id, via } of monitor.snapshot) if (via === undefined) this.#due.add(id);
    this.#cancelRefresh();
    const midnight = startOfDay(this.#today + 1);
    this.#cancelRefresh = clock.after(Math.min(midnight - now, REFRESH_MS), () => this.refreshAll());
  }

  #readPastDays(): void {
    const days = this.#daysToRead.splice(0, DAYS_AT_ONCE);
    const [first, last] = [days[0], days.at(-1)];
    if (first === undefined || last === undefined) return;
    const rows = this.#parts.store.history.spendByDay(dayText(first), dayText(last));
    for (const [keyId, ofKey] of Map.groupBy(rows, row => row.keyId)) {
      const known = this.#pastDays.get(keyId);
      if (known) known.push(...ofKey);
      else this.#pastDays.set(keyId, [...ofKey]);
    }
  }
}

/** A reading without the times at which it was taken. */
function withoutTimes({ takenAt: _, usableAt: __, ...shown }: Reading): Partial<Reading> {
  return shown;
}
