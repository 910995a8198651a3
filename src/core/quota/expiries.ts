import { baseUrlOf } from '../input/baseUrl.ts';
import { type End, endOf, endPhaseOf } from './ends.ts';
import type { KeyState } from './keyState.ts';

/** A key that ends, or did. */
export interface Expiry {
  readonly id: string;
  readonly label: string;
  readonly baseUrl: string;
  /** ISO 8601, as the gateway says. */
  readonly expiresAt: string;
  /** What ends: the key itself, or the plan behind it. */
  readonly what: End['what'];
  /** Whether it has ended for certain: by the gateway's word, or by a date that nobody doubts. */
  readonly expired: boolean;
}

/** All keys with an end, the next one first and those that have ended last. One line a key: its first end. */
export function expiriesOf(keys: readonly KeyState[], now: number): Expiry[] {
  return keys.flatMap(key => expiryOf(key, now)).sort(byEnd);
}

function expiryOf(key: KeyState, now: number): Expiry[] {
  const { id, label, reading } = key;
  const end = endOf(reading);
  if (!end) return [];
  const { what, expiresAt } = end;
  return [{ id, label, baseUrl: baseUrlOf(key), what, expiresAt, expired: endPhaseOf(key, now) === 'over' }];
}

function byEnd(a: Expiry, b: Expiry): number {
  return (
    Number(a.expired) - Number(b.expired) ||
    Date.parse(a.expiresAt) - Date.parse(b.expiresAt) ||
    a.label.localeCompare(b.label)
  );
}
