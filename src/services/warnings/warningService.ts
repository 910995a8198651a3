import type { Clock } from '../../core/ports/clock.ts';
import type { Log } from '../../core/ports/log.ts';
import type { Store } from '../../core/ports/store.ts';
import { UNFOCUSED_DELAY_MS, type WindowActivity } from '../../core/ports/windowActivity.ts';
import { isPaused } from '../../core/quota/failure.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import type { KeyState } from '../../core/quota/keyState.ts';
import type { SpendingLimit } from '../../core/spendingLimits/spendingLimit.ts';
import { withLimitsAmong } from '../../core/spendingLimits/spendingProgress.ts';
import { MINUTE_MS, SECOND_MS } from '../../core/time.ts';
import { evaluateCurrencyLimits } from '../../core/warnings/currencyLimits.ts';
import {
  type DueWarning,
  type Evaluation,
  evaluateRules,
  type WarningSubject,
} from '../../core/warnings/evaluateRules.ts';
import { isQuiet } from '../../core/warnings/quietHours.ts';
import type { FiredChange } from '../../core/warnings/thresholdRule.ts';
import type { Warning } from '../../core/warnings/warning.ts';
import type { WarningRules } from '../../core/warnings/warningRules.ts';
import { msToNextLook } from '../msToNextLook.ts';
import type { Monitor } from '../polling/monitor.ts';
import { evaluateInSlices, KEYS_AT_ONCE } from './evaluateInSlices.ts';
import type { MuteService } from './muteService.ts';
import { SpendBaseline } from './spendBaseline.ts';

/** What the service needs. */
export interface WarningServiceParts {
  readonly store: Store;
  readonly monitor: Pick<Monitor, 'snapshot' | 'onDidChange' | 'staleAfterMs'>;
  readonly clock: Clock;
  readonly activity: WindowActivity;
  readonly muteService: Pick<MuteService, 'pausedUntil' | 'onDidChange'>;
  readonly rules: () => WarningRules;
  readonly log: Pick<Log, 'warn'>;
  /** Shows warnings; several at once are one notification. */
  readonly show: (warnings: readonly Warning[]) => void;
}

/** Debounce: warnings that become due within this time are shown together. */
const DEBOUNCE_MS = 2.5 * SECOND_MS;
/** How often rules are evaluated without any change, because time alone makes warnings due. */
const EVALUATE_EVERY_MS = MINUTE_MS;

/**
 * Evaluates the warning rules, and shows each warning in one window: the one whose transaction marks it as
 * fired. Windows without focus take only urgent ones.
 */
export class WarningService {
  readonly #parts: WarningServiceParts;
  readonly #spendBaseline: SpendBaseline;
  readonly #subscriptions: readonly { dispose(): unknown }[];
  #cancelTimer: () => void = () => undefined;
  #isScheduled = false;
  #isDisposed = false;

  constructor(parts: WarningServiceParts) {
    this.#parts = parts;
    this.#spendBaseline = new SpendBaseline(parts.store);
    this.#subscriptions = [
      parts.monitor.onDidChange(() => this.#scheduleEvaluation()),
      parts.activity.onDidFocus(() => this.evaluateSoon()),
      parts.muteService.onDidChange(() => this.evaluateSoon()),
    ];
    this.#scheduleEvaluation();
  }

  /** Evaluates again after the debounce time. */
  evaluateSoon(): void {
    this.#isScheduled = false;
    this.#scheduleEvaluation();
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#cancelTimer();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #scheduleEvaluation(): void {
    if (this.#isScheduled || this.#isDisposed) return;
    this.#isScheduled = true;
    this.#evaluateAfter(this.#parts.activity.focused ? DEBOUNCE_MS : UNFOCUSED_DELAY_MS);
  }

  #evaluateAfter(ms: number): void {
    this.#cancelTimer();
    const { clock, activity } = this.#parts;
    this.#cancelTimer = clock.after(ms, () => {
      this.#isScheduled = false;
      this.#evaluateAfter(msToNextLook(clock.now(), activity.focused, EVALUATE_EVERY_MS));
      void this.#evaluate();
    });
  }

  async #evaluate(): Promise<void> {
    const { store, log, monitor, show } = this.#parts;
    try {
      // Most evaluations find nothing, and should not block other windows' writes.
      const isLong = monitor.snapshot.length > KEYS_AT_ONCE;
      const preliminary = isLong ? await this.#evaluateInSlices() : store.view(() => this.#evaluateRules());
      // The database may be closed by now.
      if (this.#isDisposed) return;
      const affected = new Set([
        ...this.#toShow(preliminary.due).map(({ warning }) => warning.key.id),
        ...preliminary.markChanges.map(({ keyId }) => keyId),
      ]);
      if (affected.size === 0) return;
      const warnings = store.transaction(() => this.#markFired(affected));
      if (warnings.length > 0) show(warnings);
    } catch (error) {
      log.warn(`Warnings could not be looked at: ${String(error)}`);
    }
  }

  /** Evaluates the rules for all keys of the snapshot, of which there are many, without blocking the event loop. */
  #evaluateInSlices(): Promise<Evaluation> {
    const { store, clock, rules, monitor } = this.#parts;
    const limits = store.spendingLimits.allLimits();
    const subjects = store.view(() => this.#subjects(monitor.snapshot, limits));
    const fired = store.fired.allFired();
    return evaluateInSlices(subjects, limits, fired, rules(), clock.now(), () => this.#isDisposed);
  }

  /** Marks as fired what this window is to show. Called inside a transaction. */
  #markFired(keyIds: ReadonlySet<string>): readonly Warning[] {
    const { due, markChanges } = this.#evaluateRules(keyIds);
    const shown = this.#toShow(due);
    this.#saveFired([...markChanges, ...shown.flatMap(({ firedMarks }) => firedMarks)]);
    return shown.map(({ warning }) => warning);
  }

  /** Evaluates the rules for all keys of the snapshot, or for some as the database has them now. */
  #evaluateRules(only?: ReadonlySet<string>): Evaluation {
    const { store, clock, rules, monitor } = this.#parts;
    const keys = only
      ? monitor.snapshot.filter(key => only.has(key.id) && this.#isLatest(key))
      : monitor.snapshot;
    const limits = store.spendingLimits.allLimits();
    const subjects = this.#subjects(keys, limits);
    const fired = store.fired.allFired();
    const [now, current] = [clock.now(), rules()];
    const { due, markChanges } = evaluateRules(subjects, fired, current, now);
    // A limit for all keys needs every key, even if only some are evaluated.
    const all = only && limits.length > 0 ? this.#subjects(monitor.snapshot, limits) : subjects;
    const ofCurrencies = evaluateCurrencyLimits(limits, all, fired, current, now);
    return { due: [...due, ...ofCurrencies.due], markChanges: [...markChanges, ...ofCurrencies.markChanges] };
  }

  #subjects(keys: readonly KeyState[], limits: readonly SpendingLimit[]): readonly WarningSubject[] {
    const { store, clock, rules, monitor } = this.#parts;
    const records = new Map<string, KeyRecord>(store.keys.allKeys().map(record => [record.id, record]));
    const { kinds, spendFactor } = rules();
    const isWatched = kinds.has('spend') && spendFactor > 0;
    const spend = isWatched ? this.#spendBaseline.spendFigures(keys, spendFactor, clock.now()) : undefined;
    const series = kinds.has('refill') ? store.history.currentSeries() : undefined;
    const ownRules = store.keyRules.allRules();
    const snoozes = store.snoozes.allSnoozes();
    const limitsByKey = Map.groupBy(limits, ({ scope }) => (scope.of === 'key' ? scope.keyId : undefined));
    return keys.map(key => {
      const { fingerprint = '', createdAt } = records.get(key.id) ?? {};
      const staleAfterMs = monitor.staleAfterMs(key.id);
      return {
        // Another window may have changed or removed a limit since this one read it.
        key: withLimitsAmong(key, limitsByKey.get(key.id) ?? []),
        staleAfterMs,
        fingerprint,
        createdAt,
        series: series?.get(key.id),
        spend: spend?.get(key.id),
        ownRules: ownRules.get(key.id),
        snooze: snoozes.get(key.id),
      };
    });
  }

  /**
   * Whether a key is as the database has it. Another window may have a newer reading; and a window that
   * cannot read a secret has a failure of its own, which is no warning.
   */
  #isLatest(key: KeyState): boolean {
    const stored = this.#parts.store.states.stateOf(key.id);
    if (!stored) return false;
    const checkedAt = key.checkedAt === undefined ? undefined : Date.parse(key.checkedAt);
    if (stored.checkedAt !== checkedAt || stored.reading?.takenAt !== key.reading?.takenAt) return false;
    const isPausedThere = this.#parts.store.keys.findKey(key.id)?.pausedAt !== undefined;
    return isPaused(key) ? isPausedThere : !isPausedThere && stored.failure?.class === key.failure?.class;
  }

  #toShow(due: readonly DueWarning[]): readonly DueWarning[] {
    const { clock, rules, activity, muteService } = this.#parts;
    const { enabled, quietHours } = rules();
    if (!enabled || isQuiet(quietHours, clock.now()) || muteService.pausedUntil !== undefined) return [];
    return activity.focused ? due : due.filter(({ warning }) => warning.urgent);
  }

  #saveFired(changes: readonly FiredChange[]): void {
    const { fired: marks } = this.#parts.store;
    for (const { keyId, name, mark } of changes) {
      if (mark === undefined) marks.removeFired(keyId, name);
      else marks.saveFired(keyId, name, mark);
    }
  }
}
