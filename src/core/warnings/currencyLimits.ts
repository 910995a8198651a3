import { spendSums } from '../ledger/spendSums.ts';
import { isSameUnit, unitId } from '../quota/unit.ts';
import type { SpendingLimit } from '../spendingLimits/spendingLimit.ts';
import { currencyProgress, spendingProgress } from '../spendingLimits/spendingProgress.ts';
import type { Evaluation, WarningSubject } from './evaluateRules.ts';
import { limitRule } from './limitRules.ts';
import { isMuted } from './mute.ts';
import { applyRule, type FiredChange, firedAt } from './thresholdRule.ts';
import { thresholdsOf, type WarningRules } from './warningRules.ts';

type MarksByKey = ReadonlyMap<string, ReadonlyMap<string, string>>;

/**
 * What to warn about limits for all keys of a currency. Their marks are saved with each key that counts, so that they
 * outlive the removal of one. A key's snooze and rules do not mute what others spend: only all of them together do.
 */
export function evaluateCurrencyLimits(
  limits: readonly SpendingLimit[],
  subjects: readonly WarningSubject[],
  marks: MarksByKey,
  rules: WarningRules,
  now: number,
): Evaluation {
  const ofCurrencies = limits.filter(({ scope }) => scope.of === 'currency');
  if (ofCurrencies.length === 0) return { due: [], markChanges: [] };
  const sums = spendSums(subjects.map(({ key }) => key));
  const evaluations = ofCurrencies.map((limit): Evaluation => {
    const counted = subjects
      .filter(({ key }) => key.spend && key.reading && isSameUnit(key.reading.unit, limit.unit))
      .sort((a, b) => spentBy(b, limit, rules, now) - spentBy(a, limit, rules, now));
    const [first] = counted;
    const progress = currencyProgress(limit, sums, now, rules.monthBegins);
    const name = `limit ${unitId(limit.unit)} ${limit.period}`;
    const rule = first && limitRule(first.key.id, name, progress, rules, now);
    if (!first || !rule) return { due: [], markChanges: [] };
    const ids = counted.map(({ key }) => key.id);
    const { due: threshold, firedMarks, markChanges } = applyRule(rule, marksOf(ids, marks), now);
    const isSilent = counted.every(subject => isMutedFor(subject, rules, now));
    const due =
      threshold === undefined || isSilent
        ? []
        : [
            {
              warning: {
                key: first.key,
                kind: rule.kind,
                threshold,
                severity: rule.severity(threshold),
                urgent: rule.isUrgent?.(threshold) ?? false,
                limit: progress,
                keyIds: ids,
              },
              firedMarks: withEach(ids, firedMarks),
            },
          ];
    return { due, markChanges: withEach(ids, markChanges) };
  });
  return {
    due: evaluations.flatMap(({ due }) => due),
    markChanges: evaluations.flatMap(({ markChanges }) => markChanges),
  };
}

function spentBy(
  { key }: WarningSubject,
  limit: SpendingLimit,
  { monthBegins }: WarningRules,
  now: number,
): number {
  return spendingProgress(limit, key.spend, now, monthBegins).spent ?? 0;
}

function isMutedFor(
  { key, ownRules = {}, snooze }: WarningSubject,
  rules: WarningRules,
  now: number,
): boolean {
  return isMuted(snooze, now) || !thresholdsOf(key, ownRules, rules).kinds.has('limit');
}

/** The newest of each mark that any of the keys has. */
function marksOf(ids: readonly string[], marks: MarksByKey): ReadonlyMap<string, string> {
  const newest = new Map<string, string>();
  for (const [name, mark] of ids.flatMap(id => [...(marks.get(id) ?? [])])) {
    const known = newest.get(name);
    if (known === undefined || firedAt(mark) > firedAt(known)) newest.set(name, mark);
  }
  return newest;
}

function withEach(ids: readonly string[], changes: readonly FiredChange[]): readonly FiredChange[] {
  return changes.flatMap(change => ids.map(keyId => ({ ...change, keyId })));
}
