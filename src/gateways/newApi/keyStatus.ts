import type { AccountKey } from '../../core/quota/reading.ts';
import { parseNumber } from '../fields.ts';

type KeyStatus = 'usable' | NonNullable<AccountKey['status']>;

/**
 * `status` of a key: New API's numbers, of which others than these say nothing against it, and words of forks,
 * of which others than these say nothing at all.
 */
const STATUS_BY_NUMBER: Readonly<Record<number, KeyStatus>> = { 2: 'disabled', 3: 'expired', 4: 'exhausted' };
const STATUS_BY_WORD: ReadonlyMap<string, KeyStatus> = new Map([
  ['enabled', 'usable'],
  ['active', 'usable'],
  ['disabled', 'disabled'],
]);

/** What the gateway says about a key; undefined where it says nothing that is known. */
export function parseKeyStatus(status: unknown, enabled: boolean | undefined): KeyStatus | undefined {
  const number = parseNumber(status);
  const fromStatus =
    number === undefined
      ? STATUS_BY_WORD.get(String(status).toLowerCase())
      : (STATUS_BY_NUMBER[number] ?? 'usable');
  if (enabled === false && (fromStatus ?? 'usable') === 'usable') return 'disabled';
  return fromStatus ?? (enabled === true ? 'usable' : undefined);
}

/** The gateway's status first. It notices an expiry only when the key is used, so that is checked too. */
export function statusOf(
  ownStatus: KeyStatus | undefined,
  expiresAt: string | null | undefined,
  remaining: number | undefined,
  now: number,
): AccountKey['status'] {
  if (ownStatus !== undefined && ownStatus !== 'usable') return ownStatus;
  if (typeof expiresAt === 'string' && Date.parse(expiresAt) <= now) return 'expired';
  return remaining !== undefined && remaining <= 0 ? 'exhausted' : undefined;
}
