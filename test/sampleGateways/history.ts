import { type Clock, seconds } from './clock.ts';
import type { FleetKey } from './fleetKey.ts';
import type { Holdings } from './state/holdings.ts';
import type { Spend } from './state/logRow.ts';

/** New API's own measure, used by the whole fleet. */
export const UNITS_PER_DOLLAR = 500_000;

const DAYS = 35;
const HOUR = 3600;
// Part of what a key used is older than any range that is asked about.
const RECENT_PART = 0.8;
const EARLIER_DAYS = 500;

/** A source of numbers in 0…1 that is the same in every run, so that pictures and tests can be compared. */
export function fixedRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Spends what a key has used over the past weeks: by day, less on weekends, the last hours included. */
export function writeHistory(handle: string, key: FleetKey, holdings: Holdings, clock: Clock): void {
  if (key.models.length === 0) return;
  const random = fixedRandom(handle.length * 7919 + key.label.length);
  const moments = historyMoments(seconds(clock), random);
  const weights = moments.map(() => 0.2 + random());
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const units = Math.floor(key.used * RECENT_PART * UNITS_PER_DOLLAR);
  let spent = 0;
  moments.forEach((at, i) => {
    const quota = Math.floor((units * (weights[i] ?? 0)) / whole);
    spent += quota;
    holdings.spend(handle, { ...request(quota, key.models, random), at });
  });
  const earlier = Math.round(key.used * UNITS_PER_DOLLAR) - spent;
  const at = seconds(clock) - EARLIER_DAYS * 24 * HOUR;
  holdings.spend(handle, { ...request(earlier, key.models, random), at });
}

/** A request that costs about so much. */
export function request(quota: number, models: readonly string[], random: () => number): Spend {
  const tokens = Math.max(20, Math.round(quota / 2));
  const completionTokens = Math.round(tokens * (0.05 + random() * 0.2));
  return {
    quota,
    model: models[Math.floor(random() ** 2 * models.length)] ?? 'gpt-4.1',
    promptTokens: tokens - completionTokens,
    completionTokens,
    useTime: 1 + Math.floor(random() * 20),
    stream: random() < 0.8,
  };
}

function historyMoments(now: number, random: () => number): number[] {
  const moments: number[] = [];
  for (let day = DAYS; day >= 0; day--) {
    const midnight = now - (now % 86_400) - day * 86_400;
    const weekend = [0, 6].includes(new Date(midnight * 1000).getUTCDay());
    const requests = Math.round((weekend ? 2 : 12) * (0.5 + random()));
    for (let i = 0; i < requests; i++) {
      const at = Math.floor(midnight + (7 + random() * 12) * HOUR);
      if (at < now) moments.push(at);
    }
  }
  return moments.sort((a, b) => a - b);
}
