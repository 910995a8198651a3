import type { Clock } from '../../../src/core/ports/clock.ts';
import { readBody } from '../../../src/http/body.ts';
import { type RawResponse, type Send, sendByDefault } from '../../../src/http/send.ts';
import { MAX_BODY_BYTES } from '../../../src/http/transport.ts';
import type { ManualClock } from './manualClock.ts';
import type { MemorySecrets } from './memorySecrets.ts';
import { TestWindow } from './testWindow.ts';

export interface CrashableWindowOptions {
  readonly clock: ManualClock;
  readonly folder: string;
  readonly storage: MemorySecrets;
  readonly chance: () => number;
}

/** A promise that never settles. A new one each time, so that it is collected together with what waits for it. */
const neverResolves = () => new Promise<never>(() => undefined);

/** A window that can crash: from one moment on it does nothing more, and releases nothing. */
export class CrashableWindow {
  readonly testWindow: TestWindow;
  /** Resolves when it is dead. */
  readonly crashed: Promise<void>;
  #isCrashed = false;
  #crashesAfterRequest = false;
  #resolveCrashed: () => void = () => undefined;
  /** The request that it was sending when it crashed, which still arrives. */
  #lastRequest: Promise<unknown> = Promise.resolve();

  constructor({ clock, ...shared }: CrashableWindowOptions) {
    this.crashed = new Promise(resolve => {
      this.#resolveCrashed = resolve;
    });
    this.testWindow = new TestWindow({
      ...shared,
      clock: this.#stoppableClock(clock),
      focused: false,
      send: (...request) => this.#send(...request),
    });
  }

  get isCrashed(): boolean {
    return this.#isCrashed;
  }

  crash(): void {
    this.#isCrashed = true;
    this.#resolveCrashed();
  }

  /** Lets it die when it has sent its next request, so that its claim stands and its call counts. */
  crashAfterNextRequest(): void {
    this.#crashesAfterRequest = true;
  }

  /** Lets it live on after all. */
  cancelCrash(): void {
    this.#crashesAfterRequest = false;
  }

  /** Resolves when nothing of it is under way any more that could still end. */
  async settled(): Promise<void> {
    await Promise.race([this.testWindow.monitor.idle(), this.crashed]);
    await this.#lastRequest;
  }

  #stoppableClock(clock: Clock): Clock {
    return {
      now: clock.now,
      after: (ms, work) =>
        clock.after(ms, () => {
          if (!this.#isCrashed) work();
        }),
    };
  }

  async #send(...request: Parameters<Send>): Promise<RawResponse> {
    if (this.#isCrashed) return neverResolves();
    const answer = sendByDefault(...request);
    if (this.#crashesAfterRequest) {
      this.#lastRequest = answer.then(incoming => readBody(incoming, MAX_BODY_BYTES));
      this.crash();
      return neverResolves();
    }
    const response = await answer;
    return this.#isCrashed ? neverResolves() : response;
  }
}
