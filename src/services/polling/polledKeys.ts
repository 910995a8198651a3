import type { CheckState } from '../../core/ports/checkTables.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import type { KnownOfSite } from '../../gateways/credentialSpec.ts';
import { isSameLimit, type OwnLimiterParts, ownLimiterOf } from '../requests/ownLimiter.ts';
import { polledKeysOf } from './planKeys.ts';
import { hasOtherLimiter, type PolledKey, withState } from './polledKey.ts';
import { Slices } from './slices.ts';

const NO_STATE = { failures: 0 } as const;

/**
 * All keys with their places in the poll plan. Keys of different base URLs share no limiter, so each base URL is planned by
 * itself, when something of it has changed.
 */
export class PolledKeys {
  readonly #parts: OwnLimiterParts;
  readonly #knownOf: (baseUrl: string, now: number) => KnownOfSite;
  #keys: readonly KeyRecord[] = [];
  #keyById = new Map<string, KeyRecord>();
  #keysByBaseUrl = new Map<string, readonly KeyRecord[]>();
  #pinned: readonly KeyRecord[] = [];
  #states = new Map<string, CheckState>();
  readonly #entryById = new Map<string, PolledKey>();
  /** The entries in the keys' order, until one of them changes. */
  #entries: readonly PolledKey[] | undefined;
  readonly #outdated = new Set<string>();

  constructor(parts: OwnLimiterParts, knownOf: (baseUrl: string, now: number) => KnownOfSite) {
    this.#parts = parts;
    this.#knownOf = knownOf;
  }

  /** In the order of the keys; a new key is missing until its base URL is planned. */
  get entries(): readonly PolledKey[] {
    this.#entries ??= this.#entriesOf(this.#keys);
    return this.#entries;
  }

  get pinned(): readonly PolledKey[] {
    return this.#entriesOf(this.#pinned);
  }

  get keys(): readonly KeyRecord[] {
    return this.#keys;
  }

  entryOf(keyId: string): PolledKey | undefined {
    return this.#entryById.get(keyId);
  }

  ofBaseUrl(baseUrl: string): readonly PolledKey[] {
    return this.#entriesOf(this.#keysByBaseUrl.get(baseUrl) ?? []);
  }

  /** Takes all keys and states; planning has to follow. */
  setAll(keys: readonly KeyRecord[], states: readonly CheckState[]): void {
    this.#keys = keys;
    this.#keyById = new Map(keys.map(key => [key.id, key]));
    this.#keysByBaseUrl = Map.groupBy(keys, ({ baseUrl }) => baseUrl);
    this.#pinned = keys.filter(({ pinned }) => pinned);
    this.#states = new Map(states.map(state => [state.keyId, state]));
    for (const id of this.#entryById.keys()) if (!this.#keyById.has(id)) this.#entryById.delete(id);
    this.#entries = undefined;
    for (const baseUrl of this.#keysByBaseUrl.keys()) this.#outdated.add(baseUrl);
  }

  /**
   * Takes a newer state of one key. Its base URL has to be planned again where that changes what its keys share.
   * Returns the key's entry, which has the newer state or waits for the planning.
   */
  setState(state: CheckState, now: number): PolledKey | undefined {
    this.#states.set(state.keyId, state);
    const entry = this.#entryById.get(state.keyId);
    if (!entry) return undefined;
    const { baseUrl } = entry.key;
    if (entry.gateway?.isServer) this.#expireReadFrom(state.keyId);
    const newer = withState(entry, state, this.#parts.settings(), this.#knownOf(baseUrl, now));
    if (newer) this.#setEntry(newer);
    else this.#outdated.add(baseUrl);
    return newer ?? entry;
  }

  /** Whether keys of a base URL count against another limiter than when they were planned. */
  haveOtherLimiters(baseUrl: string, now: number): boolean {
    const known = this.#knownOf(baseUrl, now);
    return this.ofBaseUrl(baseUrl).some(entry => hasOtherLimiter(entry, known));
  }

  /** The base URL has to be planned again. */
  expire(baseUrl: string): void {
    this.#outdated.add(baseUrl);
  }

  /** Base URLs of which our share of a limiter has changed since their intervals were planned have to be planned again. */
  expireChangedShares(entries: readonly PolledKey[], now: number): void {
    const firstOfEach = new Map(entries.map(entry => [entry.limiterId, entry]));
    for (const entry of firstOfEach.values())
      if (!this.#hasSameShare(entry, now)) this.expire(entry.key.baseUrl);
  }

  #hasSameShare({ key, gateway, limiterName, limiter }: PolledKey, now: number): boolean {
    return isSameLimit(limiter, ownLimiterOf(this.#parts, key.baseUrl, gateway, limiterName, now));
  }

  /** Keys of other base URLs that a server serves are due with it. */
  #expireReadFrom(serverId: string): void {
    for (const { keyId, readFrom } of this.#states.values()) {
      const baseUrl = readFrom === serverId ? this.#keyById.get(keyId)?.baseUrl : undefined;
      if (baseUrl !== undefined) this.#outdated.add(baseUrl);
    }
  }

  get baseUrls(): Iterable<string> {
    return this.#keysByBaseUrl.keys();
  }

  /** Whether the keys of a base URL have to be planned again. */
  isOutdated(baseUrl: string): boolean {
    return this.#outdated.has(baseUrl);
  }

  /** Plans all base URLs that have to be. */
  plan(now: number): void {
    for (const baseUrl of this.#outdated) this.planBaseUrl(baseUrl, now);
  }

  /** The same, without blocking the event loop. */
  async planInSlices(now: () => number): Promise<void> {
    const slices = new Slices();
    for (const baseUrl of this.#outdated) {
      this.planBaseUrl(baseUrl, now());
      await slices.next();
    }
  }

  planBaseUrl(baseUrl: string, now: number): void {
    this.#outdated.delete(baseUrl);
    const entries = polledKeysOf(
      this.#keysByBaseUrl.get(baseUrl) ?? [],
      keyId => this.#states.get(keyId) ?? { keyId, ...NO_STATE },
      this.#parts,
      now,
      keyId => this.#entryById.get(keyId),
      each => this.#knownOf(each, now),
      keyId => this.#keyById.get(keyId),
    );
    for (const entry of entries) this.#setEntry(entry);
  }

  #setEntry(entry: PolledKey): void {
    this.#entryById.set(entry.key.id, entry);
    this.#entries = undefined;
  }

  #entriesOf(keys: readonly KeyRecord[]): readonly PolledKey[] {
    const entries: PolledKey[] = [];
    for (const { id } of keys) {
      const entry = this.#entryById.get(id);
      if (entry) entries.push(entry);
    }
    return entries;
  }
}
