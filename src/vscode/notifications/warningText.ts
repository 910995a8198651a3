import * as l10n from '@vscode/l10n';
import { byAttention } from '../../core/quota/attention.ts';
import { localTime } from '../../core/quota/ends.ts';
import { headroomOf } from '../../core/quota/headroom.ts';
import { windowResetAt } from '../../core/quota/resets.ts';
import { type FigureUnit, unitName } from '../../core/quota/unit.ts';
import type { SpendingProgress } from '../../core/spendingLimits/spendingLimit.ts';
import { presetEnds } from '../../core/usage/rangePresets.ts';
import { SEVERITIES, type Severity, type Warning } from '../../core/warnings/warning.ts';
import { type AmountRounding, amountText } from '../../text/amount.ts';
import { failureStatusText } from '../../text/failureStatus.ts';
import { paceText } from '../../text/forecast.ts';
import { joinSentences } from '../../text/joinSentences.ts';
import { figureOfTotalText, figureOfWindowText } from '../../text/keyTexts.ts';
import { limitText } from '../../text/spendingLimit.ts';
import { clockText, dateTimeText, relativeText } from '../../text/time.ts';
import { windowPhrase } from '../../text/windowLabels.ts';
import type { OwnCommand } from '../host/ownCommand.ts';
import { countKeys, warningCountText } from './warningCounts.ts';

/** A button of a notification: the command it runs. */
interface WarningAction {
  readonly title: string;
  readonly command: OwnCommand;
  readonly argument?: unknown;
}

/** A notification, as plain values. */
export interface WarningNotice {
  readonly message: string;
  readonly severity: Severity;
  readonly actions: readonly WarningAction[];
}

export const SNOOZE_HOURS = 24;

/**
 * Warnings as one notification: a sentence, the sentences about one key, or a count of several keys. `hasTopUpPage` tells
 * whether it is known where a key is topped up.
 */
export function warningNotice(
  warnings: readonly Warning[],
  now: number,
  hasTopUpPage: (key: Warning['key']) => boolean,
): WarningNotice {
  const sorted = worstFirst(warnings, now);
  const isAboutOne = countKeys(sorted) === 1;
  return {
    message: isAboutOne
      ? joinSentences(...sorted.map(each => warningSentence(each, now)))
      : warningCountText(sorted),
    severity: sorted[0]?.severity ?? 'info',
    actions: actionsFor(sorted, now, hasTopUpPage),
  };
}

/** Those that matter most first, so that of many these are told. */
export function worstFirst(warnings: readonly Warning[], now: number): readonly Warning[] {
  return warnings.toSorted(
    (a, b) =>
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || byAttention(now)(a.key, b.key),
  );
}

/** One warning as a sentence that names its key. */
export function warningSentence(
  { key, kind, threshold, spend, refill, limit, keyIds }: Warning,
  now: number,
): string {
  const { label, reading } = key;
  const amount = (value: number, rounding: AmountRounding, unit: FigureUnit | undefined = reading?.unit) =>
    unit ? amountText(value, unit, 'short', rounding) : String(value);
  switch (kind) {
    case 'expiry':
      return endSentence(key, threshold, now);
    case 'plan':
      return planSentence(key, threshold, now);
    case 'low':
      return lowSentence(key, threshold, now);
    case 'forecast':
      return forecastSentence(key, now);
    case 'spend':
      return l10n.t(
        '“{0}” spent {1} today; on an ordinary day it spends {2}.',
        label,
        amount(spend?.today ?? 0, 'up'),
        amount(spend?.normal ?? 0, 'nearest'),
      );
    case 'limit':
      return limit ? limitSentence(key, limit, keyIds) : '';
    case 'refused':
      return refusalSentence(key);
    case 'refill': {
      const left = figureOfTotalText(key) ?? '?';
      return refill?.what === 'topUp'
        ? l10n.t(
            '“{0}” was topped up by {1}: {2} left.',
            label,
            amount(refill.amount, 'down', headroomOf(reading).unit),
            left,
          )
        : l10n.t('The budget of “{0}” was reset: {1} left.', label, left);
    }
  }
}

/** What a key says of itself where it stands does not name it where it is one of a server's. */
function refusalSentence({ label, via, failure }: Warning['key']): string {
  if (via === undefined || !failure) return failure?.message ?? l10n.t('“{0}” is not accepted.', label);
  return l10n.t('“{0}” says of its key “{1}”: {2}. Change it there.', via, label, failureStatusText(failure));
}

/** What is left, and of which quota window where that is what binds. */
function lowSentence(key: Warning['key'], threshold: number, now: number): string {
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
function limitSentence(
  { label }: Warning['key'],
  limit: SpendingProgress,
  keyIds: Warning['keyIds'],
): string {
  const spent = limitText(limit, [], amount => l10n.t('at least {0}', amount));
  const until = dateTimeText(limit.resetsAt);
  return keyIds
    ? l10n.t('All keys in {0} spent {1}. Your limit resets {2}.', unitName(limit.unit), spent, until)
    : l10n.t('“{0}” spent {1}. Your limit resets {2}.', label, spent, until);
}

function endSentence({ label, reading }: Warning['key'], days: number, now: number): string {
  const ends = reading?.expiresAt;
  const left = reading && ends ? relativeText(localTime(ends, reading), now) : '';
  if (days > 0 && ends) return l10n.t('“{0}” expires {1}: {2}.', label, left, dateTimeText(ends));
  // A gateway may call a key expired although the end that it last gave is still to come.
  return reading && ends && localTime(ends, reading) <= now
    ? l10n.t('“{0}” has expired: {1}.', label, dateTimeText(ends))
    : l10n.t('“{0}” has expired.', label);
}

function planSentence({ label, reading }: Warning['key'], days: number, now: number): string {
  const ends = reading?.plan?.expiresAt;
  const left = reading && ends ? relativeText(localTime(ends, reading), now) : '';
  const date = ends ? dateTimeText(ends) : '?';
  return days > 0 && ends
    ? l10n.t('The plan of “{0}” expires {1}: {2}.', label, left, date)
    : l10n.t('The plan of “{0}” has expired: {1}.', label, date);
}

function forecastSentence({ label, forecast, reading }: Warning['key'], now: number): string {
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

function actionsFor(
  warnings: readonly Warning[],
  now: number,
  hasTopUpPage: (key: Warning['key']) => boolean,
): readonly WarningAction[] {
  const [first] = warnings;
  const ids = [...new Set(warnings.flatMap(({ key, keyIds }) => keyIds ?? key.id))];
  const snooze = {
    title: l10n.t('Snooze {0} Hours', SNOOZE_HOURS),
    command: 'keyQuota.snoozeWarnings' as const,
    argument: { keys: ids, hours: SNOOZE_HOURS },
  };
  if (!first || ids.length > 1) return [showKeys(), snooze];
  return [
    actionFor(first, now, hasTopUpPage(first.key)),
    snooze,
    {
      title: l10n.t('Don’t Warn About This Key'),
      command: 'keyQuota.setKeyWarnings',
      argument: { key: first.key.id, off: true },
    },
  ];
}

function topUp({ id }: Warning['key']): WarningAction {
  return { title: l10n.t('Top Up'), command: 'keyQuota.topUp', argument: id };
}

function showKeys(): WarningAction {
  return { title: l10n.t('Show Keys'), command: 'keyQuota.keys.focus' };
}

/**
 * The next step: a key that ends is replaced, unless its secret is a server's, one that runs low is topped up, or looked at
 * where it is not known where.
 */
function actionFor({ key, kind }: Warning, now: number, hasTopUpPage: boolean): WarningAction {
  switch (kind) {
    case 'expiry':
    case 'refused':
      return key.via === undefined
        ? { title: l10n.t('Replace Secret…'), command: 'keyQuota.replaceSecret', argument: key.id }
        : showKeys();
    case 'plan':
      return hasTopUpPage ? topUp(key) : showKeys();
    case 'refill':
      return showKeys();
    case 'low':
    case 'forecast':
      return hasTopUpPage ? topUp(key) : showUsage(key, now);
    default:
      return showUsage(key, now);
  }
}

function showUsage({ id }: Warning['key'], now: number): WarningAction {
  return {
    title: l10n.t('Show Usage'),
    command: 'keyQuota.queryUsage',
    argument: { key: id, ...presetEnds('last-7-days', now), show: true },
  };
}
