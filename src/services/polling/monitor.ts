import { setImmediate as turn } from 'node:timers/promises';
import type { CheckState } from '../../core/ports/tables.ts';
import { UNFOCUSED_DELAY_MS } from '../../core/ports/windowActivity.ts';
import type { Failure } from '../../core/quota/failure.ts';
import { staleAfter } from '../../core/quota/freshness.ts';
import type { KeyState } from '../../core/quota/keyState.ts';
import type { AccountKey } from '../../core/quota/reading.ts';
import { MINUTE_MS, SECOND_MS } from '../../core/time.ts';
import { Emitter } from '../emitter.ts';
import { replaceAccountKey } from '../keys/accountKeys.ts';
import { bringForward } from './bringForward.ts';
import { Checks } from './checks.ts';
import { ErrorLog } from './errorLog.ts';
import { loadFailureMessages } from './failureMessage.ts';
import { missingSecret } from './missingSecret.ts';
import type { MonitorParts } from './monitorParts.ts';
import type { PolledKey } from './polledKey.ts';
import { PollScheduler } from './pollScheduler.ts';
import { type Refreshed, type RefreshOptions, refreshEntries } from './refresh.ts';
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
/** A tick that comes this much later than planned means that the computer slept, or the process was stopped. */
const OVERSLEPT_MS = MINUTE_MS;
const RETRY_AFTER_ERROR_MS = 15 * SECOND_MS;
/** A key that is overdue for longer is not being checked by another window, so its missing secret is shown. */
const OTHER_WINDOW_GRACE_MS = MINUTE_MS;

/** Checks keys when they are due, and publishes a snapshot of all of them when anything changed. */
export class Monitor {
  readonly #parts: MonitorParts;
  readonly #snapshotStore: SnapshotStore;
  readonly #errorLog: ErrorLog;
  readonly #changed = new Emitter<readonly KeyState[]>();
  readonly #secretLookups: SecretLookups;
  readonly #checks: Checks;
  readonly #scheduler: PollScheduler;
  readonly #subscriptions: { dispose(): unknown }[] = [];
  #lastReviewAt = 0;
  #nextTickAt = Number.POSITIVE_INFINITY;
  #isPublishQueued = false;
  #hasOtherLimiters = false;
  #isDisposed = false;
  #cancelTick: () => void = () => undefined;

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
    );
    this.#scheduler = new PollScheduler(parts, this.#snapshotStore, this.#checks);
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
      this.#tick();
    }
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#checks.dispose();
    this.#cancelTick();
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
      () => this.#tick(),
    ];
    for (const part of parts) {
      if (this.#isDisposed) return;
      await part();
      if (this.#snapshotStore.size > MANY_KEYS) await turn();
    }
  }

  /** Looks for due keys now, because a view became visible. */
  checkDue(): void {
    this.#tick();
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
    if (held.size > 0) this.#tick();
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

  #tick(): void {
    if (this.#isDisposed) return;
    this.#cancelTick();
    let sleepMs = RETRY_AFTER_ERROR_MS;
    this.#errorLog.runAndLog(() => {
      sleepMs = this.#runDueWork();
    });
    this.#nextTickAt = this.#now() + sleepMs;
    this.#cancelTick = this.#parts.clock.after(sleepMs, () => this.#tick());
  }

  /** Does what is due now. Returns the milliseconds until the next tick. */
  #runDueWork(): number {
    const now = this.#now();
    if (now > this.#nextTickAt + OVERSLEPT_MS) this.#resetBackoff(now);
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
    this.#tick();
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
    if (this.#isPublishQueued) return;
    this.#isPublishQueued = true;
    this.#parts.clock.after(PUBLISH_DEBOUNCE_MS, () => {
      this.#isPublishQueued = false;
      if (this.#isDisposed) return;
      this.#errorLog.runAndLog(() => this.#publish());
      if (this.#hasOtherLimiters) this.#bringForward();
      this.#tick();
    });
  }

  /** Takes the state after a check. A key whose figures began to move is due as soon as a key in use. */
  #takeState(state: CheckState): void {
    const now = this.#now();
    const before = this.#snapshotStore.entryOf(state.keyId)?.pace;
    if (this.#snapshotStore.setState(state, now)) this.#hasOtherLimiters = true;
    if (before === 'close' || !this.#snapshotStore.planAgain(state.keyId, now)) return;
    const entry = this.#snapshotStore.entryOf(state.keyId);
    if (entry?.pace !== 'close') return;
    for (const earlier of bringForward(this.#parts.store, [entry]))
      this.#snapshotStore.setState(earlier, now);
  }

  /** A check has shown which way a site's keys can be asked, which may allow shorter intervals. */
  #bringForward(): void {
    this.#hasOtherLimiters = false;
    this.#errorLog.runAndLog(() => {
      for (const state of bringForward(this.#parts.store, this.#snapshotStore.entries))
        this.#snapshotStore.setState(state, this.#now());
    });
  }

  async #readSecrets(): Promise<void> {
    await this.#secretLookups.readAll(this.#snapshotStore.entries.map(({ key }) => key.id));
    this.#errorLog.runAndLog(() => this.#correctOrigins());
  }

  /**
   * A secret is only sent to the origin it was stored with, whatever the record says. The record is corrected, so
   * that people see that origin, calls are counted for it, and a replaced secret is bound to it too.
   */
  #correctOrigins(): void {
    const { store, log } = this.#parts;
    const wrong = this.#snapshotStore.entries.flatMap(({ key }) => {
      const bound = this.#secretLookups.resultFor(key.id);
      return typeof bound === 'object' && bound.origin !== key.origin ? [{ key, origin: bound.origin }] : [];
    });
    if (wrong.length === 0) return;
    store.transaction(() => {
      for (const { key, origin } of wrong) store.keys.setOrigin(key.id, origin);
    });
    for (const { key, origin } of wrong)
      log.warn(`The record of “${key.label}” named ${key.origin}, and its secret belongs to ${origin}.`);
    this.#snapshotStore.reload(this.#now());
  }

  async #onSecretChange(id: string): Promise<void> {
    await this.#secretLookups.read(id);
    this.#onSecretsRead();
  }

  #onSecretsRead(): void {
    if (this.#isDisposed) return;
    this.#errorLog.runAndLog(() => this.#correctOrigins());
    this.#errorLog.runAndLog(() => this.#publish());
    this.#tick();
  }

  #publish(review = false): void {
    const now = this.#now();
    if (review) this.#lastReviewAt = now;
    if (this.#snapshotStore.buildSnapshot(this.#obstacles(now), now, review))
      this.#changed.fire(this.snapshot);
  }

  /** Why this window cannot check a key, by key id; without the keys that another window evidently checks. */
  #obstacles(now: number): Map<string, Failure> {
    const obstacles = new Map<string, Failure>();
    for (const { key, gateway, state } of this.#snapshotStore.entries) {
      if (!gateway) obstacles.set(key.id, { class: 'not-supported', reason: 'unknown-kind' });
      const lookup = this.#secretLookups.resultFor(key.id);
      if (lookup === undefined || typeof lookup === 'object') continue;
      const anotherAsks =
        !this.#parts.secretsShared && state.reading && now < (state.dueAt ?? 0) + OTHER_WINDOW_GRACE_MS;
      if (!anotherAsks) obstacles.set(key.id, missingSecret(lookup));
    }
    return obstacles;
  }

  #now(): number {
    return this.#parts.clock.now();
  }
}

/** Until when keys are held, by key id: one that is read from an account as long as that is. */
function heldOf(
  wanted: readonly PolledKey[],
  held: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const all = wanted.flatMap(({ key, account }) => {
    const until = held.get(key.id) ?? held.get(account?.id ?? '');
    return until === undefined ? [] : [[key.id, until] as const];
  });
  return new Map(all);
}
