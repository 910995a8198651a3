import type { KeyState } from '../quota/keyState.ts';
import { expiryLadder, hasEnded, planLadder, severityOfEnd } from './expiryRules.ts';
import { isSilent, parseSilence, SNOOZE } from './mute.ts';
import { forecastLadder, spendLadder } from './paceRules.ts';
import { quotaLadder } from './quotaRule.ts';
import { refillNews } from './refillRule.ts';
import { refusalLadders } from './refusalRules.ts';
import { climb, type Ladder, type MarkChange } from './thresholdRule.ts';
import type { Severity, SpendFigures, Warning, WarningKind } from './warning.ts';
import {
  type KeyThresholds,
  OWN_RULES,
  parseKeyRules,
  thresholdsOf,
  type WarningRules,
} from './warningRules.ts';

/** A key to be judged, with what its state does not tell. */
export interface Subject {
  readonly key: KeyState;
  /** Changes with the secret. */
  readonly fingerprint: string;
  /** Epoch milliseconds. */
  readonly createdAt?: number;
  /** Changes with whatever makes figures no longer compare: unit, scale, secret. */
  readonly series?: number;
  /** Absent while the key's ordinary day is not known. */
  readonly spend?: SpendFigures;
}

/** A warning, and the marks that make sure it is not said again. */
export interface Due {
  readonly warning: Warning;
  readonly take: readonly MarkChange[];
}

export interface Verdict {
  readonly due: readonly Due[];
  /** Marks to change whether anyone is told or not: episodes that ended. */
  readonly settle: readonly MarkChange[];
}

/** Marks by name. */
type Marks = ReadonlyMap<string, string>;

interface Rung {
  readonly kind: WarningKind;
  readonly ladder: Ladder;
  readonly severity: (threshold: number) => Severity;
  readonly isUrgent?: (threshold: number) => boolean;
}

const NO_MARKS: Marks = new Map();
const isLast = (threshold: number) => threshold === 0;

/**
 * What to warn about now. What was before is in the marks and nowhere else, so that the answer is the same
 * in every window, after every restart, and however long nobody looked.
 */
export function judge(
  subjects: readonly Subject[],
  marks: ReadonlyMap<string, Marks>,
  rules: WarningRules,
  now: number,
): Verdict {
  const verdicts = subjects.map(subject =>
    judgeKey(subject, marks.get(subject.key.id) ?? NO_MARKS, rules, now),
  );
  return {
    due: verdicts.flatMap(({ due }) => due),
    settle: verdicts.flatMap(({ settle }) => settle),
  };
}

function judgeKey(subject: Subject, marks: Marks, rules: WarningRules, now: number): Verdict {
  const { key, spend, series } = subject;
  const thresholds = thresholdsOf(key, parseKeyRules(marks.get(OWN_RULES)), rules);
  const due: Due[] = [];
  const settle: MarkChange[] = [];
  for (const { kind, ladder, severity, isUrgent } of rungsOf(subject, thresholds, rules, now)) {
    const { news, take, settle: ended } = climb(ladder, marks, now);
    settle.push(...ended);
    if (news === undefined) continue;
    if (kind === 'refused' && wasToldByForm(subject)) {
      settle.push(...take);
      continue;
    }
    const figures = kind === 'spend' ? { spend } : {};
    const urgent = isUrgent?.(news) ?? false;
    due.push({ warning: { key, kind, threshold: news, severity: severity(news), urgent, ...figures }, take });
  }
  const {
    refill,
    take,
    settle: seen,
  } = refillNews(key, marks.get('refill'), thresholds.kinds.has('refill'), now, series);
  settle.push(...seen);
  if (refill) {
    due.push({
      warning: { key, kind: 'refill', threshold: 0, severity: 'info', urgent: false, refill },
      take,
    });
  }
  const isSnoozed = isSilent(parseSilence(marks.get(SNOOZE)), now);
  return { due: isSnoozed ? [] : due.filter(({ warning }) => thresholds.kinds.has(warning.kind)), settle };
}

/** Whether a key's only check was its try-out: whoever saved it all the same has read what it brought. */
function wasToldByForm({ key, createdAt }: Subject): boolean {
  return key.checkedAt !== undefined && Date.parse(key.checkedAt) === createdAt;
}

/** A key whose time is over is worth one word, and not others about what it can no longer spend. */
function rungsOf(
  { key, fingerprint, spend }: Subject,
  thresholds: KeyThresholds,
  rules: WarningRules,
  now: number,
): Rung[] {
  const ends: (Rung | undefined)[] = [
    rung('expiry', expiryLadder(key, thresholds.expiryDays, now), severityOfEnd, isLast),
    rung('plan', planLadder(key, thresholds.expiryDays, now), severityOfEnd, isLast),
  ];
  if (hasEnded(key, now)) return ends.filter(each => each !== undefined);
  return [
    ...ends,
    rung('low', quotaLadder(key, thresholds, now), left => (left === 0 ? 'error' : 'warning'), isLast),
    rung('forecast', forecastLadder(key, now), () => 'warning'),
    rung('spend', spendLadder(key, spend, rules, now), () => 'warning'),
    ...refusalLadders(key, fingerprint, now).map(ladder => rung('refused', ladder, () => 'error')),
  ].filter(each => each !== undefined);
}

function rung(
  kind: WarningKind,
  ladder: Ladder | undefined,
  severity: Rung['severity'],
  isUrgent?: Rung['isUrgent'],
): Rung | undefined {
  return ladder && { kind, ladder, severity, isUrgent };
}
