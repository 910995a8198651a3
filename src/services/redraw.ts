import { withHorizon } from '../core/horizon.ts';
import type { Clock } from '../core/ports/clock.ts';
import { SECOND_MS } from '../core/time.ts';

/** Timers stand still while a machine sleeps, and a clock may be put back: the time is looked at so often. */
const LOOK_MS = 20 * SECOND_MS;
/** Two drawings are at least so far apart, so that many ages that change one after the other cost little. */
const GAP_MS = SECOND_MS;

/**
 * Keeps true what is on the screen: draws it anew at the moment from which on the clock makes something of it say
 * something else, and at no other. Needs nobody who asks, answers or looks.
 */
export class Redraw {
  readonly #clock: Clock;
  readonly #draw: () => void;
  readonly #gapMs: () => number;
  #drawnAt = Number.NEGATIVE_INFINITY;
  #until = Number.POSITIVE_INFINITY;
  #callOff: () => void = () => undefined;

  /** `size` is how many things are drawn: of a thousand, a drawing takes long enough to be made seldom. */
  constructor(clock: Clock, draw: () => void, size: () => number = () => 1) {
    this.#clock = clock;
    this.#draw = draw;
    this.#gapMs = () => Math.max(GAP_MS, size() * 10);
  }

  /** Draws because there is something new. */
  now(): void {
    this.#drawnAt = this.#clock.now();
    const { until } = withHorizon(this.#draw);
    this.#until = until;
    this.#plan();
  }

  /** Something that was worked out later than it was drawn holds until then only. */
  by(until: number): void {
    if (until >= this.#until) return;
    this.#until = until;
    this.#plan();
  }

  dispose(): void {
    this.#callOff();
  }

  #plan(): void {
    this.#callOff();
    const waitMs = this.#dueAt - this.#clock.now();
    this.#callOff = this.#clock.after(Math.min(Math.max(0, waitMs), LOOK_MS), () => this.#look());
  }

  get #dueAt(): number {
    return Math.max(this.#until, this.#drawnAt + this.#gapMs());
  }

  #look(): void {
    const now = this.#clock.now();
    if (now >= this.#dueAt || now < this.#drawnAt) this.now();
    else this.#plan();
  }
}
