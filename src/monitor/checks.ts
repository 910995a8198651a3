import { readLimiterOf } from '../gateways/gateway.ts';
import type { SecretLookup } from '../host/secrets.ts';
import type { CheckState } from '../store/stateTable.ts';
import { type Claim, ClaimEnded, type ClaimOptions, claimKey } from './claim.ts';
import type { Entry } from './entry.ts';
import type { MonitorParts } from './monitor.ts';

/** What came of trying to check a key: it is under way, someone else is at it, or it is held. */
export type Start =
  | { readonly done: Promise<void> }
  | { readonly refused: 'taken' }
  | { readonly refused: 'held'; readonly freeAt: number };

/** How many checks of one window are under way together. */
export const MAX_AT_ONCE = 16;
/** A gateway is not overrun even where its limits would allow it. */
const MAX_PER_ORIGIN = 4;

/** A check is a few calls in a row at most; its claim outlasts them all. */
const CALLS_PER_CHECK = 4;
const CLAIM_MARGIN_MS = 5000;

/** Not needed to show what is known already, so loaded with the first check. */
const howToCheck = () => Promise.all([import('./check.ts'), import('./record.ts')]);

/** The checks of this window that are under way, one a key at most. */
export class Checks {
  readonly #parts: MonitorParts;
  readonly #lookup: (keyId: string) => SecretLookup | undefined;
  readonly #ended: (state: CheckState | undefined) => void;
  readonly #running = new Map<string, { readonly origin: string; readonly done: Promise<void> }>();
  /** Origins that have answered, or not, in the life of this window. */
  readonly #met = new Set<string>();
  readonly #end = new AbortController();

  constructor(
    parts: MonitorParts,
    lookup: (keyId: string) => SecretLookup | undefined,
    ended: (state: CheckState | undefined) => void,
  ) {
    this.#parts = parts;
    this.#lookup = lookup;
    this.#ended = ended;
  }

  underWay(keyId: string): Promise<void> | undefined {
    return this.#running.get(keyId)?.done;
  }

  /** Takes the first key out of a line for which there is a place now. */
  takeStartable(line: Entry[]): Entry | undefined {
    if (this.#running.size >= MAX_AT_ONCE) return undefined;
    const busy = Map.groupBy(this.#running.values(), ({ origin }) => origin);
    const index = line.findIndex(({ key: { origin } }) => {
      // The first one tells what it is like there: its units, or that nobody answers.
      const places = this.#met.has(origin) ? MAX_PER_ORIGIN : 1;
      return (busy.get(origin)?.length ?? 0) < places;
    });
    return index < 0 ? undefined : line.splice(index, 1)[0];
  }

  /** Whether this window could ask about a key at all. */
  canAsk({ key, gateway }: Entry): boolean {
    return gateway !== undefined && typeof this.#lookup(key.id) === 'object';
  }

  /** Claims a key and asks about it. */
  start(entry: Entry, options: Omit<ClaimOptions, 'lastsMs'> = {}): Start {
    const { store, settings, clock } = this.#parts;
    const { key, gateway } = entry;
    if (!gateway) return { refused: 'taken' };
    const lastsMs = CALLS_PER_CHECK * settings().timeoutMs + CLAIM_MARGIN_MS;
    const result = claimKey(store, key, gateway, clock.now(), { ...options, lastsMs });
    return 'claim' in result ? { done: this.#run(result.claim, entry.intervalMs) } : result;
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all([...this.#running.values()].map(({ done }) => done));
  }

  /** Resolves when one of those under way has ended. */
  async oneEnds(): Promise<void> {
    await Promise.race([...this.#running.values()].map(({ done }) => done));
  }

  /** Calls off what is under way. */
  dispose(): void {
    this.#end.abort();
  }

  #run(claim: Claim, intervalMs: number): Promise<void> {
    const { id, origin } = claim.key;
    const done = this.#check(claim, intervalMs).then(state => {
      this.#running.delete(id);
      this.#met.add(origin);
      this.#ended(state);
    });
    this.#running.set(id, { origin, done });
    return done;
  }

  /** Returns the key's new state; undefined when the answer came too late or the window closes. */
  async #check(claim: Claim, intervalMs: number): Promise<CheckState | undefined> {
    const { store, log, chance, clock } = this.#parts;
    const { key, gateway, token, beyondBudget } = claim;
    const bound = this.#lookup(key.id);
    if (typeof bound !== 'object') return undefined;
    const { signal } = this.#end;
    try {
      const [{ checkKey }, { recordOutcome }] = await howToCheck();
      const outcome = await checkKey(this.#parts, gateway, bound, {
        signal,
        beyondBudget,
        booked: readLimiterOf(gateway, key.credential),
        mayAsk: () => store.claims.stands(key.id, token, clock.now()),
      });
      const now = clock.now();
      const recorded = recordOutcome(store, claim, outcome, { intervalMs, now, chance: chance() });
      if (recorded?.news) log.info(recorded.news);
      return recorded?.state;
    } catch (error) {
      if (signal.aborted) this.#release(claim);
      else if (!(error instanceof ClaimEnded))
        log.warn(`A check of “${key.label}” broke off: ${String(error)}`);
      return undefined;
    }
  }

  /** Leaves the key to other windows at once. Where that fails, the claim ends by itself. */
  #release({ key, token }: Claim): void {
    const { store, log } = this.#parts;
    try {
      store.transaction(() => store.claims.release(key.id, token));
    } catch (error) {
      log.warn(`The claim on “${key.label}” could not be given back: ${String(error)}`);
    }
  }
}
