import { isDeepStrictEqual } from 'node:util';
import { noteChangeAt } from '../../core/nextChange.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Log } from '../../core/ports/log.ts';
import type { Settings } from '../../core/ports/settings.ts';
import type { WindowActivity } from '../../core/ports/windowActivity.ts';
import type { KeySpend } from '../../core/quota/keyState.ts';
import { isSameUnit, type Unit } from '../../core/quota/unit.ts';
import { SPENDING_PERIODS } from '../../core/spendingLimits/period.ts';
import type { SpendingLimit, SpendingProgress } from '../../core/spendingLimits/spendingLimit.ts';
import { spendingProgress } from '../../core/spendingLimits/spendingProgress.ts';
import { msToNextLook } from '../msToNextLook.ts';
import type { Monitor } from '../polling/monitor.ts';
import type { SpendingLimitService } from './spendingLimitService.ts';

export interface SpendingLimitWatchParts {
  readonly limitService: Pick<SpendingLimitService, 'limits' | 'onDidChange'>;
  readonly monitor: Pick<Monitor, 'setLimits'>;
  readonly clock: Clock;
  readonly activity: WindowActivity;
  readonly settings: () => Settings;
  readonly log: Pick<Log, 'warn'>;
  /** Called when limits have changed. */
  readonly onDidChange: () => void;
}

/** Puts the limits of keys into the snapshot, each with how much of it is spent. */
export class SpendingLimitWatch {
  readonly #parts: SpendingLimitWatchParts;
  readonly #subscriptions: readonly { dispose(): unknown }[];
  #limits: readonly SpendingLimit[] = [];
  #cancelTimer: () => void = () => undefined;

  constructor(parts: SpendingLimitWatchParts) {
    this.#parts = parts;
    this.#subscriptions = [
      parts.limitService.onDidChange(() => this.#read()),
      parts.activity.onDidFocus(() => this.#read()),
    ];
    this.#read();
  }

  /** The limits for all keys of a currency, as they were last read. */
  get ofCurrencies(): readonly SpendingLimit[] {
    return this.#limits.filter(({ scope }) => scope.of === 'currency');
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#cancelTimer();
  }

  /** Read from time to time as well, because another window may have changed a limit. */
  #read(): void {
    const { limitService, clock, activity, log, monitor, onDidChange } = this.#parts;
    this.#cancelTimer();
    this.#cancelTimer = clock.after(msToNextLook(clock.now(), activity.focused), () => this.#read());
    try {
      const limits = sortedByPeriod(limitService.limits);
      if (isDeepStrictEqual(limits, this.#limits)) return;
      this.#limits = limits;
    } catch (error) {
      log.warn(`Spending limits could not be read: ${String(error)}`);
      return;
    }
    const byKey = Map.groupBy(this.#limits, ({ scope }) => (scope.of === 'key' ? scope.keyId : undefined));
    monitor.setLimits((keyId, ...known) => byKey.get(keyId)?.map(limit => this.#progressOf(limit, ...known)));
    onDidChange();
  }

  /** Spend in another unit says nothing about a limit. */
  #progressOf(
    limit: SpendingLimit,
    spend: KeySpend | undefined,
    unit: Unit | undefined,
    now: number,
  ): SpendingProgress {
    const comparable = unit && isSameUnit(unit, limit.unit) ? spend : undefined;
    const progress = spendingProgress(limit, comparable, now, this.#parts.settings().monthBegins);
    noteChangeAt(Date.parse(progress.resetsAt));
    return progress;
  }
}

function sortedByPeriod(limits: readonly SpendingLimit[]): readonly SpendingLimit[] {
  const place = ({ period }: SpendingLimit) => SPENDING_PERIODS.indexOf(period);
  return [...limits].sort((a, b) => place(a) - place(b));
}
