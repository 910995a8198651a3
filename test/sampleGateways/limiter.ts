import type { Clock } from './clock.ts';

/** How many calls in how many seconds. */
export interface Limit {
  readonly calls: number;
  readonly seconds: number;
}

/** Sliding: a log of the calls let through. Fixed: a counter that starts with the first call of a window. */
export type LimiterMode = 'sliding' | 'fixed';

/** What becomes of one call; `retryAfter` in seconds when it is refused. */
export interface Verdict {
  readonly allowed: boolean;
  readonly retryAfter: number;
}

/** Counts calls of each client and refuses the ones above a limit, like New API's `rate-limit.go`. */
export class Limiter {
  readonly mode: LimiterMode;
  readonly limit: Limit;
  readonly #clock: Clock;
  readonly #log = new Map<string, number[]>();
  readonly #windows = new Map<string, { start: number; count: number }>();

  constructor(limit: Limit, mode: LimiterMode, clock: Clock) {
    this.limit = limit;
    this.mode = mode;
    this.#clock = clock;
  }

  take(client: string): Verdict {
    return this.mode === 'sliding' ? this.#slide(client) : this.#count(client);
  }

  /** How many calls of a client count against the limit now. */
  used(client = '127.0.0.1'): number {
    const now = this.#clock();
    if (this.mode === 'sliding') return this.#recent(client, now).length;
    const window = this.#windows.get(client);
    return window && now < window.start + this.limit.seconds * 1000 ? window.count : 0;
  }

  /** Forgets all clients. */
  reset(): void {
    this.#log.clear();
    this.#windows.clear();
  }

  // Refused calls leave no trace: a client that keeps asking is let through once its oldest call leaves the window.
  #slide(client: string): Verdict {
    const now = this.#clock();
    const recent = this.#recent(client, now);
    const oldest = recent[0];
    if (recent.length >= this.limit.calls && oldest !== undefined) {
      return { allowed: false, retryAfter: Math.ceil((oldest + this.limit.seconds * 1000 - now) / 1000) };
    }
    this.#log.set(client, [...recent, now]);
    return { allowed: true, retryAfter: 0 };
  }

  #recent(client: string, now: number): number[] {
    return (this.#log.get(client) ?? []).filter(at => now - at < this.limit.seconds * 1000);
  }

  // Refused calls are counted but do not make the window longer.
  #count(client: string): Verdict {
    const now = this.#clock();
    const length = this.limit.seconds * 1000;
    let window = this.#windows.get(client);
    if (!window || now >= window.start + length) {
      window = { start: now, count: 0 };
      this.#windows.set(client, window);
    }
    window.count += 1;
    const left = Math.ceil((window.start + length - now) / 1000);
    return { allowed: window.count <= this.limit.calls, retryAfter: left };
  }
}
