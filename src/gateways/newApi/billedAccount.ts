import { DAY_MS } from '../../core/time.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import type { BilledPair } from '../siteNotes.ts';
import { UNLIMITED_LIMIT } from './billedFigures.ts';
import { billingModeOf, isAccountBillingNoted } from './billingMode.ts';

/** The most keys of a site whose figures are noted: enough to find two that are equal. */
const MAX_NOTED = 20;
/** How many are enough to see whether the figures of all keys are equal. */
const FEW_NOTED = 3;

/** Amounts that differ by less may be the same, or a refund. */
const SLACK = 0.01;

interface BilledFigures {
  readonly limit: number;
  readonly used: number;
  readonly expiresAt?: string | null;
}

/**
 * Whether billing reports the account's figures in place of the key's (New API and One API with
 * `DisplayTokenStatEnabled` off), which the site does not say. It is recognized by figures for which a key
 * would be refused, by two keys of a site with equal figures, and in One API by a limit that falls by as much
 * as the use rises. `billed` is in the display unit; the result is noted for a day.
 */
export function isAccountBilled(context: GatewayContext, billed: BilledFigures): boolean {
  const { site, now } = context;
  const notes = context.notes?.() ?? {};
  // For an account, billing tells neither an end nor that nothing limits it.
  if (typeof billed.expiresAt === 'string' || billed.limit === UNLIMITED_LIMIT) {
    noteKeyBilled(context);
    return false;
  }
  // A key's limit is never negative.
  if (billed.limit < 0) return noteAccountBilled(context);
  if (refusesUsedUpKeys(site?.lineage) && billed.limit - billed.used <= 0) return noteAccountBilled(context);
  if (site?.lineage === 'oneApi' && limitFellByUse(context, billed)) return noteAccountBilled(context);
  if (hasSameFiguresElsewhere(context, billed)) return noteAccountBilled(context);
  noteFigures(context, billed);
  if (cannotBeAccount(context, billed)) noteKeyBilled(context);
  return (
    isAccountBillingNoted(context.notes?.() ?? {}, now()) ||
    billingModeOf({ site, notes, now: now() }) === 'account'
  );
}

/** Software that refuses used-up keys: figures with nothing left are then the account's. */
function refusesUsedUpKeys(lineage: string | undefined): boolean {
  return lineage !== undefined && lineage !== 'newApi';
}

function limitFellByUse({ lastReading }: GatewayContext, { limit, used }: BilledFigures): boolean {
  const quota = lastReading?.source === 'billing' ? lastReading.quota : undefined;
  if (quota?.granted === undefined || quota.used === undefined) return false;
  const rise = used - quota.used;
  return rise > 0 && Math.abs(quota.granted - rise - limit) < 1e-6 * Math.max(1, Math.abs(limit));
}

/**
 * Whether an account's use has fallen, which happens to no account, and not by as much as the rest, as it does with
 * another unit or rate.
 */
function cannotBeAccount({ lastReading }: GatewayContext, { limit, used }: BilledFigures): boolean {
  const { balance, used: before } = (lastReading?.source === 'account' && lastReading.account) || {};
  if (balance === undefined || before === undefined || used >= before * (1 - SLACK)) return false;
  const factors = [limit / balance, limit / (balance + before)].map(factor => factor / (used / before));
  return factors.every(factor => Math.abs(factor - 1) > SLACK);
}

/** Whether another key had the same figures within a day. */
export function hasSameFiguresElsewhere(
  { notes, keyHash, now }: GatewayContext,
  { limit, used }: BilledFigures,
): boolean {
  if (keyHash === undefined || used <= 0) return false;
  return Object.entries(notes?.().billed ?? {}).some(
    ([other, pair]) => other !== keyHash && isFresh(pair, now()) && pair[0] === limit && pair[1] === used,
  );
}

function isFresh(pair: unknown, now: number): pair is BilledPair {
  return Array.isArray(pair) && typeof pair[2] === 'number' && Math.abs(now - pair[2]) < DAY_MS;
}

/** Notes that the site tells keys' own figures, where it was taken to tell the account's. */
function noteKeyBilled({ site, notes, note }: GatewayContext): void {
  // One-hub tells both: the account's of keys without a limit.
  const isOneForAll = site?.lineage !== undefined && site.lineage !== 'oneHub';
  if (isOneForAll && notes?.().billsAccountUntil) note?.({ billsAccountUntil: 0 });
}

function noteAccountBilled({ note, now }: GatewayContext): true {
  note?.({ billsAccountUntil: now() + DAY_MS });
  return true;
}

/** Notes the figures of a site's first keys, for other keys to be compared with: an account's are those of all keys. */
export function noteFirstFigures(context: GatewayContext, billed: BilledFigures): void {
  const noted = Object.values(context.notes?.().billed ?? {});
  if (noted.filter(pair => isFresh(pair, context.now())).length < FEW_NOTED) noteFigures(context, billed);
}

function noteFigures({ notes, note, keyHash, now }: GatewayContext, { limit, used }: BilledFigures): void {
  if (keyHash === undefined || used <= 0) return;
  const old = notes?.().billed?.[keyHash];
  // Equal figures are noted again before the note is too old for other keys.
  const isRecent = isFresh(old, now()) && now() - old[2] < DAY_MS / 2;
  if (isRecent && old[0] === limit && old[1] === used) return;
  const otherKeys = Object.entries(notes?.().billed ?? {})
    .filter(([other, pair]) => other !== keyHash && isFresh(pair, now()))
    .slice(1 - MAX_NOTED);
  note?.({ billed: Object.fromEntries([...otherKeys, [keyHash, [limit, used, now()] as const]]) });
}
