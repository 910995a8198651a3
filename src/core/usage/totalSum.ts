import { exact } from '../quota/exact.ts';
import type { UsageTotal } from './usage.ts';

/** A running sum. A member that one summand does not have is not known of the sum. */
export class Sum {
  #used = 0;
  #requests: number | undefined = 0;
  #tokens: number | undefined = 0;

  add({ used, requests, tokens }: UsageTotal): void {
    this.#used += used;
    this.#requests = plus(this.#requests, requests);
    this.#tokens = plus(this.#tokens, tokens);
  }

  get total(): UsageTotal {
    return { used: exact(this.#used), requests: this.#requests, tokens: this.#tokens };
  }
}

/** The sum of totals; undefined when there are none. */
export function addUp(totals: readonly UsageTotal[]): UsageTotal | undefined {
  if (totals.length === 0) return undefined;
  const sum = new Sum();
  for (const total of totals) sum.add(total);
  return sum.total;
}

function plus(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a + b;
}
