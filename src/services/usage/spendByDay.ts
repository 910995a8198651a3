import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { dayText } from '../../core/ledger/dayText.ts';
import { dayOf, startOfDay } from '../../core/ledger/localDays.ts';
import { countedOnce, gatewayAddressOf } from '../../core/ledger/spendSums.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Store } from '../../core/ports/store.ts';
import { exact } from '../../core/quota/exact.ts';
import type { KeySpend, KeyState } from '../../core/quota/keyState.ts';
import { type Unit, unitId } from '../../core/quota/unit.ts';
import { dropUnknownTotal } from '../../core/usage/dropUnknownTotal.ts';
import { type Headline, headlineOf } from '../../core/usage/headline.ts';
import type { Range } from '../../core/usage/range.ts';
import { labelAtStep } from '../../core/usage/spendLabel.ts';
import type { Usage } from '../../core/usage/usage.ts';
import type { UsageReport } from '../../core/usage/usageReport.ts';
import { addWeekHours, type WeekHours, weekHours } from '../../core/usage/weekHours.ts';
import { wholeDays } from '../../core/usage/wholeDays.ts';
import { ledgerAnswer } from '../ledger/ledgerAnswer.ts';
import { recordedIn } from './recordedMemo.ts';
import { reportOf } from './reportOf.ts';

/** How many days are told, today included. */
const DAYS = 30;

/** What all keys, or all accounts, spent in one unit within the last 30 days. */
export interface UnitSpend {
  readonly scope: 'key' | 'account';
  readonly unit: Unit;
  /** The host of the gateway, where its unit is another one at each. */
  readonly gateway?: string;
  readonly headline: Headline;
  /** The labels of the days, today last, and whether all is known of each of keys of which anything is. */
  readonly days: readonly string[];
  readonly isWhole: readonly boolean[];
  /** What was spent on each day by model, the biggest first; an empty name where the model is not known. */
  readonly models: readonly { readonly name: string; readonly used: readonly number[] }[];
  /** Whether some was spent whose day is not known. */
  readonly isUndated: boolean;
  readonly week: WeekHours;
}

/** What is known of one key. */
interface Known {
  /** What this was made from: the key's spend as last worked out, and the day that was today. */
  readonly spend: KeySpend | undefined;
  readonly today: number;
  readonly parts: readonly Part[];
}

interface Part {
  readonly group: string;
  readonly gateway: string | undefined;
  readonly report: UsageReport;
  /** By model and place of the day. */
  readonly models: ReadonlyMap<string, readonly number[]>;
  readonly isWhole: readonly boolean[];
  readonly isUndated: boolean;
  readonly week: WeekHours;
}

/**
 * Adds up what keys spent by day and model, from what is known already: no gateway is asked. Each token's money counts
 * once. Only keys that spent since they were looked at last are looked at again.
 */
export class SpendByDay {
  readonly #store: Store;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #timeZone: () => string;
  #known = new Map<string, Known>();

  constructor(store: Store, clock: Pick<Clock, 'now'>, timeZone: () => string) {
    this.#store = store;
    this.#clock = clock;
    this.#timeZone = timeZone;
  }

  /** Works in slices, so that other work goes on in between. Undefined where it was aborted. */
  async addUp(keys: readonly KeyState[], signal: AbortSignal): Promise<readonly UnitSpend[] | undefined> {
    const counted = countedOnce(keys).filter(({ reading }) => reading !== undefined);
    const today = dayOf(this.#clock.now());
    const known = new Map<string, Known>();
    for (const key of counted) {
      const before = this.#known.get(key.id);
      if (before?.spend === key.spend && before?.today === today) known.set(key.id, before);
      else {
        await yieldToEventLoop();
        if (signal.aborted) return undefined;
        known.set(key.id, { spend: key.spend, today, parts: this.#partsOf(key, today) });
      }
    }
    this.#known = known;
    const parts = [...known.values()].flatMap(each => each.parts);
    const days = daysUpTo(today);
    return [...Map.groupBy(parts, ({ group }) => group).values()]
      .map(ofUnit => sumOf(ofUnit, days.map(dayText), this.#clock.now()))
      .filter(({ headline }) => headline.keysWithTotal > 0);
  }

  #partsOf(key: KeyState, today: number): readonly Part[] {
    const now = this.#clock.now();
    const days = daysUpTo(today);
    const range = { from: startOfDay(today - DAYS + 1), to: startOfDay(today + 1) - 1 };
    return usagesOf(this.#store, key, range, now).map(usage => {
      const report = reportOf(key, range, dropUnknownTotal(usage));
      return {
        ...groupOf(key, report),
        report,
        ...byDay(report, days.map(dayText)),
        isWhole: wholeDays(report, days, now),
        week: weekHours([report], [], this.#timeZone()),
      };
    });
  }
}

function daysUpTo(today: number): readonly number[] {
  return Array.from({ length: DAYS }, (_, index) => today - DAYS + 1 + index);
}

/** What the ledger has of a key, else its readings; with what it has in other units. */
function usagesOf(store: Store, key: KeyState, range: Range, now: number): readonly Usage[] {
  const told = ledgerAnswer(store, key, range, now, 'hour');
  if (told?.usage?.total) return [told.usage, ...(told.inOtherUnits ?? [])];
  const unit = key.reading?.unit;
  const { usage, inOtherUnits = [] } = (unit && recordedIn(store, key.id, unit, range, now)) ?? {};
  if (usage) return [usage, ...inOtherUnits];
  return unit ? [{ unit, coverage: { complete: false }, source: 'recorded' }] : [];
}

/** Amounts are added only in one unit, and those of accounts, which may hold those of keys, not to theirs. */
function groupOf(key: KeyState, { scope, unit }: UsageReport): Pick<Part, 'group' | 'gateway'> {
  const gateway = unit.code === 'UNITS' ? gatewayAddressOf(key) : undefined;
  return { group: JSON.stringify([scope.account === undefined, unitId(unit), gateway]), gateway };
}

function byDay(
  { timeline, byDay, total }: UsageReport,
  days: readonly string[],
): Pick<Part, 'models' | 'isUndated'> {
  const places = new Map(days.map((day, place) => [day, place]));
  const models = new Map<string, number[]>();
  let dated = 0;
  const add = (at: string, model: string, used: number) => {
    const place = places.get(labelAtStep(at, 'day'));
    if (place === undefined) return;
    const ofModel = models.get(model) ?? Array<number>(days.length).fill(0);
    ofModel[place] = (ofModel[place] ?? 0) + used;
    models.set(model, ofModel);
    dated += used;
  };
  if (timeline) for (const { at, model = '', used } of timeline.cells) add(at, model, used);
  else for (const { name, used } of byDay ?? []) add(name, '', used);
  return { models, isUndated: exact((total?.used ?? 0) - dated) > 0 };
}

function sumOf(parts: readonly Part[], days: readonly string[], now: number): UnitSpend {
  const reports = parts.map(({ report }) => report);
  const known = parts.filter(({ report }) => report.total !== undefined);
  // If the unit of one report is assumed, so is the unit of the sum.
  const first = reports.find(({ unit }) => unit.source === 'default') ?? reports[0];
  if (!first) throw new Error('A group has members.');
  return {
    scope: first.scope.account === undefined ? 'key' : 'account',
    unit: first.unit,
    ...(parts[0]?.gateway !== undefined && { gateway: parts[0].gateway }),
    // A key without a figure is told by the headline, and does not make each day doubtful.
    headline: headlineOf(
      known.map(({ report }) => report),
      parts.length - known.length,
      now,
    ),
    days,
    isWhole: days.map((_, place) => known.every(({ isWhole }) => isWhole[place])),
    models: sumOfModels(parts, days.length),
    isUndated: parts.some(({ isUndated }) => isUndated),
    week: addWeekHours(parts.map(({ week }) => week)),
  };
}

function sumOfModels(parts: readonly Part[], length: number): UnitSpend['models'] {
  const sums = new Map<string, number[]>();
  for (const { models } of parts)
    for (const [name, used] of models) {
      const sum = sums.get(name) ?? Array<number>(length).fill(0);
      used.forEach((amount, place) => {
        sum[place] = (sum[place] ?? 0) + amount;
      });
      sums.set(name, sum);
    }
  const total = (used: readonly number[]) => used.reduce((sum, amount) => sum + amount, 0);
  return [...sums]
    .map(([name, used]) => ({ name, used: used.map(exact) }))
    .sort((a, b) => total(b.used) - total(a.used) || a.name.localeCompare(b.name));
}
