import { isMembers, parseOwnJson } from '../ownJson.ts';
import { CLOCK_SLACK_MS } from '../ports/clock.ts';
import type { SpendingProgress } from '../spendingLimits/spendingLimit.ts';
import { HOUR_MS } from '../time.ts';
import type { Severity, SpendFigures, WarningKind } from './warning.ts';

/** What windows remember of one threshold of one key: it was warned about, and perhaps left again since. */
interface Fired {
  /** When it was warned about. Epoch milliseconds. */
  readonly at: number;
  /** What tells this episode from others, such as an end date. */
  readonly of?: string;
  /** The other episode that it was warned about last, where that is kept. */
  readonly before?: string;
  /** The episode is over; it is kept for a while so that a figure that flaps does not warn each time. */
  readonly over?: true;
}

/** One change of what windows remember; without a text the mark is removed. */
export interface FiredChange {
  readonly keyId: string;
  readonly name: string;
  readonly mark?: string;
}

/** The thresholds of one kind for one key; a lower one is worse. */
export interface ThresholdRule {
  readonly keyId: string;
  readonly kind: WarningKind;
  /** Begins the names of its marks. */
  readonly name: string;
  readonly thresholds: readonly number[];
  readonly isCrossed: (threshold: number) => boolean;
  /** Hysteresis: whether a threshold has been left by a margin, so that the next crossing is another episode. */
  readonly isLeft: (threshold: number, mark: Fired) => boolean;
  /** Kept in the marks; a mark that fails `isSame` belongs to an earlier episode. */
  readonly of?: string;
  readonly isSame?: (of: string | undefined) => boolean;
  /**
   * Whether marks of other episodes stay, the last one beside that of the present one, so that nothing is warned about
   * twice after the clock was put back into such an episode, and when it goes on again.
   */
  readonly keepsOthers?: true;
  readonly severity: (threshold: number) => Severity;
  /** See `Warning.urgent`; absent where none is. */
  readonly isUrgent?: (threshold: number) => boolean;
  readonly spend?: SpendFigures;
  readonly limit?: SpendingProgress;
}

/** Whether a threshold is the last one: ended, used up. */
export const isLast = (threshold: number) => threshold === 0;

/** The result of a rule for the present figure. */
export interface RuleResult {
  /** The worst threshold that is crossed, when a warning is due for it. */
  readonly due?: number;
  /**
   * The marks to save when that warning is shown: of all crossed thresholds, so that a lesser one is not shown
   * afterwards.
   */
  readonly firedMarks: readonly FiredChange[];
  /** Marks to change whether a warning is shown or not: of episodes that ended. */
  readonly markChanges: readonly FiredChange[];
}

/** Cooldown: a figure that flaps around a threshold fires once within this time. */
export const COOLDOWN_MS = HOUR_MS;

/**
 * Finds the threshold to warn about, if any, from the saved marks alone: no window needs to have seen the figures
 * before.
 */
export function applyRule(rule: ThresholdRule, marks: ReadonlyMap<string, string>, now: number): RuleResult {
  const markChanges: FiredChange[] = [];
  const settled = new Map<number, Fired>();
  const others = new Map<number, string>();
  for (const [threshold, mark] of firedOf(rule, marks)) {
    if (mark && rule.keepsOthers && !isOfEpisode(rule, mark)) {
      if (mark.of !== undefined) others.set(threshold, mark.of);
      continue;
    }
    const next = mark && settledFired(rule, threshold, mark, now);
    if (next) settled.set(threshold, next);
    if (next !== mark || !mark) markChanges.push(changeOf(rule, threshold, next));
  }
  const crossed = rule.thresholds.filter(rule.isCrossed);
  if (crossed.length === 0) return { firedMarks: [], markChanges };
  const worst = Math.min(...crossed);
  const fired = (threshold: number): FiredChange =>
    changeOf(rule, threshold, { at: now, of: rule.of, before: others.get(threshold) });
  const firedMarks = crossed.map(fired);
  if (!hasFired(worst, settled)) {
    return settled.get(worst)?.over
      ? { firedMarks: [], markChanges }
      : { due: worst, firedMarks, markChanges };
  }
  // Else a lesser threshold without a mark, perhaps new in the settings, would fire when the figure gets better.
  const silently = crossed.filter(threshold => !settled.has(threshold));
  const added = silently.map(fired);
  return { firedMarks: [], markChanges: [...markChanges, ...added] };
}

/** Whether this threshold, or a worse one, was warned about in an episode that goes on. */
function hasFired(threshold: number, marks: ReadonlyMap<number, Fired>): boolean {
  return [...marks].some(([marked, { over }]) => marked <= threshold && !over);
}

/**
 * A mark after the rule is evaluated: undefined when it is over for longer than the cooldown, the same object when
 * nothing has changed.
 */
function settledFired(rule: ThresholdRule, threshold: number, mark: Fired, now: number): Fired | undefined {
  if (!isOfEpisode(rule, mark)) return undefined;
  // The clock was put back since the warning: the cooldown counts from now.
  if (mark.at > now + CLOCK_SLACK_MS) return { ...mark, at: now };
  const rests = now - mark.at < COOLDOWN_MS;
  if (mark.over) return rests ? mark : undefined;
  if (!rule.isLeft(threshold, mark)) return mark;
  return rests ? { ...mark, over: true } : undefined;
}

/** Whether a threshold was warned about in the present episode. */
function isOfEpisode({ isSame }: ThresholdRule, { of, before }: Fired): boolean {
  return !isSame || isSame(of) || (before !== undefined && isSame(before));
}

function* firedOf(
  { name }: ThresholdRule,
  marks: ReadonlyMap<string, string>,
): Generator<[threshold: number, mark: Fired | undefined]> {
  const prefix = `${name}:`;
  for (const [each, text] of marks) {
    if (!each.startsWith(prefix)) continue;
    const threshold = Number(each.slice(prefix.length));
    if (!Number.isNaN(threshold)) yield [threshold, parseOwnJson(text, isFired)];
  }
}

/** When a mark was written, epoch milliseconds; 0 where that cannot be read. */
export function firedAt(mark: string): number {
  return parseOwnJson(mark, isFired)?.at ?? 0;
}

function changeOf({ keyId, name }: ThresholdRule, threshold: number, mark: Fired | undefined): FiredChange {
  return { keyId, name: `${name}:${threshold}`, mark: mark && JSON.stringify(mark) };
}

function isFired(value: unknown): value is Fired {
  return isMembers(value) && typeof value.at === 'number';
}
