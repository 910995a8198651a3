import type { Clock } from '../../core/ports/clock.ts';
import type { Store } from '../../core/ports/store.ts';
import { FOREVER_MS, type Mute, mutedUntil } from '../../core/warnings/mute.ts';
import type { KeyRules } from '../../core/warnings/warningRules.ts';
import { Emitter } from '../emitter.ts';

/** The name of the silence that holds for all keys. */
const PAUSE_NAME = 'pause';

/**
 * What the user wants to hear, beside the settings: pauses, snoozes, and what holds for one key alone. It is
 * in the shared store, because it has to hold in all windows at once, and because it belongs to the key. Every change
 * waits for a file that is locked, and throws a `NotSavedError` where a reload would lose it.
 */
export class MuteService {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #changed = new Emitter<void>();

  /** Fires when this window has changed something of it. */
  readonly onDidChange = this.#changed.event;

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** Silences keys for a while. Returns until when, in epoch milliseconds. */
  async snooze(keyIds: readonly string[], lastsMs: number): Promise<number> {
    const mute: Mute = { since: this.#clock.now(), lastsMs };
    await this.#save(() => {
      for (const id of this.#existingKeys(keyIds)) this.#store.snoozes.saveSnooze(id, mute);
    });
    return mute.since + lastsMs;
  }

  /** Silences everything for a while, or until it is resumed. */
  pause(lastsMs: number | 'forever'): Promise<void> {
    const since = this.#clock.now();
    const mute = { since, lastsMs: lastsMs === 'forever' ? FOREVER_MS : lastsMs };
    return this.#save(() => this.#store.mutes.saveMute(PAUSE_NAME, mute));
  }

  /** Ends every pause and snooze. Keys that are not to warn stay so. */
  resume(): Promise<void> {
    return this.#save(() => {
      this.#store.mutes.removeMute(PAUSE_NAME);
      this.#store.snoozes.removeAllSnoozes();
    });
  }

  /** Until when nothing at all is said, Infinity for good; undefined when nothing is paused. */
  get pausedUntil(): number | undefined {
    return mutedUntil(this.#store.mutes.muteOf(PAUSE_NAME), this.#clock.now());
  }

  /** What holds for one key alone. */
  rulesOf(keyId: string): KeyRules {
    return this.#store.keyRules.rulesOf(keyId);
  }

  /** Lets other rules hold for one key; none: those for all. */
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
    const known = new Set(this.#store.keys.allKeys().map(({ id }) => id));
    return keyIds.filter(id => known.has(id));
  }
}
