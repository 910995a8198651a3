import { endPhaseOf } from '../quota/ends.ts';
import { isPaused } from '../quota/failure.ts';
import { isCurrent, isWatched } from '../quota/isCurrent.ts';
import type { KeyState } from '../quota/keyState.ts';
import { changeNews } from './changeRules.ts';
import { endRules } from './expiryRules.ts';
import { limitRules } from './limitRules.ts';
import { isMuted, type Mute } from './mute.ts';
import { paceRules } from './paceRules.ts';
import { otherQuotaRules, quotaRule } from './quotaRule.ts';
import { refusalRules } from './refusalRules.ts';
import { applyRule, type FiredChange, type ThresholdRule } from './thresholdRule.ts';
import type { SpendFigures, Warning } from './warning.ts';
import { type KeyRules, type KeyThresholds, thresholdsOf, type WarningRules } from './warningRules.ts';

/** A key to be judged, with what its state does not tell. */
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
  /** What holds for it in place of the rules for all. */
  readonly ownRules?: KeyRules;
  readonly snooze?: Mute;
}

/** A warning, and the marks that make sure it is not said again. */
export interface DueWarning {
  readonly warning: Warning;
  readonly take: readonly FiredChange[];
}

export interface Evaluation {
  readonly due: readonly DueWarning[];
  /** Marks to change whether anyone is told or not: episodes that ended. */
  readonly settle: readonly FiredChange[];
}

/** Marks by name. */
type Marks = ReadonlyMap<string, string>;

const NO_MARKS: Marks = new Map();

/**
 * What to warn about now. What was before is in the marks and nowhere else, so that the answer is the same
 * in every window, after every restart, and however long nobody looked.
 */
export function evaluateRules(
  subjects: readonly WarningSubject[],
  marks: ReadonlyMap<string, Marks>,
  rules: WarningRules,
  now: number,
): Evaluation {
  const verdicts = subjects.map(subject =>
    evaluateKey(subject, marks.get(subject.key.id) ?? NO_MARKS, rules, now),
  );
  return {
    due: verdicts.flatMap(({ due }) => due),
    settle: verdicts.flatMap(({ settle }) => settle),
  };
}

function evaluateKey(subject: WarningSubject, marks: Marks, rules: WarningRules, now: number): Evaluation {
  const { key, series, ownRules = {}, snooze } = subject;
  const current = isCurrent(key, subject.staleAfterMs, now);
  const thresholds = thresholdsOf(key, ownRules, rules);
  const due: DueWarning[] = [];
  const settle: FiredChange[] = [];
  for (const rule of thresholdRules(subject, current, thresholds, rules, now)) {
    const { news, take, settle: ended } = applyRule(rule, marks, now);
    settle.push(...ended);
    if (news === undefined) continue;
    const { kind, severity, isUrgent, spend, limit } = rule;
    if (kind === 'refused' && wasShownWhenAdded(subject)) {
      settle.push(...take);
      continue;
    }
    const urgent = isUrgent?.(news) ?? false;
    due.push({
      warning: {
        ...{ key, kind, threshold: news, severity: severity(news), urgent },
        ...(spend && { spend }),
        ...(limit && { limit }),
      },
      take,
    });
  }
  for (const { news, take, settle: seen } of changeNews(key, current, marks, thresholds.kinds, now, series)) {
    settle.push(...seen);
    if (news) due.push({ warning: { key, threshold: 0, urgent: false, ...news }, take });
  }
  const isSnoozed = isMuted(snooze, now);
  return { due: isSnoozed ? [] : due.filter(({ warning }) => thresholds.kinds.has(warning.kind)), settle };
}

/** Whether a key was checked only when it was added: the person who saved it has seen the result then. */
function wasShownWhenAdded({ key, createdAt }: WarningSubject): boolean {
  return key.checkedAt !== undefined && Date.parse(key.checkedAt) === createdAt;
}

/**
 * A key whose time is over is worth one word, and not others about what it can no longer spend. Ends stay true when
 * checks fail, but not when none was made: after a leap of the clock the gateway speaks first.
 */
function thresholdRules(
  { key, staleAfterMs, fingerprint, spend }: WarningSubject,
  current: boolean,
  thresholds: KeyThresholds,
  rules: WarningRules,
  now: number,
): ThresholdRule[] {
  // Nobody asks about a paused key, so of its end the gateway's last word counts, and nothing else does.
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
