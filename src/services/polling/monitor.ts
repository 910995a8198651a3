import { setImmediate as turn } from 'node:timers/promises';
import type { CheckState } from '../../core/ports/tables.ts';
import type { Failure } from '../../core/quota/failure.ts';
import type { KeyState } from '../../core/quota/keyState.ts';
import type { AccountKey } from '../../core/quota/reading.ts';
import { Emitter } from '../emitter.ts';
import { replaceAccountKey } from '../keys/accountKeys.ts';
import { Checks } from './checks.ts';
import { ErrorLog } from './errorLog.ts';
import { loadFailureMessages } from './failureMessage.ts';
import { missingSecret } from './missingSecret.ts';
import type { MonitorParts } from './monitorParts.ts';
import { PollScheduler, UNFOCUSED_DELAY_MS } from './pollScheduler.ts';
import { type Refreshed, type RefreshOptions, refreshEntries } from './refresh.ts';
import { resetBackoff } from './resetBackoff.ts';
import { SecretLookups } from './secretLookups.ts';
import { SnapshotStore } from './snapshotStore.ts';

/** How soon the focused window notices what another one wrote. */
const WATCH_MS = 1000;
/** How often the mere passing of time is looked at: keys expire, readings go stale. */
const REVIEW_MS = 20_000;
/** Checks that end within this time show together. */
const GATHER_MS = 100;
const MIN_SLEEP_MS = 20;
const MANY_KEYS = 25;
/** A window without focus looks this seldom when nothing is due: a sleeping laptop's timers stand still. */
const MAX_SLEEP_MS = 60_000;
/** Whoever looks so much later than planned was asleep, or stopped. */
const OVERSLEPT_MS = 60_000;
const TROUBLE_MS = 15_000;
/** After this time past due, a missing secret is not just another window's turn. */
const NOBODY_ASKED_MS = 60_000;

/** Asks about keys when they are due, and publishes what is known about all of them. */
export class Monitor {
  readonly #parts: MonitorParts;
  readonly #knowledge: SnapshotStore;
  readonly #complaints: ErrorLog;
  readonly #changed = new Emitter<readonly KeyState[]>();
  readonly #lookups: SecretLookups;
  readonly #checks: Checks;
  readonly #polling: PollScheduler;
  readonly #subscriptions: { dispose(): unknown }[] = [];
  #reviewedAt = 0;
  #plannedAt = Number.POSITIVE_INFINITY;
  #takingIn = false;
  #isDisposed = false;
  #callOff: () => void = () => undefined;

  /** Fires with the new snapshot whenever anything in it changed. */
  readonly onDidChange = this.#changed.event;

  constructor(parts: MonitorParts) {
    this.#parts = parts;
    this.#complaints = new ErrorLog(parts);
    this.#knowledge = new SnapshotStore(parts.store, parts.settings);
    this.#lookups = new SecretLookups(parts.secrets, () => this.#lookedUp());
    this.#checks = new Checks(
      parts,
      keyId => this.#lookups.resultFor(keyId),
      state => this.#checkEnded(state),
    );
    this.#polling = new PollScheduler(parts, this.#knowledge, this.#checks);
  }

  /** All keys, in the order they were added. Immutable. */
  get snapshot(): readonly KeyState[] {
    return this.#knowledge.snapshot;
  }

  /** Shows what the store knows at once, then begins to ask. */
  async start(): Promise<void> {
    const { secrets, activity } = this.#parts;
    this.#subscriptions.push(
      secrets.onDidChange(id => void this.#secretChanged(id)),
      activity.onDidFocus(() => this.#complaints.runAndLog(() => this.#comeBack())),
    );
    try {
      await this.reload();
    } catch (error) {
      // Whatever the store is kept from now may go well at the next look.
      this.#complaints.logOnce(error);
      this.#tick();
    }
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#checks.dispose();
    this.#callOff();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** Resolves when no check of this window is under way. */
  idle(): Promise<void> {
    return this.#checks.idle();
  }

  /**
   * Takes in what this window changed in the store, the secrets or the settings. With many keys, others get
   * a turn after each part: all together would keep the extension host from its work.
   */
  async reload(): Promise<void> {
    const parts = [
      loadFailureMessages,
      () => this.#parts.store.retryWhileLocked(() => this.#knowledge.readStore()),
      () => this.#knowledge.updateIntervals(this.#now()),
      () => this.#lookUpSecrets(),
      () => this.#complaints.runAndLog(() => this.#publish(true)),
      () => this.#tick(),
    ];
    for (const part of parts) {
      if (this.#isDisposed) return;
      await part();
      if (this.#knowledge.size > MANY_KEYS) await turn();
    }
  }

  /** Looks again at what is due, because someone looks. */
  checkDue(): void {
    this.#tick();
  }

  /** Takes newer figures of one of an account's keys into its reading. */
  async updateAccountKey(keyId: string, accountKey: AccountKey): Promise<void> {
    replaceAccountKey(this.#parts.store, keyId, accountKey);
    await this.reload();
  }

  /**
   * Takes in changed settings at once: a shorter interval counts from the last check, and figures from
   * `origins`, whose units the user now reads otherwise, are asked for anew.
   */
  async applySettings(origins: ReadonlySet<string>): Promise<void> {
    const { store, clock, activity } = this.#parts;
    await store.retryWhileLocked(() => this.#knowledge.reload(this.#now()));
    const hasten = () => {
      for (const { key, state, intervalMs } of this.#knowledge.entries) {
        if (state.dueAt === undefined || state.checkedAt === undefined || state.failure) continue;
        if (state.checkedAt + intervalMs < state.dueAt)
          store.states.setDue(key.id, state.checkedAt + intervalMs);
      }
    };
    await store.retryWhileLocked(() => store.transaction(hasten));
    await this.reload();
    const outdated = this.#knowledge.entries
      .filter(({ key, state }) => origins.has(key.origin) && state.reading && state.dueAt !== undefined)
      .map(({ state }) => state);
    // Every window hears of new settings: those without focus only do what no other did.
    clock.after(activity.focused ? 0 : UNFOCUSED_DELAY_MS, () => {
      if (this.#isDisposed || outdated.length === 0) return;
      const left = outdated.filter(old => store.states.of(old.keyId)?.checkedAt === old.checkedAt);
      void this.refresh(left.map(({ keyId }) => keyId));
    });
  }

  /** Asks about the given keys, or all of them, now. Keys without room in the request budget are held. */
  async refresh(ids?: readonly string[], options: RefreshOptions = {}): Promise<Refreshed> {
    // A key ring that was locked may be open by now.
    await this.#lookUpSecrets();
    const wanted = this.#knowledge.entries.filter(({ key }) => !ids || ids.includes(key.id));
    const held = await refreshEntries(this.#parts.store, this.#checks, wanted, options);
    this.#publish();
    const wantedIds = new Set(wanted.map(({ key }) => key.id));
    return { states: this.snapshot.filter(({ id }) => wantedIds.has(id)), held };
  }

  #tick(): void {
    if (this.#isDisposed) return;
    this.#callOff();
    let sleepMs = TROUBLE_MS;
    this.#complaints.runAndLog(() => {
      sleepMs = this.#look();
    });
    this.#plannedAt = this.#now() + sleepMs;
    this.#callOff = this.#parts.clock.after(sleepMs, () => this.#tick());
  }

  /** Does what there is to do now; returns after how long to look again. */
  #look(): number {
    const now = this.#now();
    if (now > this.#plannedAt + OVERSLEPT_MS) this.#forgive(now);
    const isReview = now - this.#reviewedAt >= REVIEW_MS || now < this.#reviewedAt;
    const isElsewhere = isReview && this.#parts.store.followFile(now);
    if (isElsewhere || this.#knowledge.isOutdated) {
      this.reload().catch(error => this.#complaints.logOnce(error));
      return WATCH_MS;
    }
    if (isReview || now >= this.#knowledge.until) this.#publish(isReview);
    const wakeAt = Math.min(this.#polling.startDueChecks(), this.#knowledge.until);
    const longest = this.#parts.activity.focused ? WATCH_MS : MAX_SLEEP_MS;
    return Math.max(MIN_SLEEP_MS, Math.min(wakeAt - now, longest));
  }

  #comeBack(): void {
    this.#forgive(this.#now());
    this.#tick();
  }

  #forgive(now: number): void {
    const { store } = this.#parts;
    for (const state of resetBackoff(store, this.#knowledge.entries)) this.#knowledge.setState(state, now);
  }

  /** Goes on with the next key at once; shows what checks brought many at a time, when many end together. */
  #checkEnded(state: CheckState | undefined): void {
    if (this.#isDisposed) return;
    if (state) this.#knowledge.setState(state, this.#now());
    this.#complaints.runAndLog(() => this.#polling.startQueuedChecks());
    if (this.#takingIn) return;
    this.#takingIn = true;
    this.#parts.clock.after(GATHER_MS, () => {
      this.#takingIn = false;
      if (this.#isDisposed) return;
      this.#complaints.runAndLog(() => this.#publish());
      this.#tick();
    });
  }

  async #lookUpSecrets(): Promise<void> {
    await this.#lookups.readAll(this.#knowledge.entries.map(({ key }) => key.id));
    this.#complaints.runAndLog(() => this.#putAddressesRight());
  }

  /**
   * A secret is sent to the address it was stored with, whatever the record says. So that people see that address,
   * calls are counted against it, and a renewed secret is bound to it as well, the record is put right.
   */
  #putAddressesRight(): void {
    const { store, log } = this.#parts;
    const wrong = this.#knowledge.entries.flatMap(({ key }) => {
      const bound = this.#lookups.resultFor(key.id);
      return typeof bound === 'object' && bound.origin !== key.origin ? [{ key, origin: bound.origin }] : [];
    });
    if (wrong.length === 0) return;
    store.transaction(() => {
      for (const { key, origin } of wrong) store.keys.setOrigin(key.id, origin);
    });
    for (const { key, origin } of wrong)
      log.warn(`The record of “${key.label}” named ${key.origin}, and its secret belongs to ${origin}.`);
    this.#knowledge.reload(this.#now());
  }

  async #secretChanged(id: string): Promise<void> {
    await this.#lookups.read(id);
    this.#lookedUp();
  }

  #lookedUp(): void {
    if (this.#isDisposed) return;
    this.#complaints.runAndLog(() => this.#putAddressesRight());
    this.#complaints.runAndLog(() => this.#publish());
    this.#tick();
  }

  #publish(review = false): void {
    const now = this.#now();
    if (review) this.#reviewedAt = now;
    if (this.#knowledge.buildSnapshot(this.#obstacles(now), now, review)) this.#changed.fire(this.snapshot);
  }

  /** Keys this window cannot ask about, unless another window evidently can. */
  #obstacles(now: number): Map<string, Failure> {
    const obstacles = new Map<string, Failure>();
    for (const { key, gateway, state } of this.#knowledge.entries) {
      if (!gateway) obstacles.set(key.id, { class: 'not-supported', reason: 'unknown-kind' });
      const lookup = this.#lookups.resultFor(key.id);
      if (lookup === undefined || typeof lookup === 'object') continue;
      const anotherAsks =
        !this.#parts.secretsShared && state.reading && now < (state.dueAt ?? 0) + NOBODY_ASKED_MS;
      if (!anotherAsks) obstacles.set(key.id, missingSecret(lookup));
    }
    return obstacles;
  }

  #now(): number {
    return this.#parts.clock.now();
  }
}
