import type { Log } from '../host/log.ts';
import type { SecretLookup, Secrets } from '../host/secrets.ts';
import type { WindowActivity } from '../host/windowActivity.ts';
import type { Failure } from '../quota/failure.ts';
import type { KeyState } from '../quota/keyState.ts';
import type { AccountKey } from '../quota/reading.ts';
import type { CheckState } from '../store/stateTable.ts';
import { replaceAccountKey } from './accountKeys.ts';
import { Checks } from './checks.ts';
import { isFromTheFuture } from './claim.ts';
import { Emitter } from './emitter.ts';
import type { InquiryParts } from './inquiry.ts';
import { type Entry, Knowledge } from './knowledge.ts';
import { missingSecret } from './missingSecret.ts';

export interface MonitorParts extends InquiryParts {
  readonly secrets: Secrets;
  readonly activity: WindowActivity;
  readonly log: Log;
  /** 0 to 1; spreads checks. */
  readonly chance: () => number;
  /** Whether all windows see the same SecretStorage; in a browser host each has its own copy. */
  readonly secretsShared: boolean;
  /** Whether this machine has a network that leads to an origin. */
  readonly isReachable: (origin: string) => boolean;
}

/** What came of a refresh: the keys' states, and which of them had to wait until when (epoch ms). */
export interface Refreshed {
  readonly states: readonly KeyState[];
  readonly held: ReadonlyMap<string, number>;
}

export interface RefreshOptions {
  readonly beyondBudget?: boolean;
}

export const MAX_AT_ONCE = 16;
/** How soon the focused window notices what another one wrote. */
const WATCH_MS = 1000;
/** How often the mere passing of time is looked at: keys expire, readings go stale. */
const REVIEW_MS = 20_000;
/** Windows without focus let the focused one go first. */
const COURTESY_MS = 5000;
/** Checks that end within this time show together. */
const GATHER_MS = 40;
const OFFLINE_LOOK_MS = 15_000;
const MAX_SLEEP_MS = 10 * 60_000;
/** After this time past due, a missing secret is not just another window's turn. */
const NOBODY_ASKED_MS = 60_000;

/** Asks about keys when they are due, and publishes what is known about all of them. */
export class Monitor {
  readonly #parts: MonitorParts;
  readonly #knowledge: Knowledge;
  readonly #changed = new Emitter<readonly KeyState[]>();
  readonly #checks: Checks;
  readonly #lookups = new Map<string, SecretLookup>();
  readonly #subscriptions: { dispose(): unknown }[] = [];
  #reviewedAt = 0;
  #takingIn = false;
  #isDisposed = false;
  #waiting: Entry[] = [];
  #callOff: () => void = () => undefined;

  /** Fires with the new snapshot whenever anything in it changed. */
  readonly onDidChange = this.#changed.event;

  constructor(parts: MonitorParts) {
    this.#parts = parts;
    this.#knowledge = new Knowledge(parts.store, parts.settings);
    this.#checks = new Checks(
      parts,
      keyId => this.#lookups.get(keyId),
      state => this.#checkEnded(state),
    );
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
      activity.onDidFocus(() => this.#tick()),
    );
    await this.reload();
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

  /** Takes in what this window changed in the store, the secrets or the settings. */
  async reload(): Promise<void> {
    this.#knowledge.reload(this.#now());
    await this.#lookUpSecrets();
    this.#publish(true);
    this.#tick();
  }

  /** Takes newer figures of one of an account's keys into its reading. */
  async takeInAccountKey(keyId: string, accountKey: AccountKey): Promise<void> {
    replaceAccountKey(this.#parts.store, keyId, accountKey);
    await this.reload();
  }

  /**
   * Takes in changed settings at once: a shorter interval counts from the last check, and figures from
   * `origins`, whose units the user now reads otherwise, are asked for anew.
   */
  async takeInSettings(origins: ReadonlySet<string>): Promise<void> {
    const { store, clock, activity } = this.#parts;
    this.#knowledge.reload(this.#now());
    store.transaction(() => {
      for (const { key, state, intervalMs } of this.#knowledge.entries) {
        if (state.dueAt === undefined || state.checkedAt === undefined || state.failure) continue;
        if (state.checkedAt + intervalMs < state.dueAt)
          store.states.setDue(key.id, state.checkedAt + intervalMs);
      }
    });
    await this.reload();
    const outdated = this.#knowledge.entries
      .filter(({ key, state }) => origins.has(key.origin) && state.reading && state.dueAt !== undefined)
      .map(({ state }) => state);
    // Every window hears of new settings: those without focus only do what no other did.
    clock.after(activity.focused ? 0 : COURTESY_MS, () => {
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
    const held = new Map<string, number>();
    const waiting = inOrder(wanted);
    const next = async (): Promise<void> => {
      for (let entry = waiting.shift(); entry; entry = waiting.shift()) {
        const freeAt = await this.#refreshOne(entry, options);
        if (freeAt !== undefined) held.set(entry.key.id, freeAt);
      }
    };
    await Promise.all(Array.from({ length: MAX_AT_ONCE }, next));
    this.#publish();
    const wantedIds = new Set(wanted.map(({ key }) => key.id));
    return { states: this.snapshot.filter(({ id }) => wantedIds.has(id)), held };
  }

  /** Returns the moment the key is held until, when it could not be asked. */
  async #refreshOne(entry: Entry, { beyondBudget }: RefreshOptions): Promise<number | undefined> {
    const { store } = this.#parts;
    const underWay = this.#checks.underWay(entry.key.id);
    if (underWay) {
      await underWay;
      return undefined;
    }
    if (!this.#checks.canAsk(entry)) return undefined;
    store.transaction(() => store.sites.expire(entry.key.origin));
    const start = this.#checks.start(entry, { manual: true, beyondBudget });
    if ('done' in start) await start.done;
    return 'freeAt' in start ? start.freeAt : undefined;
  }

  #tick(): void {
    if (this.#isDisposed) return;
    this.#callOff();
    if (this.#knowledge.isOutdated) {
      void this.reload();
      return;
    }
    const now = this.#now();
    if (now - this.#reviewedAt >= REVIEW_MS || now < this.#reviewedAt) this.#publish(true);
    const wakeAt = this.#startDue(now);
    const sleepMs = Math.max(
      0,
      Math.min(wakeAt - now, this.#parts.activity.focused ? WATCH_MS : MAX_SLEEP_MS),
    );
    this.#callOff = this.#parts.clock.after(Math.max(20, sleepMs), () => this.#tick());
  }

  /** Goes on with the next key at once; shows what checks brought many at a time, when many end together. */
  #checkEnded(state: CheckState | undefined): void {
    if (this.#isDisposed) return;
    if (state) this.#knowledge.update(state);
    this.#startWaiting();
    if (this.#takingIn) return;
    this.#takingIn = true;
    this.#parts.clock.after(GATHER_MS, () => {
      this.#takingIn = false;
      if (this.#isDisposed) return;
      this.#publish();
      this.#tick();
    });
  }

  /** Finds what is due and starts it while there are places; returns when to look again. */
  #startDue(now: number): number {
    let wakeAt = Number.POSITIVE_INFINITY;
    const due: Entry[] = [];
    for (const entry of this.#knowledge.entries) {
      const dueAt = this.#dueHere(entry);
      if (dueAt === undefined || this.#checks.underWay(entry.key.id) || !this.#checks.canAsk(entry)) continue;
      if (dueAt > now) wakeAt = Math.min(wakeAt, dueAt);
      else if (this.#parts.isReachable(entry.key.origin)) due.push(entry);
      else wakeAt = Math.min(wakeAt, now + OFFLINE_LOOK_MS);
    }
    this.#waiting = inOrder(due);
    return Math.min(wakeAt, this.#startWaiting());
  }

  /** Starts waiting keys while there are places; returns when the first of those that cannot be asked can. */
  #startWaiting(): number {
    const held = new Set<string>();
    let wakeAt = Number.POSITIVE_INFINITY;
    while (this.#checks.count < MAX_AT_ONCE) {
      const entry = this.#waiting.shift();
      if (!entry) break;
      const limiter = `${entry.key.origin} ${entry.limiterName}`;
      if (held.has(limiter)) continue;
      const start = this.#checks.start(entry);
      if ('done' in start) continue;
      if (start.refused === 'held') held.add(limiter);
      wakeAt = Math.min(
        wakeAt,
        start.refused === 'held' ? start.freeAt : this.#parts.clock.now() + COURTESY_MS,
      );
    }
    return wakeAt;
  }

  /** When this window may ask: at once when a person is at it, else after the others had their chance. */
  #dueHere({ state, intervalMs }: Entry): number | undefined {
    if (state.dueAt === undefined) return undefined;
    if (isFromTheFuture(state, this.#now())) return this.#now();
    const courtesy = this.#parts.activity.focused ? 0 : Math.max(COURTESY_MS, intervalMs);
    return state.checkedAt === undefined ? state.dueAt : state.dueAt + courtesy;
  }

  async #lookUpSecrets(): Promise<void> {
    const lookups = await Promise.all(
      this.#knowledge.entries.map(
        async ({ key }) => [key.id, await this.#parts.secrets.read(key.id)] as const,
      ),
    );
    this.#lookups.clear();
    for (const [id, lookup] of lookups) this.#lookups.set(id, lookup);
  }

  async #secretChanged(id: string): Promise<void> {
    this.#lookups.set(id, await this.#parts.secrets.read(id));
    this.#publish();
    this.#tick();
  }

  #publish(review = false): void {
    const now = this.#now();
    if (review) this.#reviewedAt = now;
    if (this.#knowledge.publish(this.#obstacles(now), now, review)) this.#changed.fire(this.snapshot);
  }

  /** Keys this window cannot ask about, unless another window evidently can. */
  #obstacles(now: number): Map<string, Failure> {
    const obstacles = new Map<string, Failure>();
    for (const { key, gateway, state } of this.#knowledge.entries) {
      if (!gateway) obstacles.set(key.id, { class: 'not-supported', reason: 'unknown-kind' });
      const lookup = this.#lookups.get(key.id);
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

/** What matters first: pinned, then low or soon to expire, then whoever waits longest. */
function inOrder(entries: readonly Entry[]): Entry[] {
  return [...entries].sort(
    (a, b) =>
      Number(b.key.pinned) - Number(a.key.pinned) ||
      Number(b.urgent) - Number(a.urgent) ||
      (a.state.dueAt ?? 0) - (b.state.dueAt ?? 0),
  );
}
