import * as l10n from '@vscode/l10n';
import { localTime } from '../../core/quota/ends.ts';
import { headroomOf } from '../../core/quota/headroom.ts';
import { windowResetAt } from '../../core/quota/resets.ts';
import { unitName } from '../../core/quota/unit.ts';
import type { Warning, WarningKind } from '../../core/warnings/warning.ts';
import { type AmountRounding, amountText } from '../../text/amount.ts';
import { paceText } from '../../text/forecast.ts';
import { figureOfTotalText, figureOfWindowText } from '../../text/keyFigure.ts';
import { limitText } from '../../text/spendingLimit.ts';
import { clockText, dateTimeText, relativeText } from '../../text/time.ts';
import { windowPhrase } from '../../text/windowLabels.ts';

/** What the first button of a notification does. */
export type NextStep = 'replaceSecret' | 'topUp' | 'showUsage' | 'showKeys';

/** The texts of a kind of warning. */
interface WarningKindTexts {
  /** A sentence that names the key. */
  readonly sentence: (warning: Warning, now: number) => string;
  /** What is counted where there are warnings about several keys. */
  readonly countedAs: (warning: Warning) => CountedState;
  /** The first of these that is possible is the first button. */
  readonly steps: readonly NextStep[];
}

/** How many keys are in which state, in words; the worst first. */
export const COUNT_TEXTS = {
  usedUp: count => l10n.t('{0} used up', count),
  expired: count => l10n.t('{0} expired', count),
  disabled: count => l10n.t('{0} disabled', count),
  notAccepted: count => l10n.t('{0} not accepted', count),
  atLimit: count => l10n.t('{0} near or at a spending limit', count),
  low: count => l10n.t('{0} low', count),
  runningOut: count => l10n.t('{0} running out', count),
  expiring: count => l10n.t('{0} expiring', count),
  spending: count => l10n.t('{0} spending more than usual', count),
  refilled: count => l10n.t('{0} with new quota', count),
} as const satisfies Readonly<Record<string, (count: number) => string>>;

/** One of `COUNT_TEXTS`. */
export type CountedState = keyof typeof COUNT_TEXTS;

const countedEnd = ({ threshold }: Warning) => (threshold > 0 ? 'expiring' : 'expired');

/** Every kind of warning with its texts; a kind without them does not compile. */
export const warningKinds: Readonly<Record<WarningKind, WarningKindTexts>> = {
  expiry: { sentence: endSentence, countedAs: countedEnd, steps: ['replaceSecret', 'showKeys'] },
  plan: { sentence: planSentence, countedAs: countedEnd, steps: ['topUp', 'showKeys'] },
  low: {
    sentence: lowSentence,
    countedAs: ({ threshold }) => (threshold === 0 ? 'usedUp' : 'low'),
    steps: ['topUp', 'showUsage'],
  },
  forecast: {
    sentence: forecastSentence,
    countedAs: () => 'runningOut',
    steps: ['topUp', 'showUsage'],
  },
  spend: { sentence: spendSentence, countedAs: () => 'spending', steps: ['showUsage'] },
  limit: { sentence: limitSentence, countedAs: () => 'atLimit', steps: ['showUsage'] },
  refused: {
    sentence: ({ key }) => key.failure?.message ?? '',
    // With the same words as the key's line in the tree.
    countedAs: ({ key }) => (key.status === 'disabled' ? 'disabled' : 'notAccepted'),
    steps: ['replaceSecret', 'showKeys'],
  },
  refill: { sentence: refillSentence, countedAs: () => 'refilled', steps: ['showKeys'] },
};

/** One warning as a sentence that names its key. `now` in epoch milliseconds. */
export function warningSentence(warning: Warning, now: number): string {
  return warningKinds[warning.kind].sentence(warning, now);
}

function shortAmount({ reading }: Warning['key'], amount: number, rounding: AmountRounding): string {
  return reading ? amountText(amount, reading.unit, 'short', rounding) : String(amount);
}

function spendSentence({ key, spend }: Warning): string {
  return l10n.t(
    '“{0}” spent {1} today; on an ordinary day it spends {2}.',
    key.label,
    shortAmount(key, spend?.today ?? 0, 'up'),
    shortAmount(key, spend?.normal ?? 0, 'nearest'),
  );
}

function refillSentence({ key, refill }: Warning): string {
  const left = figureOfTotalText(key) ?? '?';
  if (refill?.what !== 'topUp') return l10n.t('The budget of “{0}” was reset: {1} left.', key.label, left);
  const added = amountText(refill.amount, headroomOf(key.reading).unit, 'short', 'down');
  return l10n.t('“{0}” was topped up by {1}: {2} left.', key.label, added, left);
}

/** What is left, and of which quota window where that is what binds. */
function lowSentence({ key, threshold }: Warning, now: number): string {
  const { label, reading } = key;
  const { window, remaining } = headroomOf(reading);
  const isUsedUp = threshold === 0;
  // A key that is refused as used up may have something left of what is known.
  if (!reading || !window || remaining === undefined || isUsedUp !== remaining <= 0)
    return isUsedUp
      ? l10n.t('“{0}” is used up.', label)
      : l10n.t('“{0}” is low: {1} left.', label, figureOfTotalText(key) ?? '?');
  const [phrase, resets] = [windowPhrase(window), windowResetAt(window, reading)];
  const when = resets === undefined ? undefined : clockText(resets, now);
  if (isUsedUp)
    return when === undefined
      ? l10n.t('“{0}” is used up: nothing is left of {1}.', label, phrase)
      : l10n.t('“{0}” is used up: nothing is left of {1}, which resets {2}.', label, phrase, when);
  const left = figureOfWindowText(key);
  return when === undefined
    ? l10n.t('“{0}” is low: {1} left of {2}.', label, left, phrase)
    : l10n.t('“{0}” is low: {1} left of {2}, which resets {3}.', label, left, phrase, when);
}

/** Which limit it is, how much of it is spent, and until when it holds. */
function limitSentence({ key: { label }, limit, keyIds }: Warning): string {
  if (!limit) return '';
  const spent = limitText(limit, [], amount => l10n.t('at least {0}', amount));
  const until = dateTimeText(limit.resetsAt);
  return keyIds
    ? l10n.t('All keys in {0} spent {1}. Your limit resets {2}.', unitName(limit.unit), spent, until)
    : l10n.t('“{0}” spent {1}. Your limit resets {2}.', label, spent, until);
}

function endSentence({ key: { label, reading }, threshold: days }: Warning, now: number): string {
  const ends = reading?.expiresAt;
  const left = reading && ends ? relativeText(localTime(ends, reading), now) : '';
  if (days > 0 && ends) return l10n.t('“{0}” expires {1}: {2}.', label, left, dateTimeText(ends));
  // A gateway may call a key expired although the end that it last gave is still to come.
  return reading && ends && localTime(ends, reading) <= now
    ? l10n.t('“{0}” has expired: {1}.', label, dateTimeText(ends))
    : l10n.t('“{0}” has expired.', label);
}

function planSentence({ key: { label, reading }, threshold: days }: Warning, now: number): string {
  const ends = reading?.plan?.expiresAt;
  const left = reading && ends ? relativeText(localTime(ends, reading), now) : '';
  const date = ends ? dateTimeText(ends) : '?';
  return days > 0 && ends
    ? l10n.t('The plan of “{0}” expires {1}: {2}.', label, left, date)
    : l10n.t('The plan of “{0}” has expired: {1}.', label, date);
}

function forecastSentence({ key: { label, forecast, reading } }: Warning, now: number): string {
  const when = relativeText(forecast?.lastsUntil ?? now, now);
  const { remaining: left, unit } = headroomOf(reading);
  const pace = reading && paceText(forecast, reading.unit, now);
  return reading && left !== undefined && pace !== undefined
    ? l10n.t(
        '“{0}” will run out {1} at its current pace: {2} left, at {3}.',
        label,
        when,
        amountText(left, unit),
        pace,
      )
    : l10n.t('“{0}” will run out {1} at its current pace.', label, when);
}
