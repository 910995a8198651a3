import type { KeyRecord } from '../../../src/core/quota/key.ts';
import type { KeySpend, KeyState } from '../../../src/core/quota/keyState.ts';
import type { Quota, Reading } from '../../../src/core/quota/reading.ts';

/** The moment at which samples are looked at. */
export const NOW = Date.UTC(2026, 5, 15, 12);

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** ISO 8601, so many milliseconds from `NOW`. */
export function at(ms: number): string {
  return new Date(NOW + ms).toISOString();
}

/** A reading taken now in dollars, with nothing in it but what is given. */
export function reading(more: Partial<Reading> = {}): Reading {
  return { takenAt: at(0), unit: { code: 'USD', source: 'gateway' }, ...more };
}

/** A limited quota of which so much is left. */
export function quota(remaining: number, granted?: number): Quota {
  return {
    unlimited: false,
    remaining,
    ...(granted !== undefined && { granted, used: granted - remaining }),
  };
}

/** What a key spent in dollars, all of it known. */
export function keySpend(more: Partial<KeySpend> = {}): KeySpend {
  return {
    ...{ today: 1.2, week: 6, calendarWeek: 6, month: 14.3, since: at(-40 * DAY), complete: true },
    days: [0, 2, 1.2],
    ...more,
  };
}

/** A row of a log that a sample gateway writes: a thousand raw units. */
export const LOG_ROW = { quota: 1000, model: 'gpt-4.1', promptTokens: 90, completionTokens: 10 } as const;

/** The record of a New API key, which is told from others by its id. */
export function keyRecord(id: string, more: Partial<KeyRecord> = {}): KeyRecord {
  return {
    id,
    label: id,
    kind: 'newApi',
    baseUrl: 'https://gw.example',
    credential: 'apiKey',
    fingerprint: id,
    pinned: false,
    createdAt: NOW,
    ...more,
  };
}

/** A key in good order with $15 of $20 left. */
export function keyState(more: Partial<KeyState> = {}): KeyState {
  return {
    id: 'id-1',
    label: 'Team',
    kind: 'newApi',
    origin: 'https://gw.example',
    credential: 'apiKey',
    pinned: false,
    status: 'ok',
    reading: reading({ quota: quota(15, 20), expiresAt: null, models: null }),
    checkedAt: at(0),
    nextCheckAt: at(5 * MINUTE),
    ...more,
  };
}
