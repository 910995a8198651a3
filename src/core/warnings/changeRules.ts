import { isMembers, parseOwnJson } from '../ownJson.ts';
import { headroomOf } from '../quota/headroom.ts';
import type { KeyState } from '../quota/keyState.ts';
import { windowId } from '../quota/quotaWindow.ts';
import { namedReset } from '../quota/resets.ts';
import { round6, unitId } from '../quota/unit.ts';
import { MINUTE_MS } from '../time.ts';
import { COOLDOWN_MS, type FiredChange } from './thresholdRule.ts';
import type { Refill, Warning, WarningKind } from './warning.ts';

/** What a key looked like when its refills were last looked at. */
interface RefillBase {
  /** What the figures mean; they are not compared with others. */
  readonly scale: string;
  readonly remaining: number;
  /** What is left and what was used, together: only a refill makes it grow. Absent where use is not told. */
  readonly sum?: number;
  readonly resetsAt?: string;
  /** When a refill was last warned about. Epoch milliseconds. */
  readonly at?: number;
}

/** A change to warn about, if there is one, and the marks that go with it: see `RuleResult`. */
export interface ChangeResult {
  readonly due?: Pick<Warning, 'kind' | 'severity' | 'refill'>;
  readonly firedMarks: readonly FiredChange[];
  readonly markChanges: readonly FiredChange[];
}

const NAME = 'refill';
const NO_CHANGE: ChangeResult = { firedMarks: [], markChanges: [] };
/** A smaller gain, as a share of what is left, is rounding or a gateway's cache that lags behind. */
const MIN_REFILL_SHARE = 0.05;
/** A sum that falls below this share has really been lowered; a smaller fall is a cache that lags behind. */
const MIN_SHARE_AFTER_DIP = 0.5;

/** What has changed of a key since its marks were saved, for the kinds of warnings that are on. */
export function applyChangeRules(
  key: KeyState,
  isCurrent: boolean,
  marks: ReadonlyMap<string, string>,
  kinds: ReadonlySet<WarningKind>,
  now: number,
  series?: number,
): readonly ChangeResult[] {
  return [applyRefillRule(key, isCurrent, marks.get(NAME), kinds.has('refill'), now, series)];
}

/**
 * Finds a budget that was reset, or an amount that was added, since the figures in the mark. Without the kind `refill`
 * there is no mark.
 */
function applyRefillRule(
  key: KeyState,
  isCurrent: boolean,
  mark: string | undefined,
  isWanted: boolean,
  now: number,
  series?: number,
): ChangeResult {
  const markOf = (base: RefillBase | undefined): FiredChange => ({
    keyId: key.id,
    name: NAME,
    mark: base && JSON.stringify(base),
  });
  if (!isWanted) return mark === undefined ? NO_CHANGE : { firedMarks: [], markChanges: [markOf(undefined)] };
  const current = isCurrent ? baseOf(key, series) : undefined;
  if (!current) return NO_CHANGE;
  const before = parseOwnJson(mark, isRefillBase);
  if (before?.scale !== current.scale) return { firedMarks: [], markChanges: [markOf(current)] };
  const refill = refillBetween(before, current);
  const unchanged = { ...current, sum: higherSum(before.sum, current.sum), at: before.at };
  const isCoolingDown = before.at !== undefined && Math.abs(now - before.at) < COOLDOWN_MS;
  if (refill && !isCoolingDown)
    return {
      due: { kind: 'refill', severity: 'info', refill },
      firedMarks: [markOf({ ...current, at: now })],
      markChanges: [],
    };
  const text = JSON.stringify(refill ? { ...current, at: before.at } : unchanged);
  return text === mark
    ? NO_CHANGE
    : { firedMarks: [], markChanges: [{ keyId: key.id, name: NAME, mark: text }] };
}

function baseOf({ reading }: KeyState, series: number | undefined): RefillBase | undefined {
  const { remaining, used, from, unit, window } = headroomOf(reading);
  if (!reading || remaining === undefined) return undefined;
  return {
    scale: [from, unitId(unit), series, window && windowId(window)]
      .filter(part => part !== undefined)
      .join(' '),
    remaining,
    sum: used === undefined ? undefined : round6(remaining + used),
    resetsAt: namedReset(reading),
  };
}

function refillBetween(before: RefillBase, after: RefillBase): Refill | undefined {
  const grown =
    after.sum === undefined || before.sum === undefined
      ? after.remaining - before.remaining
      : after.sum - before.sum;
  const least = after.remaining * MIN_REFILL_SHARE;
  if (hasReset(before, after) && after.remaining - before.remaining >= least) return { what: 'reset' };
  return grown > 0 && grown >= least ? { what: 'topUp', amount: round6(grown) } : undefined;
}

function hasReset(before: RefillBase, after: RefillBase): boolean {
  if (before.resetsAt === undefined || after.resetsAt === undefined) return false;
  return Date.parse(after.resetsAt) > Date.parse(before.resetsAt) + MINUTE_MS;
}

function higherSum(before: number | undefined, after: number | undefined): number | undefined {
  if (before === undefined || after === undefined) return after;
  return after < before * MIN_SHARE_AFTER_DIP ? after : Math.max(before, after);
}

function isRefillBase(value: unknown): value is RefillBase {
  return isMembers(value) && typeof value.remaining === 'number' && typeof value.scale === 'string';
}
