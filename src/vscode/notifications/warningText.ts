import * as l10n from '@vscode/l10n';
import { byAttention } from '../../core/quota/attention.ts';
import { presetEnds } from '../../core/usage/rangePresets.ts';
import { SEVERITIES, type Severity, type Warning } from '../../core/warnings/warning.ts';
import { joinSentences } from '../../text/joinSentences.ts';
import type { OwnCommand } from '../host/ownCommand.ts';
import { countKeys, warningCountText } from './warningCounts.ts';
import { type NextStep, warningKinds, warningSentence } from './warningKinds.ts';

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
    argument: snoozed(ids),
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

/** The argument that snoozes keys. */
export function snoozed(keys: readonly string[]): { keys: readonly string[]; hours: number } {
  return { keys, hours: SNOOZE_HOURS };
}

/** The first possible step: the secret of a server's key is replaced there, and a page to top up is not always known. */
function actionFor({ key, kind }: Warning, now: number, hasTopUpPage: boolean): WarningAction {
  const isPossible = (step: NextStep) =>
    step === 'topUp' ? hasTopUpPage : step !== 'replaceSecret' || key.via === undefined;
  return STEPS[warningKinds[kind].steps.find(isPossible) ?? 'showKeys'](key, now);
}

const STEPS: Readonly<Record<NextStep, (key: Warning['key'], now: number) => WarningAction>> = {
  replaceSecret: ({ id }) => ({
    title: l10n.t('Replace Secret…'),
    command: 'keyQuota.replaceSecret',
    argument: id,
  }),
  topUp: ({ id }) => ({ title: l10n.t('Top Up'), command: 'keyQuota.topUp', argument: id }),
  showUsage,
  showKeys,
};

function showKeys(): WarningAction {
  return { title: l10n.t('Show Keys'), command: 'keyQuota.keys.focus' };
}

function showUsage({ id }: Warning['key'], now: number): WarningAction {
  return {
    title: l10n.t('Show Usage'),
    command: 'keyQuota.queryUsage',
    argument: { key: id, ...presetEnds('last-7-days', now), show: true },
  };
}
