import { dayText } from '../ledger/dayText.ts';
import { dayOf } from '../ledger/localDays.ts';
import type { KeyState } from '../quota/keyState.ts';
import { round6, unitId } from '../quota/unit.ts';
import type { SpendingProgress } from '../spendingLimits/spendingLimit.ts';
import type { ThresholdRule } from './thresholdRule.ts';
import type { WarningRules } from './warningRules.ts';

const WHOLE_PERCENT = 100;

/** The user's own limits for what one key spends. */
export function limitRules(key: KeyState, rules: WarningRules, now: number): ThresholdRule[] {
  const limits = key.spendingLimits ?? [];
  return limits.flatMap(each => limitRule(key.id, `limit ${each.period}`, each, rules, now) ?? []);
}

/**
 * One limit. A threshold is what is left of it in per cent, 0 where all of it is spent and less where more is. Each
 * fires once in a period: only the next period, or another amount, is another episode. Spend of which a part is missing
 * is a lower bound, and counts; unknown spend never fires.
 */
export function limitRule(
  keyId: string,
  name: string,
  progress: SpendingProgress,
  { limitPercents }: Pick<WarningRules, 'limitPercents'>,
  now: number,
): ThresholdRule | undefined {
  const { spent, limit, resetsAt } = progress;
  // The progress may have been worked out before the period was over.
  if (spent === undefined || Date.parse(resetsAt) <= now) return undefined;
  const of = episodeOf(progress);
  return {
    keyId,
    kind: 'limit',
    name,
    thresholds: [...new Set(limitPercents.filter(percent => percent > 0))].map(
      percent => WHOLE_PERCENT - percent,
    ),
    // A threshold of a tiny limit is rounded to 0, which must not be crossed by no spend at all.
    isCrossed: left => spent > 0 && spent >= round6((limit * (WHOLE_PERCENT - left)) / WHOLE_PERCENT),
    isLeft: () => false,
    of,
    isSame: each => each === of,
    keepsOthers: true,
    severity: left => (left <= 0 ? 'error' : 'warning'),
    isUrgent: left => left <= 0,
    limit: progress,
  };
}

/** Names a period by the local day after its last, and the limit by its amount. */
function episodeOf({ resetsAt, limit, unit }: SpendingProgress): string {
  return `${dayText(dayOf(Date.parse(resetsAt)))} ${limit} ${unitId(unit)}`;
}
