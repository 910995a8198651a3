import { endPhaseOf } from '../quota/ends.ts';
import { isPaused } from '../quota/failure.ts';
import { isCurrent, isWatched } from '../quota/isCurrent.ts';
import type { KeyState } from '../quota/keyState.ts';
import { applyChangeRules } from './changeRules.ts';
import { endRules } from './expiryRules.ts';
import { limitRules } from './limitRules.ts';
import { isMuted, type Mute } from './mute.ts';
import { paceRules } from './paceRules.ts';
import { otherQuotaRules, quotaRule } from './quotaRule.ts';
import { refusalRules } from './refusalRules.ts';
import { applyRule, type FiredChange, type ThresholdRule } from './thresholdRule.ts';
import type { SpendFigures, Warning } from './warning.ts';
import { type KeyRules, type KeyThresholds, thresholdsOf, type WarningRules } from './warningRules.ts';

/** A key whose rules are evaluated, with what its state does not contain. */
export interface WarningSubject {
  readonly key: KeyState;
  /** See `staleAfter`: the age up to which its figures speak for the present, in milliseconds. */
  readonly staleAfterMs: number;
  /** Changes with the secret. */
  readonly fingerprint: string;
  /** Epoch milliseconds. */
  readonly createdAt?: number;
  /** Changes with whatever makes figures no longer compare: unit, scale, secret. */
  readonly series?: number;
  /** Absent while the key's ordinary day is not known. */
  readonly spend?: SpendFigures;
  /** The key's own rules, in place of the rules for all. */
  readonly ownRules?: KeyRules;
  readonly snooze?: Mute;
}

/** A warning, and the marks by which it fires only once. */
export interface DueWarning {
  readonly warning: Warning;
  readonly firedMarks: readonly FiredChange[];
}

export interface Evaluation {
  readonly due: readonly DueWarning[];
  /** Marks to change whether warnings are shown or not: of episodes that ended. */
  readonly markChanges: readonly FiredChange[];
}

/** Marks by name. */
type Marks = ReadonlyMap<string, string>;

const NO_MARKS: Marks = new Map();

/**
 * Finds what to warn about now. The past is in the marks alone, so that the result is the same in every window, after
 * every restart, and however long no window was open.
 */
export function evaluateRules(
  subjects: readonly WarningSubject[],
  marks: ReadonlyMap<string, Marks>,
  rules: WarningRules,
  now: number,
): Evaluation {
  const evaluations = subjects.map(subject =>
    evaluateKey(subject, marks.get(subject.key.id) ?? NO_MARKS, rules, now),
  );
  return {
    due: evaluations.flatMap(({ due }) => due),
    markChanges: evaluations.flatMap(({ markChanges }) => markChanges),
  };
}

function evaluateKey(subject: WarningSubject, marks: Marks, rules: WarningRules, now: number): Evaluation {
  const { key, series, ownRules = {}, snooze } = subject;
  const current = isCurrent(key, subject.staleAfterMs, now);
  const thresholds = thresholdsOf(key, ownRules, rules);
  const due: DueWarning[] = [];
  const markChanges: FiredChange[] = [];
  for (const rule of thresholdRules(subject, current, thresholds, rules, now)) {
    const { due: threshold, firedMarks, markChanges: ended } = applyRule(rule, marks, now);
    markChanges.push(...ended);
    if (threshold === undefined) continue;
    const { kind, severity, isUrgent, spend, limit } = rule;
    if (kind === 'refused' && wasShownWhenAdded(subject)) {
      markChanges.push(...firedMarks);
      continue;
    }
    const urgent = isUrgent?.(threshold) ?? false;
    due.push({
      warning: {
        ...{ key, kind, threshold, severity: severity(threshold), urgent },
        ...(spend && { spend }),
        ...(limit && { limit }),
      },
      firedMarks,
    });
  }
  for (const { due: change, firedMarks, markChanges: seen } of applyChangeRules(
    key,
    current,
    marks,
    thresholds.kinds,
    now,
    series,
  )) {
    markChanges.push(...seen);
    if (change) due.push({ warning: { key, threshold: 0, urgent: false, ...change }, firedMarks });
  }
  const isSnoozed = isMuted(snooze, now);
  return {
    due: isSnoozed ? [] : due.filter(({ warning }) => thresholds.kinds.has(warning.kind)),
    markChanges,
  };
}

/** Whether a key was checked only when it was added: the person who saved it has seen the result then. */
function wasShownWhenAdded({ key, createdAt }: WarningSubject): boolean {
  return key.checkedAt !== undefined && Date.parse(key.checkedAt) === createdAt;
}

/**
 * A key that has ended is warned about once, and not also for its quota. An end counts although checks fail, but not
 * while none was made: after the clock was changed, the gateway is asked first.
 */
function thresholdRules(
  { key, staleAfterMs, fingerprint, spend }: WarningSubject,
  current: boolean,
  thresholds: KeyThresholds,
  rules: WarningRules,
  now: number,
): ThresholdRule[] {
  // A paused key is not asked, so only its end is evaluated, by the gateway's last answer.
  if (isPaused(key)) return key.status === 'expired' ? [] : endRules(key, thresholds.expiryDays, now);
  const ends = isWatched(key, staleAfterMs, now) ? endRules(key, thresholds.expiryDays, now) : [];
  if (endPhaseOf(key, now) !== 'ahead') return ends;
  const quota = quotaRule(key, current, thresholds);
  return [
    ...ends,
    ...(quota ? [quota] : []),
    ...otherQuotaRules(key, current, thresholds),
    ...(current ? paceRules(key, spend, rules, now) : []),
    ...limitRules(key, rules, now),
    ...refusalRules(key, fingerprint, current),
  ];
}
