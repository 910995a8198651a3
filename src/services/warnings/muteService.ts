import type { Clock } from '../../core/ports/clock.ts';
import type { Store } from '../../core/ports/store.ts';
import { FOREVER_MS, type Mute, mutedUntil } from '../../core/warnings/mute.ts';
import type { KeyRules } from '../../core/warnings/warningRules.ts';
import { Emitter } from '../emitter.ts';

/** A key without warnings for a while, and until when: epoch milliseconds. */
export interface SnoozedKey {
  readonly label: string;
  readonly until: number;
}

/** The name of the mute that holds for all keys. */
const PAUSE_NAME = 'pause';

/**
 * Mutes warnings: pauses of all, snoozes of a key, and rules of its own for a key. They are in the shared
 * database, so that they hold in all windows. Every change waits while the file is locked.
 * @throws NotSavedError from every change that could not be saved.
 */
export class MuteService {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #changed = new Emitter<void>();

  /** Fires when this window has changed a mute or rule. */
  readonly onDidChange = this.#changed.event;

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** Snoozes keys for `lastsMs`. Returns until when, in epoch milliseconds. */
  async snooze(keyIds: readonly string[], lastsMs: number): Promise<number> {
    const mute: Mute = { since: this.#clock.now(), lastsMs };
    await this.#save(() => {
      for (const id of this.#existingKeys(keyIds)) this.#store.snoozes.saveSnooze(id, mute);
    });
    return mute.since + lastsMs;
  }

  /** Pauses all warnings for `lastsMs` milliseconds, or until they are resumed. */
  pause(lastsMs: number | 'forever'): Promise<void> {
    const since = this.#clock.now();
    const mute = { since, lastsMs: lastsMs === 'forever' ? FOREVER_MS : lastsMs };
    return this.#save(() => this.#store.mutes.saveMute(PAUSE_NAME, mute));
  }

  /** Ends every pause and snooze. Keys whose own rules mute them stay muted. */
  resume(): Promise<void> {
    return this.#save(() => {
      this.#store.mutes.removeMute(PAUSE_NAME);
      this.#store.snoozes.removeAllSnoozes();
    });
  }

  /**
   * Until when all warnings are paused, in epoch milliseconds, Infinity for good; undefined when they are
   * not.
   */
  get pausedUntil(): number | undefined {
    return mutedUntil(this.#store.mutes.muteOf(PAUSE_NAME), this.#clock.now());
  }

  /** The keys that are snoozed at present, the first to end first. */
  get snoozedKeys(): readonly SnoozedKey[] {
    const now = this.#clock.now();
    const snoozes = this.#store.snoozes.allSnoozes();
    if (snoozes.size === 0) return [];
    const keys = this.#store.keys.allKeys().flatMap(({ id, label }) => {
      const until = mutedUntil(snoozes.get(id), now);
      return until === undefined ? [] : [{ label, until }];
    });
    return keys.sort((a, b) => a.until - b.until);
  }

  /** The rules of one key alone. */
  rulesOf(keyId: string): KeyRules {
    return this.#store.keyRules.rulesOf(keyId);
  }

  /** Sets the rules of one key alone; an empty object removes them. */
  setRules(keyId: string, rules: KeyRules): Promise<void> {
    const hasRules = Object.keys(rules).length > 0;
    return this.#save(() => {
      for (const id of this.#existingKeys([keyId])) {
        if (hasRules) this.#store.keyRules.saveRules(id, rules);
        else this.#store.keyRules.removeRules(id);
      }
    });
  }

  async #save(work: () => void): Promise<void> {
    await this.#store.retryWhileLocked(() => this.#store.transactionOnDisk(work));
    this.#changed.fire();
  }

  #existingKeys(keyIds: readonly string[]): readonly string[] {
    const ids = new Set(this.#store.keys.allKeys().map(({ id }) => id));
    return keyIds.filter(id => ids.has(id));
  }
}
