import { withNextChange } from '../core/nextChange.ts';
import type { Clock } from '../core/ports/clock.ts';
import { SECOND_MS } from '../core/time.ts';
import { msToNextLook } from './msToNextLook.ts';

/** The shortest time between two drawings. */
const THROTTLE_MS = SECOND_MS;

/** Draws again exactly when time alone makes something on the screen wrong, such as an age or a countdown. */
export class Redraw {
  readonly #clock: Clock;
  readonly #draw: () => void;
  readonly #throttleMs: () => number;
  readonly #isFocused: () => boolean;
  #drawnAt = Number.NEGATIVE_INFINITY;
  #until = Number.POSITIVE_INFINITY;
  #cancelTimer: () => void = () => undefined;

  /**
   * `size` is how many items are drawn; drawing is throttled by 10 ms for each. `isFocused` says whether somebody is at
   * the window.
   */
  constructor(clock: Clock, draw: () => void, size: () => number = () => 1, isFocused = () => true) {
    this.#clock = clock;
    this.#draw = draw;
    this.#isFocused = isFocused;
    this.#throttleMs = () => Math.max(THROTTLE_MS, size() * 10);
  }

  /** Draws now, because of new data. */
  drawNow(): void {
    this.#drawnAt = this.#clock.now();
    const { until } = withNextChange(this.#draw);
    this.#until = until;
    this.#schedule();
  }

  /** To be called for a part that was computed after the last drawing, and is true until then. */
  validUntil(until: number): void {
    if (until >= this.#until) return;
    this.#until = until;
    this.#schedule();
  }

  dispose(): void {
    this.#cancelTimer();
  }

  #schedule(): void {
    this.#cancelTimer();
    const now = this.#clock.now();
    // Timers stop while a computer sleeps, and a clock may be put back.
    const longest = msToNextLook(now, this.#isFocused());
    this.#cancelTimer = this.#clock.after(Math.min(Math.max(0, this.#dueAt - now), longest), () =>
      this.#drawIfDue(),
    );
  }

  get #dueAt(): number {
    return Math.max(this.#until, this.#drawnAt + this.#throttleMs());
  }

  #drawIfDue(): void {
    const now = this.#clock.now();
    if (now >= this.#dueAt || now < this.#drawnAt) this.drawNow();
    else this.#schedule();
  }
}
