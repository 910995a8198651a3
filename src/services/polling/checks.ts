import { setTimeout as pause } from 'node:timers/promises';
import { lazyImport } from '../../core/lazyImport.ts';
import type { CheckState } from '../../core/ports/checkTables.ts';
import type { SecretLookup } from '../../core/ports/secrets.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import { SECOND_MS } from '../../core/time.ts';
import type { Gateway } from '../../gateways/gateway.ts';
import { keysBeside } from '../keys/keysBeside.ts';
import { ownKeysOf } from '../keys/ownKeysOf.ts';
import { type Claim, ClaimEndedError, type ClaimOptions, claimKey } from '../requests/claim.ts';
import { claimMs, prolongClaim, releaseClaim } from './claimLifetime.ts';
import { loadCheckModules } from './loadCheckModules.ts';
import type { MonitorParts } from './monitorParts.ts';
import type { PolledKey } from './polledKey.ts';

/** What came of trying to start a check: it runs, another window has the claim, or the budget has no room. */
export type Start =
  | { readonly done: Promise<void> }
  | { readonly refused: 'taken' }
  | { readonly refused: 'held'; readonly freeAt: number };

/** How many checks of one window are under way together. */
export const MAX_CONCURRENT_CHECKS = 16;
/** Limits the load on one gateway even where its limits would allow more. */
const MAX_CONCURRENT_PER_GATEWAY = 4;

/** How long a check is not repeated after an unexpected error, which may recur after each call to the gateway. */
const AFTER_BREAK_MS = 15 * SECOND_MS;

const THROTTLE_MS = 2;

/** The middle of the jitter: a pinned key is checked exactly when it is due. */
const NO_JITTER = 0.5;

/** When other keys are due beside one that is planned, epoch milliseconds. */
interface OtherKeys {
  dueOfLimiter(entry: PolledKey): readonly number[];
  dueElsewhere(entry: PolledKey): readonly number[];
}

/** The running checks of this window, one a key at most. */
export class Checks {
  readonly #parts: MonitorParts;
  readonly #lookup: (keyId: string) => SecretLookup | undefined;
  readonly #onEnd: (states: readonly CheckState[]) => void;
  readonly #onServed: () => void;
  readonly #otherKeys: OtherKeys | undefined;
  readonly #running = new Map<string, Promise<void>>();
  /** Running checks by base URL. */
  readonly #runningPerBaseUrl = new Map<string, number>();
  /** Base URLs for which a check has ended in this window, whatever came of it. */
  readonly #answered = new Set<string>();
  /** See `keysBeside`, by the ids of servers. */
  readonly #keysBeside = new Map<string, string>();
  readonly #abortController = new AbortController();
  #lastStart: Promise<unknown> = Promise.resolve();

  constructor(
    parts: MonitorParts,
    lookup: (keyId: string) => SecretLookup | undefined,
    onEnd: (states: readonly CheckState[]) => void,
    otherKeys?: OtherKeys,
    onServed: () => void = () => undefined,
  ) {
    this.#parts = parts;
    this.#lookup = lookup;
    this.#onEnd = onEnd;
    this.#otherKeys = otherKeys;
    this.#onServed = onServed;
  }

  running(keyId: string): Promise<void> | undefined {
    return this.#running.get(keyId);
  }

  /** Removes and returns the first key of a queue that may start now. */
  takeNextStartable(queue: PolledKey[]): PolledKey | undefined {
    if (this.#running.size >= MAX_CONCURRENT_CHECKS) return undefined;
    const index = queue.findIndex(({ key: { baseUrl } }) => {
      // The first check of a base URL goes alone: it learns the units, or that nobody answers.
      const places = this.#answered.has(baseUrl) ? MAX_CONCURRENT_PER_GATEWAY : 1;
      return (this.#runningPerBaseUrl.get(baseUrl) ?? 0) < places;
    });
    return index < 0 ? undefined : queue.splice(index, 1)[0];
  }

  /** Whether this window has what a check needs: the kind's gateway and the secret. */
  canCheck({ key, gateway }: PolledKey): boolean {
    return gateway !== undefined && typeof this.#lookup(key.id) === 'object';
  }

  /** Claims a key and starts its check. */
  start(entry: PolledKey, options: Omit<ClaimOptions, 'lastsMs'> = {}): Start {
    const { clock } = this.#parts;
    const { key, gateway } = entry;
    if (!gateway) return { refused: 'taken' };
    const result = claimKey(this.#parts, key, gateway, clock.now(), {
      ...options,
      lastsMs: claimMs(this.#parts),
    });
    return 'claim' in result ? { done: this.#run(result.claim, entry) } : result;
  }

  /** Resolves when no check runs. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running.values());
  }

  /** Resolves when one of the running checks has ended. */
  async nextEnd(): Promise<void> {
    await Promise.race(this.#running.values());
  }

  /** Aborts the running checks. */
  dispose(): void {
    this.#abortController.abort();
  }

  #run(claim: Claim, entry: PolledKey): Promise<void> {
    const { id, baseUrl } = claim.key;
    const done = this.#check(claim, entry).then(states => {
      this.#running.delete(id);
      this.#countRunning(baseUrl, -1);
      this.#answered.add(baseUrl);
      this.#onEnd(states);
    });
    this.#running.set(id, done);
    this.#countRunning(baseUrl, 1);
    return done;
  }

  #countRunning(baseUrl: string, change: number): void {
    this.#runningPerBaseUrl.set(baseUrl, (this.#runningPerBaseUrl.get(baseUrl) ?? 0) + change);
  }

  /** Returns the new states of the key, and of others that it tells about; none when the answer came too late or the window closes. */
  async #check(claim: Claim, entry: PolledKey): Promise<readonly CheckState[]> {
    const { store, log, chance, clock } = this.#parts;
    const { key, gateway, beyondBudget } = claim;
    const { intervalMs, isOneOfMany, isSaturated } = entry;
    // Scarce calls are paced already, so they cannot be a burst.
    const mayBurst = isOneOfMany && !isSaturated && !key.pinned;
    const { signal } = this.#abortController;
    const withdrawn = new Set<string>();
    // Worked out as late as possible, since other checks may have ended meanwhile.
    const statesOfWithdrawn = () => [...withdrawn].flatMap(keyId => store.states.stateOf(keyId) ?? []);
    try {
      const [{ checkKey }, { recordOutcome }, { confirmListedKey }] = await loadCheckModules();
      await this.#throttle();
      const bound = this.#lookup(key.id);
      if (typeof bound !== 'object') throw new ClaimEndedError();
      const ownKeys = ownKeysOf(store, key, gateway, this.#lookup);
      const outcome = await checkKey(this.#parts, gateway, bound, {
        signal,
        beyondBudget,
        reservedLimiter: claim.reservedLimiter,
        keyHash: key.fingerprint,
        lastReading: this.#needsWholeAnswer(key, gateway) ? undefined : claim.before,
        before: claim.before,
        memory: claim.memory,
        isManual: claim.isManual,
        ownKeysLike: ownKeys.like,
        onWithdrawn: keyIds => {
          for (const keyId of keyIds) withdrawn.add(keyId);
        },
        mayAsk: () => prolongClaim(this.#parts, claim),
      });
      const now = clock.now();
      const options = {
        intervalMs,
        now,
        chance: key.pinned ? NO_JITTER : chance(),
        mayBurst,
        dueOfOthers: mayBurst ? this.#otherKeys?.dueOfLimiter(entry) : undefined,
        dueElsewhere: isSaturated || key.pinned ? undefined : this.#otherKeys?.dueElsewhere(entry),
        ownKeys: ownKeys.ids,
        failureWords: log.failureWords,
      };
      const recorded = await store.retryWhileLocked(() =>
        recordOutcome(this.#parts, claim, outcome, options),
      );
      if (recorded?.logLine) log.info(recorded.logLine);
      const confirmed =
        recorded && outcome.listedKeys
          ? await confirmListedKey(this.#parts, key, gateway, ownKeys.ids, this.#lookup, signal)
          : [];
      if (recorded && outcome.served) {
        // Loaded late, since few people have a server.
        const { recordServedKeys } = await lazyImport(() => import('./recordServedKeys.ts'));
        if (await recordServedKeys(store, key, outcome.served, this.#lookup, now)) this.#onServed();
      }
      return [
        ...statesOfWithdrawn(),
        ...(recorded ? [recorded.state, ...recorded.others] : []),
        ...confirmed,
      ];
    } catch (error) {
      const isBroken = !signal.aborted && !(error instanceof ClaimEndedError);
      releaseClaim(this.#parts, claim, isBroken ? clock.now() + AFTER_BREAK_MS : undefined);
      if (isBroken) log.warn(`A check of “${key.label}” broke off: ${String(error)}`);
      return statesOfWithdrawn();
    }
  }

  /**
   * Whether a server has to send its whole answer although it has not changed, because the other keys here have changed
   * since the last one.
   */
  #needsWholeAnswer(server: KeyRecord, gateway: Gateway): boolean {
    if (!gateway.isServer) return false;
    const others = keysBeside(this.#parts.store, server, this.#lookup);
    const isNew = this.#keysBeside.get(server.id) !== others;
    this.#keysBeside.set(server.id, others);
    return isNew;
  }

  /** Throttles starts to one per 2 ms, so that answers do not all have to be parsed at once. */
  #throttle(): Promise<unknown> {
    const before = this.#lastStart;
    this.#lastStart = before.then(() => pause(THROTTLE_MS));
    return before;
  }
}
