import { DAY_MS } from '../time.ts';
import type { AccountKey, ListedKey, Quota, Reading } from './reading.ts';
import { isSameUnit, ROUNDING, round6 } from './unit.ts';

/** What a key may spend between two looks without a doubt: this part of what is left, or of what was used without a limit. */
const USUAL_PART = 0.1;
/** The same by its pace: this many times as much as usual. */
const USUAL_TIMES = 20;

/**
 * What an account's list says about one of our own keys, as a reading of that key. Undefined where the list lacks a
 * figure. `before` is the key's last reading: what no list tells is kept from it.
 */
export function listedReading(
  { listed }: Pick<ListedKey, 'listed'> & Partial<ListedKey>,
  account: Reading,
  before: Reading,
): Reading | undefined {
  const quota = quotaOf(listed);
  if (!quota) return undefined;
  return {
    takenAt: account.takenAt,
    clockAheadMs: account.clockAheadMs,
    clockDriftMs: account.clockDriftMs,
    unit: account.unit,
    source: 'key',
    usableAt: before.usableAt,
    gatewayName: account.gatewayName,
    name: listed.name,
    ...(listed.group !== undefined && { group: listed.group }),
    quota,
    expiresAt: listed.expiresAt === undefined ? before.expiresAt : listed.expiresAt,
    ...(listed.models === undefined
      ? { models: before.models, modelsMore: before.modelsMore }
      : { models: listed.models, modelsMore: listed.modelsMore }),
  };
}

function quotaOf({ unlimited, used, remaining }: AccountKey): Quota | undefined {
  if (unlimited === undefined || used === undefined) return undefined;
  if (unlimited) return { unlimited, used };
  return remaining === undefined
    ? undefined
    : { unlimited, granted: round6(used + remaining), used, remaining };
}

/**
 * Whether a listed reading is surely of the same key as the reading before it: same name, limit and end, and nothing
 * spent but what it may have spent since. A raised limit or a leap is not sure, so the key itself has to be asked.
 * `perDay` is what it usually spends.
 */
export function isSameKey(before: Reading, listed: Reading, perDay = 0): boolean {
  if (before.source === 'account' || before.isAccountPossible || !isSameUnit(before.unit, listed.unit))
    return false;
  if (before.name && before.name !== listed.name) return false;
  return hasSameEnd(before, listed) && hasSameQuota(before, listed, perDay);
}

function hasSameEnd({ expiresAt: before }: Reading, { expiresAt: listed }: Reading): boolean {
  if (typeof before !== 'string' || typeof listed !== 'string')
    return before === undefined || before === listed;
  return Math.abs(Date.parse(before) - Date.parse(listed)) < 1000;
}

function hasSameQuota(before: Reading, listed: Reading, perDay: number): boolean {
  const [old, now] = [before.quota, listed.quota];
  if (!old || !now || old.unlimited !== now.unlimited || old.used === undefined) return false;
  if (!now.unlimited && !isSameAmount(old.granted, now.granted)) return false;
  const spent = (now.used ?? 0) - old.used;
  const days = Math.max(0, Date.parse(listed.takenAt) - Date.parse(before.takenAt)) / DAY_MS;
  const usual = Math.max(
    USUAL_PART * Math.max(0, (old.unlimited ? old.used : old.remaining) ?? 0),
    USUAL_TIMES * perDay * days,
  );
  return spent >= -ROUNDING && spent <= usual + ROUNDING;
}

function isSameAmount(a: number | undefined, b: number | undefined): boolean {
  return a !== undefined && b !== undefined && Math.abs(a - b) <= ROUNDING;
}
