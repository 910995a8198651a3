import { setTimeout as pause } from 'node:timers/promises';
import { loadLate } from '../../core/loadLate.ts';
import type { SecretLookup } from '../../core/ports/secrets.ts';
import type { CheckState } from '../../core/ports/tables.ts';
import { type Claim, ClaimEnded, type ClaimOptions, claimKey } from '../requests/claim.ts';
import type { MonitorParts } from './monitorParts.ts';
import type { PolledKey } from './polledKey.ts';

/** What came of trying to check a key: it is under way, someone else is at it, or it is held. */
export type Start =
  | { readonly done: Promise<void> }
  | { readonly refused: 'taken' }
  | { readonly refused: 'held'; readonly freeAt: number };

/** How many checks of one window are under way together. */
export const MAX_AT_ONCE = 16;
/** A gateway is not overrun even where its limits would allow it. */
const MAX_PER_ORIGIN = 4;

/** What a call may take beyond its timeout before it is given up for lost. */
export const CLAIM_MARGIN_MS = 5000;
/** With less of it left, a claim is prolonged before the next call. */
const MIN_MARGIN_MS = 3000;

const APART_MS = 2;

/** The middle of chance: a pinned key is asked when it is due, and not about then. */
const ON_TIME = 0.5;

/** Not needed to show what is known already, so loaded with the first check. */
let loaded: Promise<[typeof import('./check.ts'), typeof import('./recordOutcome.ts')]> | undefined;
const howToCheck = () =>
  (loaded ??= Promise.all([
    loadLate(() => import('./check.ts')),
    loadLate(() => import('./recordOutcome.ts')),
  ]));

/** The checks of this window that are under way, one a key at most. */
export class Checks {
  readonly #parts: MonitorParts;
  readonly #lookup: (keyId: string) => SecretLookup | undefined;
  readonly #ended: (state: CheckState | undefined) => void;
  readonly #running = new Map<string, Promise<void>>();
  /** How many of them ask each origin. */
  readonly #busy = new Map<string, number>();
  /** Origins that have answered, or not, in the life of this window. */
  readonly #met = new Set<string>();
  readonly #end = new AbortController();
  #lastTurn: Promise<unknown> = Promise.resolve();

  constructor(
    parts: MonitorParts,
    lookup: (keyId: string) => SecretLookup | undefined,
    ended: (state: CheckState | undefined) => void,
  ) {
    this.#parts = parts;
    this.#lookup = lookup;
    this.#ended = ended;
  }

  running(keyId: string): Promise<void> | undefined {
    return this.#running.get(keyId);
  }

  /** Takes the first key out of a line for which there is a place now. */
  takeNextStartable(line: PolledKey[]): PolledKey | undefined {
    if (this.#running.size >= MAX_AT_ONCE) return undefined;
    const index = line.findIndex(({ key: { origin } }) => {
      // The first one tells what it is like there: its units, or that nobody answers.
      const places = this.#met.has(origin) ? MAX_PER_ORIGIN : 1;
      return (this.#busy.get(origin) ?? 0) < places;
    });
    return index < 0 ? undefined : line.splice(index, 1)[0];
  }

  /** Whether this window could ask about a key at all. */
  canCheck({ key, gateway }: PolledKey): boolean {
    return gateway !== undefined && typeof this.#lookup(key.id) === 'object';
  }

  /** Claims a key and asks about it. */
  start(entry: PolledKey, options: Omit<ClaimOptions, 'lastsMs'> = {}): Start {
    const { store, clock } = this.#parts;
    const { key, gateway } = entry;
    if (!gateway) return { refused: 'taken' };
    const result = claimKey(store, key, gateway, clock.now(), { ...options, lastsMs: this.#claimMs });
    return 'claim' in result ? { done: this.#run(result.claim, entry.intervalMs) } : result;
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running.values());
  }

  /** Resolves when one of those under way has ended. */
  async nextEnd(): Promise<void> {
    await Promise.race(this.#running.values());
  }

  /** Calls off what is under way. */
  dispose(): void {
    this.#end.abort();
  }

  /** As long as one call can take: a check of several prolongs its claim before each. */
  get #claimMs(): number {
    return this.#parts.settings().timeoutMs + CLAIM_MARGIN_MS;
  }

  #run(claim: Claim, intervalMs: number): Promise<void> {
    const { id, origin } = claim.key;
    const done = this.#check(claim, intervalMs).then(state => {
      this.#running.delete(id);
      this.#count(origin, -1);
      this.#met.add(origin);
      this.#ended(state);
    });
    this.#running.set(id, done);
    this.#count(origin, 1);
    return done;
  }

  #count(origin: string, change: number): void {
    this.#busy.set(origin, (this.#busy.get(origin) ?? 0) + change);
  }

  /** Returns the key's new state; undefined when the answer came too late or the window closes. */
  async #check(claim: Claim, intervalMs: number): Promise<CheckState | undefined> {
    const { store, log, chance, clock } = this.#parts;
    const { key, gateway, beyondBudget } = claim;
    const { signal } = this.#end;
    try {
      const [{ checkKey }, { recordOutcome }] = await howToCheck();
      await this.#myTurn();
      const bound = this.#lookup(key.id);
      if (typeof bound !== 'object') throw new ClaimEnded();
      const outcome = await checkKey(this.#parts, gateway, bound, {
        signal,
        beyondBudget,
        booked: claim.booked,
        keyMark: key.fingerprint,
        before: claim.before,
        mayAsk: () => this.#mayAsk(claim),
      });
      const now = clock.now();
      const options = { intervalMs, now, chance: key.pinned ? ON_TIME : chance() };
      const recorded = await store.retryWhileLocked(() => recordOutcome(store, claim, outcome, options));
      if (recorded?.news) log.info(recorded.news);
      return recorded?.state;
    } catch (error) {
      this.#release(claim);
      if (!signal.aborted && !(error instanceof ClaimEnded))
        log.warn(`A check of “${key.label}” broke off: ${String(error)}`);
      return undefined;
    }
  }

  /** Checks that start together are sent a little apart, or their answers would all have to be read at once. */
  #myTurn(): Promise<unknown> {
    const before = this.#lastTurn;
    this.#lastTurn = before.then(() => pause(APART_MS));
    return before;
  }

  /** Whether the key is still this window's to ask about; then it stays so for another call. */
  #mayAsk({ key, token, endsAt }: Claim): boolean {
    const { store, clock, settings } = this.#parts;
    const now = clock.now();
    const isFresh = endsAt >= now + settings().timeoutMs + MIN_MARGIN_MS;
    if (isFresh) return store.claims.isHeldBy(key.id, token, now);
    return store.transaction(() => store.claims.prolong(key.id, token, now, now + this.#claimMs));
  }

  /** Leaves the key to whoever is next. Where that fails, the claim ends by itself. */
  #release({ key, token }: Claim): void {
    const { store, log } = this.#parts;
    try {
      store.transaction(() => store.claims.release(key.id, token));
    } catch (error) {
      log.warn(`The claim on “${key.label}” could not be given back: ${String(error)}`);
    }
  }
}
