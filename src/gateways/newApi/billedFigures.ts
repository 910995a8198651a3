import type { Site } from '../site.ts';

/** A key's figures in the gateway's raw numbers, as billing tells them. */
export interface BilledFigures {
  /** Undefined for a key without a limit. */
  readonly limit: number | undefined;
  readonly used: number;
}

/** The same as the key's own endpoint tells them. */
export interface OwnFigures extends BilledFigures {
  /** What is left, which may be newer than what was used, because of the gateway's cache. */
  readonly left: number | undefined;
}

/**
 * `hard_limit_usd` of an unlimited key in New API and One API. Compared for equality: in tokens real limits are
 * larger.
 */
export const UNLIMITED_LIMIT = 100_000_000;

/** An amount that is further than this from a whole raw number was not made from one by the known rate. */
const WHOLE_WITHIN = 0.01;
/** Beyond it a double holds no hundredths. */
const MAX_RAW = 2 ** 43;
/** Use that differs by more than this factor at once may be told in another unit, such as cents for dollars. */
const LEAP = 10;
/** Use that differs by no more than this part was not told in another unit: the number would hardly be whole. */
const SMALL_CHANGE = 0.01;

/** Raw numbers per unit that billing tells; undefined where the site does not say. Custom currencies are dollars here. */
export function rawPerBilled(site: Site | undefined): number | undefined {
  const { display, unitsPerDollar, yuanPerDollar } = site ?? {};
  if (display === 'TOKENS') return 1;
  if (display === undefined || unitsPerDollar === undefined) return undefined;
  if (display !== 'CNY') return unitsPerDollar;
  return yuanPerDollar === undefined ? undefined : unitsPerDollar / yuanPerDollar;
}

/** The raw number that an amount was made of; undefined where it is not exactly one. */
export function rawOf(amount: number, perBilled: number): number | undefined {
  const raw = amount * perBilled;
  const whole = Math.round(raw) + 0;
  return Math.abs(raw - whole) < WHOLE_WITHIN && Math.abs(whole) <= MAX_RAW ? whole : undefined;
}

/**
 * Whether billing tells what a key told of itself just before. `undecided` where the key may have been used between the
 * two answers.
 */
export function compareFigures(own: OwnFigures, billed: BilledFigures): 'same' | 'undecided' | 'other' {
  if ((own.limit === undefined) !== (billed.limit === undefined)) return 'other';
  if (billed.limit === own.limit && billed.used === own.used) return 'same';
  if (isOtherUse(own.used, billed.used)) return 'other';
  // Only a key's own billing says that there is no limit.
  if (billed.limit === undefined) return own.used > 0 && billed.used >= own.used ? 'same' : 'undecided';
  // With Redis what is left is current, while what was used lags by up to a minute.
  if (billed.limit - billed.used === own.left) return 'same';
  return billed.limit === own.limit ? 'undecided' : 'other';
}

/**
 * Whether figures cannot be those of before with some use added or given back, so that the key itself has to be asked:
 * New API takes an estimate off a key when a request begins, and gives back what was too much. The first use is doubted
 * as long as no key's use was compared at the site.
 */
export function isDoubtful(
  before: { readonly limit?: number; readonly used?: number },
  { limit, used }: BilledFigures,
  isUseProven: boolean,
): boolean {
  if (before.used === undefined || limit !== before.limit) return true;
  return isOtherUse(before.used, used) || (before.used === 0 && used > 0 && !isUseProven);
}

/**
 * Whether use may have been told in another unit of the site than before. The limit shows that; a key without one has
 * nothing that stays as it is.
 */
export function mayBeOtherUnit(before: { readonly used?: number }, { limit, used }: BilledFigures): boolean {
  if (limit !== undefined || before.used === undefined) return false;
  return Math.abs(used - before.used) > SMALL_CHANGE * before.used;
}

function isOtherUse(before: number, after: number): boolean {
  return hasLeapt(before, after) || before > LEAP * after;
}

function hasLeapt(before: number, after: number): boolean {
  return before > 0 && after > LEAP * before;
}
