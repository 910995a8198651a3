import { withNextChange } from '../core/nextChange.ts';
import type { Clock } from '../core/ports/clock.ts';
import { SECOND_MS } from '../core/time.ts';

/** The longest timer: timers stop while a computer sleeps, and a clock may be put back. */
const MAX_TIMER_MS = 20 * SECOND_MS;
/** The shortest time between two drawings. */
const THROTTLE_MS = SECOND_MS;

/** Draws again exactly when time alone makes something on the screen wrong, such as an age or a countdown. */
export class Redraw {
  readonly #clock: Clock;
  readonly #draw: () => void;
  readonly #throttleMs: () => number;
  #drawnAt = Number.NEGATIVE_INFINITY;
  #until = Number.POSITIVE_INFINITY;
  #cancelTimer: () => void = () => undefined;

  /** `size` is how many items are drawn; drawing is throttled by 10 ms for each. */
  constructor(clock: Clock, draw: () => void, size: () => number = () => 1) {
    this.#clock = clock;
    this.#draw = draw;
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
    const waitMs = this.#dueAt - this.#clock.now();
    this.#cancelTimer = this.#clock.after(Math.min(Math.max(0, waitMs), MAX_TIMER_MS), () =>
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
