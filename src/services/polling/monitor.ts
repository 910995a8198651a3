import { setImmediate as turn } from 'node:timers/promises';
import type { CheckState } from '../../core/ports/checkTables.ts';
import { UNFOCUSED_DELAY_MS } from '../../core/ports/windowActivity.ts';
import { staleAfter } from '../../core/quota/freshness.ts';
import type { KeyState, SpendInUnit } from '../../core/quota/keyState.ts';
import type { AccountKey } from '../../core/quota/reading.ts';
import { replaceAccountKey } from '../keys/accountKeys.ts';
import { LimiterHolds } from '../requests/limiterHolds.ts';
import type { ReserveOptions } from '../requests/requestBudget.ts';
import { bringForward } from './bringForward.ts';
import { CheckedStates } from './checkedStates.ts';
import { Checks } from './checks.ts';
import { dueElsewhere, dueOfOthers } from './dueOfOthers.ts';
import { DueWork } from './dueWork.ts';
import { ErrorLog } from './errorLog.ts';
import { loadFailureMessages } from './failureMessage.ts';
import { KeySecrets } from './keySecrets.ts';
import type { LimitsOf } from './keyStateOf.ts';
import type { MonitorParts } from './monitorParts.ts';
import { outdatedStates } from './outdatedStates.ts';
import type { PolledKey } from './polledKey.ts';
import { PollScheduler } from './pollScheduler.ts';
import { PollTimer } from './pollTimer.ts';
import { askedFor, heldOf, type Refreshed, type RefreshOptions, refreshEntries } from './refresh.ts';
import { reserveOptionsFor } from './reserveOptions.ts';
import { SnapshotPublisher } from './snapshotPublisher.ts';
import { SnapshotStore } from './snapshotStore.ts';

/** Checks keys when they are due, and publishes a snapshot of all of them when anything changed. */
export class Monitor {
  readonly #parts: MonitorParts;
  readonly #snapshotStore: SnapshotStore;
  readonly #errorLog: ErrorLog;
  readonly #secrets: KeySecrets;
  readonly #checks: Checks;
  readonly #checkedStates: CheckedStates;
  readonly #publisher: SnapshotPublisher;
  readonly #scheduler: PollScheduler;
  readonly #dueWork: DueWork;
  readonly #timer: PollTimer;
  readonly #subscriptions: { dispose(): unknown }[] = [];
  #isDisposed = false;

  constructor(parts: MonitorParts) {
    this.#parts = parts;
    this.#errorLog = new ErrorLog(parts);
    this.#snapshotStore = new SnapshotStore(parts.store, parts.settings, new LimiterHolds(parts.store));
    this.#checkedStates = new CheckedStates(parts.store, this.#snapshotStore);
    this.#secrets = new KeySecrets(parts, this.#snapshotStore, this.#errorLog, () => this.#onSecretsRead());
    this.#publisher = new SnapshotPublisher({
      snapshotStore: this.#snapshotStore,
      clock: parts.clock,
      obstaclesAt: now => this.#secrets.obstaclesAt(now),
    });
    this.#checks = new Checks(
      parts,
      keyId => this.#secrets.resultFor(keyId),
      states => this.#onCheckEnd(states),
      {
        dueOfLimiter: entry => dueOfOthers(entry, this.#snapshotStore.ofBaseUrl(entry.key.baseUrl)),
        dueElsewhere: entry => dueElsewhere(entry, this.#snapshotStore.entries),
      },
      () => void this.reload().catch(error => this.#errorLog.logOnce(error)),
    );
    this.#scheduler = new PollScheduler(parts, this.#snapshotStore, this.#checks);
    this.#dueWork = new DueWork({
      monitor: parts,
      snapshotStore: this.#snapshotStore,
      publisher: this.#publisher,
      scheduler: this.#scheduler,
      errorLog: this.#errorLog,
      reload: () => this.reload(),
    });
    this.#timer = new PollTimer(parts.clock, this.#errorLog, (now, hasSlept) =>
      this.#dueWork.doDueWork(now, hasSlept),
    );
  }

  /** Fires with the new snapshot whenever anything in it changed. */
  get onDidChange(): SnapshotPublisher['onDidChange'] {
    return this.#publisher.onDidChange;
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
      secrets.onDidChange(id => void this.#secrets.readChanged(id)),
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
    this.#publisher.dispose();
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
      () => this.#secrets.readAll(),
      () =>
        this.#dueWork.hasMany
          ? this.#dueWork.reviewInSlices()
          : this.#errorLog.runAndLog(() => this.#publisher.publish(true)),
      () => this.#timer.tick(),
    ];
    for (const part of parts) {
      if (this.#isDisposed) return;
      await part();
      if (this.#dueWork.hasMany) await turn();
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

  /** How much room a poll of a key leaves to others; undefined where its polls count against another limiter. */
  pollOptions(keyId: string, limiterName: string): ReserveOptions | undefined {
    const entry = this.#snapshotStore.entryOf(keyId);
    if (entry?.limiterName !== limiterName) return undefined;
    return reserveOptionsFor(entry, this.#snapshotStore.pinned, () => false, this.#now());
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
   * Applies changed settings: a shorter interval counts from the last check. Keys at `baseUrls`, whose unit was
   * changed or whose origin's route, are checked again, and so are those of `kinds`, whose
   * description was.
   */
  async applySettings(baseUrls: ReadonlySet<string>, kinds: ReadonlySet<string> = new Set()): Promise<void> {
    const { store, clock, activity } = this.#parts;
    await store.retryWhileLocked(() => this.#snapshotStore.reload(this.#now()));
    await store.retryWhileLocked(() => bringForward(store, this.#snapshotStore.entries));
    await this.reload();
    const outdated = outdatedStates(this.#snapshotStore.entries, baseUrls, kinds);
    // Every window gets the change; those without focus check what the focused one has not.
    clock.after(activity.focused ? 0 : UNFOCUSED_DELAY_MS, () => {
      if (this.#isDisposed || outdated.length === 0) return;
      const unchanged = outdated.filter(old => store.states.stateOf(old.keyId)?.checkedAt === old.checkedAt);
      void this.refresh(unchanged.map(({ keyId }) => keyId));
    });
  }

  /** Checks the given keys, or all, now; those that are paused only with `evenIfPaused`. Keys for which the request budget has no room are held. */
  async refresh(ids?: readonly string[], options: RefreshOptions = {}): Promise<Refreshed> {
    const isWanted = ({ key }: PolledKey) => !ids || ids.includes(key.id);
    const before = this.#snapshotStore.entries.filter(isWanted);
    // A locked key ring may be open by now.
    await this.#secrets.readFor(
      before.flatMap(({ key, account }) => [key.id, ...(account ? [account.id] : [])]),
    );
    const wanted = this.#snapshotStore.entries.filter(isWanted);
    const asked = askedFor(wanted, this.#checks, keyId => this.#snapshotStore.entryOf(keyId));
    const held = await refreshEntries(this.#parts.store, this.#checks, asked, options);
    for (const keyId of held.keys()) {
      const state = this.#parts.store.states.stateOf(keyId);
      if (state) this.#snapshotStore.setState(state, this.#now());
    }
    this.#publisher.publish();
    if (held.size > 0) this.#timer.tick();
    const wantedIds = new Set(wanted.map(({ key }) => key.id));
    return { states: this.snapshot.filter(({ id }) => wantedIds.has(id)), held: heldOf(wanted, held) };
  }

  #onFocus(): void {
    this.#dueWork.resetBackoff(this.#now());
    this.#timer.tick();
  }

  /** Starts the next queued check at once, and publishes with a debounce. */
  #onCheckEnd(states: readonly CheckState[]): void {
    if (this.#isDisposed) return;
    this.#errorLog.runAndLog(() => {
      for (const state of states) this.#checkedStates.takeState(state, this.#now());
    });
    this.#errorLog.runAndLog(() => this.#scheduler.startQueuedChecks());
    this.#publishSoon();
  }

  #publishSoon(): void {
    this.#publisher.debounce(() => {
      if (this.#isDisposed) return;
      this.#errorLog.runAndLog(() => this.#publisher.publish());
      this.#errorLog.runAndLog(() => this.#checkedStates.bringForward(this.#now()));
      this.#timer.tick();
    });
  }

  #onSecretsRead(): void {
    if (this.#isDisposed) return;
    this.#secrets.correctBaseUrls();
    this.#errorLog.runAndLog(() => this.#publisher.publish());
    this.#timer.tick();
  }

  #now(): number {
    return this.#parts.clock.now();
  }
}
