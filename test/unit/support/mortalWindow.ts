import type { Clock } from '../../../src/core/ports/clock.ts';
import { readBody } from '../../../src/http/body.ts';
import { type RawResponse, type Send, sendByDefault } from '../../../src/http/send.ts';
import { MAX_BODY_BYTES } from '../../../src/http/transport.ts';
import type { ManualClock } from './manualClock.ts';
import type { MemorySecrets } from './memorySecrets.ts';
import { World } from './world.ts';

export interface MortalOptions {
  readonly clock: ManualClock;
  readonly folder: string;
  readonly storage: MemorySecrets;
  readonly chance: () => number;
}

/** What never comes. A new one each time: whoever waits for it is forgotten with it. */
const never = () => new Promise<never>(() => undefined);

/** A window that can die: from one moment on it does nothing more, and gives nothing back. */
export class MortalWindow {
  readonly world: World;
  /** Resolves when it is dead. */
  readonly death: Promise<void>;
  #isDead = false;
  #diesAsking = false;
  #die: () => void = () => undefined;
  /** The request it was sending when it died: it arrives all the same. */
  #lastWords: Promise<unknown> = Promise.resolve();

  constructor({ clock, ...shared }: MortalOptions) {
    this.death = new Promise(resolve => {
      this.#die = resolve;
    });
    this.world = new World({
      ...shared,
      clock: this.#mortal(clock),
      focused: false,
      send: (...request) => this.#send(...request),
    });
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  die(): void {
    this.#isDead = true;
    this.#die();
  }

  /** Lets it die when it has sent its next request, so that its claim stands and its call counts. */
  dieAsking(): void {
    this.#diesAsking = true;
  }

  /** Lets it live on after all. */
  spare(): void {
    this.#diesAsking = false;
  }

  /** Resolves when nothing of it is under way any more that could still end. */
  async settled(): Promise<void> {
    await Promise.race([this.world.monitor.idle(), this.death]);
    await this.#lastWords;
  }

  #mortal(clock: Clock): Clock {
    return {
      now: clock.now,
      after: (ms, work) =>
        clock.after(ms, () => {
          if (!this.#isDead) work();
        }),
    };
  }

  async #send(...request: Parameters<Send>): Promise<RawResponse> {
    if (this.#isDead) return never();
    const answer = sendByDefault(...request);
    if (this.#diesAsking) {
      this.#lastWords = answer.then(incoming => readBody(incoming, MAX_BODY_BYTES));
      this.die();
      return never();
    }
    const response = await answer;
    return this.#isDead ? never() : response;
  }
}
