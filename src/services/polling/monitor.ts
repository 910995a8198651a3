import { setImmediate as turn } from 'node:timers/promises';
import type { CheckState } from '../../core/ports/checkTables.ts';
import { UNFOCUSED_DELAY_MS } from '../../core/ports/windowActivity.ts';
import { staleAfter } from '../../core/quota/freshness.ts';
import type { KeyState, SpendInUnit } from '../../core/quota/keyState.ts';
import type { AccountKey } from '../../core/quota/reading.ts';
import { MINUTE_MS, SECOND_MS } from '../../core/time.ts';
import { Emitter } from '../emitter.ts';
import { replaceAccountKey } from '../keys/accountKeys.ts';
import type { ReserveOptions } from '../requests/requestBudget.ts';
import { bringForward } from './bringForward.ts';
import { Checks } from './checks.ts';
import { correctOrigins } from './correctOrigins.ts';
import { dueOfOthers } from './dueOfOthers.ts';
import { ErrorLog } from './errorLog.ts';
import { loadFailureMessages } from './failureMessage.ts';
import type { LimitsOf } from './keyStateOf.ts';
import type { MonitorParts } from './monitorParts.ts';
import { obstaclesOf } from './obstacles.ts';
import type { PolledKey } from './polledKey.ts';
import { PollScheduler } from './pollScheduler.ts';
import { PollTimer } from './pollTimer.ts';
import { heldOf, type Refreshed, type RefreshOptions, refreshEntries } from './refresh.ts';
import { reserveOptionsFor } from './reserveOptions.ts';
import { resetBackoff } from './resetBackoff.ts';
import { SecretLookups } from './secretLookups.ts';
import { SnapshotStore } from './snapshotStore.ts';

/** How often the focused window looks for due keys and for what another window wrote. */
const FOCUSED_TICK_MS = SECOND_MS;
/** How often all states are computed again, because keys expire and readings go stale by time alone. */
const REVIEW_MS = 20 * SECOND_MS;
/** Debounces publishing: checks that end within this time are shown by one snapshot. */
const PUBLISH_DEBOUNCE_MS = 100;
const MIN_SLEEP_MS = 20;
const MANY_KEYS = 25;
/** The longest wait of a window without focus when nothing is due: timers stop while a laptop sleeps. */
const UNFOCUSED_TICK_MS = MINUTE_MS;

/** Checks keys when they are due, and publishes a snapshot of all of them when anything changed. */
export class Monitor {
  readonly #parts: MonitorParts;
  readonly #snapshotStore: SnapshotStore;
  readonly #errorLog: ErrorLog;
  readonly #changed = new Emitter<readonly KeyState[]>();
  readonly #secretLookups: SecretLookups;
  readonly #checks: Checks;
  readonly #scheduler: PollScheduler;
  readonly #timer: PollTimer;
  readonly #subscriptions: { dispose(): unknown }[] = [];
  #lastReviewAt = 0;
  #isPublishQueued = false;
  /** Origins whose keys count against another limiter since keys were brought forward last. */
  #relimited = new Set<string>();
  #isDisposed = false;

  /** Fires with the new snapshot whenever anything in it changed. */
  readonly onDidChange = this.#changed.event;

  constructor(parts: MonitorParts) {
    this.#parts = parts;
    this.#errorLog = new ErrorLog(parts);
    this.#snapshotStore = new SnapshotStore(parts.store, parts.settings);
    this.#secretLookups = new SecretLookups(parts.secrets, () => this.#onSecretsRead());
    this.#checks = new Checks(
      parts,
      keyId => this.#secretLookups.resultFor(keyId),
      states => this.#onCheckEnd(states),
      entry => dueOfOthers(entry, this.#snapshotStore.ofOrigin(entry.key.origin)),
    );
    this.#scheduler = new PollScheduler(parts, this.#snapshotStore, this.#checks);
    this.#timer = new PollTimer(parts.clock, this.#errorLog, (now, hasOverslept) =>
      this.#doDueWork(now, hasOverslept),
    );
  }

  /** All keys, in the order they were added. Immutable. */
  get snapshot(): readonly KeyState[] {
    return this.#snapshotStore.snapshot;
  }

  /** The age up to which what was heard of a key speaks for the present, in milliseconds. */
  staleAfterMs(keyId: string): number {
    return staleAfter(this.#snapshotStore.intervalMsOf(keyId));
  }

  /** Publishes what the store holds, then starts to poll. */
  async start(): Promise<void> {
    const { secrets, activity } = this.#parts;
    this.#subscriptions.push(
      secrets.onDidChange(id => void this.#onSecretChange(id)),
      activity.onDidFocus(() => this.#errorLog.runAndLog(() => this.#onFocus())),
    );
    try {
      await this.reload();
    } catch (error) {
      // The store may work again at the next tick.
      this.#errorLog.logOnce(error);
      this.#timer.tick();
    }
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#checks.dispose();
    this.#timer.dispose();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** Resolves when no check of this window is under way. */
  idle(): Promise<void> {
    return this.#checks.idle();
  }

  /**
   * Reads store, secrets and settings again after this window changed them. With many keys it yields after each
   * step, so that the extension host is not blocked.
   */
  async reload(): Promise<void> {
    const parts = [
      loadFailureMessages,
      () => this.#parts.store.retryWhileLocked(() => this.#snapshotStore.readStore()),
      () => this.#snapshotStore.planInSlices(() => this.#now()),
      () => this.#readSecrets(),
      () => this.#errorLog.runAndLog(() => this.#publish(true)),
      () => this.#timer.tick(),
    ];
    for (const part of parts) {
      if (this.#isDisposed) return;
      await part();
      if (this.#snapshotStore.size > MANY_KEYS) await turn();
    }
  }

  /** Shows what keys spent, by key id; undefined where that is not known. */
  setSpend(spend: ReadonlyMap<string, SpendInUnit | undefined>): void {
    if (!this.#isDisposed && this.#snapshotStore.setSpend(spend)) this.#publishSoon();
  }

  /** Shows how much of each key's limits is spent. */
  setLimits(limitsOf: LimitsOf): void {
    if (this.#isDisposed) return;
    this.#snapshotStore.setLimits(limitsOf);
    this.#publishSoon();
  }

  /** What a poll of a key leaves to others; undefined where its polls count against another limiter. */
  pollOptions(keyId: string, limiterName: string): ReserveOptions | undefined {
    const entry = this.#snapshotStore.entryOf(keyId);
    if (entry?.limiterName !== limiterName) return undefined;
    return reserveOptionsFor(entry, this.#snapshotStore.pinned, new Set(), this.#now());
  }

  /** Looks for due keys now, because a view became visible. */
  checkDue(): void {
    this.#timer.tick();
  }

  /** Puts newer figures of one of an account's keys into the account's reading. */
  async updateAccountKey(keyId: string, accountKey: AccountKey): Promise<void> {
    replaceAccountKey(this.#parts.store, keyId, accountKey);
    await this.reload();
  }

  /**
   * Applies changed settings: a shorter interval counts from the last check. Keys of `origins`, whose unit or route
   * was changed, are checked again.
   */
  async applySettings(origins: ReadonlySet<string>): Promise<void> {
    const { store, clock, activity } = this.#parts;
    await store.retryWhileLocked(() => this.#snapshotStore.reload(this.#now()));
    await store.retryWhileLocked(() => bringForward(store, this.#snapshotStore.entries));
    await this.reload();
    const outdated = this.#snapshotStore.entries
      .filter(({ key, state }) => origins.has(key.origin) && state.reading && state.dueAt !== undefined)
      .map(({ state }) => state);
    // Every window gets the change; those without focus check what the focused one has not.
    clock.after(activity.focused ? 0 : UNFOCUSED_DELAY_MS, () => {
      if (this.#isDisposed || outdated.length === 0) return;
      const unchanged = outdated.filter(old => store.states.stateOf(old.keyId)?.checkedAt === old.checkedAt);
      void this.refresh(unchanged.map(({ keyId }) => keyId));
    });
  }

  /** Checks the given keys, or all, now; those that are paused only with `evenIfPaused`. Keys for which the request budget has no room are held. */
  async refresh(ids?: readonly string[], options: RefreshOptions = {}): Promise<Refreshed> {
    // A locked key ring may be open by now.
    await this.#readSecrets();
    const wanted = this.#snapshotStore.entries.filter(({ key }) => !ids || ids.includes(key.id));
    const held = await refreshEntries(this.#parts.store, this.#checks, this.#askedFor(wanted), options);
    for (const keyId of held.keys()) {
      const state = this.#parts.store.states.stateOf(keyId);
      if (state) this.#snapshotStore.setState(state, this.#now());
    }
    this.#publish();
    if (held.size > 0) this.#timer.tick();
    const wantedIds = new Set(wanted.map(({ key }) => key.id));
    return { states: this.snapshot.filter(({ id }) => wantedIds.has(id)), held: heldOf(wanted, held) };
  }

  /** Whom to ask for figures of these keys: the account of a key that is read from one. */
  #askedFor(wanted: readonly PolledKey[]): PolledKey[] {
    const asked = wanted.map(entry => {
      const account = entry.account && this.#snapshotStore.entryOf(entry.account.id);
      return account && this.#checks.canCheck(account) ? account : entry;
    });
    return [...new Set(asked)];
  }

  /** Returns the milliseconds until the next tick. */
  #doDueWork(now: number, hasOverslept: boolean): number {
    if (hasOverslept) this.#resetBackoff(now);
    const isReview = now - this.#lastReviewAt >= REVIEW_MS || now < this.#lastReviewAt;
    const hasFileChanged = isReview && this.#parts.store.followFile(now);
    if (hasFileChanged || this.#snapshotStore.isOutdated) {
      this.reload().catch(error => this.#errorLog.logOnce(error));
      return FOCUSED_TICK_MS;
    }
    if (isReview || now >= this.#snapshotStore.until) this.#publish(isReview);
    const wakeAt = Math.min(this.#scheduler.startDueChecks(), this.#snapshotStore.until);
    const longest = this.#parts.activity.focused ? FOCUSED_TICK_MS : UNFOCUSED_TICK_MS;
    return Math.max(MIN_SLEEP_MS, Math.min(wakeAt - now, longest));
  }

  #onFocus(): void {
    this.#resetBackoff(this.#now());
    this.#timer.tick();
  }

  #resetBackoff(now: number): void {
    const { store } = this.#parts;
    for (const state of resetBackoff(store, this.#snapshotStore.entries))
      this.#snapshotStore.setState(state, now);
  }

  /** Starts the next queued check at once, and publishes with a debounce. */
  #onCheckEnd(states: readonly CheckState[]): void {
    if (this.#isDisposed) return;
    this.#errorLog.runAndLog(() => {
      for (const state of states) this.#takeState(state);
    });
    this.#errorLog.runAndLog(() => this.#scheduler.startQueuedChecks());
    this.#publishSoon();
  }

  #publishSoon(): void {
    if (this.#isPublishQueued) return;
    this.#isPublishQueued = true;
    this.#parts.clock.after(PUBLISH_DEBOUNCE_MS, () => {
      this.#isPublishQueued = false;
      if (this.#isDisposed) return;
      this.#errorLog.runAndLog(() => this.#publish());
      if (this.#relimited.size > 0) this.#bringForward();
      this.#timer.tick();
    });
  }

  /** Takes the state after a check. A key whose figures began to move is due as soon as a key in use. */
  #takeState(state: CheckState): void {
    const now = this.#now();
    const before = this.#snapshotStore.entryOf(state.keyId);
    if (this.#snapshotStore.setState(state, now) && before) this.#relimited.add(before.key.origin);
    if (before?.pace === 'close' || !this.#snapshotStore.planAgain(state.keyId, now)) return;
    const entry = this.#snapshotStore.entryOf(state.keyId);
    if (entry?.pace !== 'close') return;
    for (const earlier of bringForward(this.#parts.store, [entry]))
      this.#snapshotStore.setState(earlier, now);
  }

  /** A check has shown which way a site's keys can be asked, which may allow shorter intervals. */
  #bringForward(): void {
    const relimited = this.#relimited;
    this.#relimited = new Set();
    this.#errorLog.runAndLog(() => {
      for (const state of bringForward(this.#parts.store, this.#snapshotStore.entries, relimited))
        this.#snapshotStore.setState(state, this.#now());
    });
  }

  async #readSecrets(): Promise<void> {
    await this.#secretLookups.readAll(this.#snapshotStore.entries.map(({ key }) => key.id));
    this.#errorLog.runAndLog(() => this.#correctOrigins());
  }

  #correctOrigins(): void {
    const hasCorrected = correctOrigins(this.#parts, this.#snapshotStore.entries, keyId =>
      this.#secretLookups.resultFor(keyId),
    );
    if (hasCorrected) this.#snapshotStore.reload(this.#now());
  }

  async #onSecretChange(id: string): Promise<void> {
    await this.#secretLookups.read(id);
    this.#onSecretsRead();
  }

  #onSecretsRead(): void {
    if (this.#isDisposed) return;
    this.#errorLog.runAndLog(() => this.#correctOrigins());
    this.#errorLog.runAndLog(() => this.#publish());
    this.#timer.tick();
  }

  #publish(review = false): void {
    const now = this.#now();
    if (review) this.#lastReviewAt = now;
    const obstacles = obstaclesOf(
      this.#snapshotStore.entries,
      keyId => this.#secretLookups.resultFor(keyId),
      this.#parts.secretsShared,
      now,
    );
    if (this.#snapshotStore.buildSnapshot(obstacles, now, review)) this.#changed.fire(this.snapshot);
  }

  #now(): number {
    return this.#parts.clock.now();
  }
}
