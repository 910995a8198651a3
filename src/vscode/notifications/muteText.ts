import * as l10n from '@vscode/l10n';
import type { SnoozedKey } from '../../services/warnings/muteService.ts';
import { joinFewNames } from '../../text/clauses.ts';
import { clockText } from '../../text/time.ts';

/** What is muted at present. */
interface Mutes {
  /** Whether warnings are switched on. */
  readonly isOn: boolean;
  /** The end of a pause of all warnings, epoch milliseconds; Infinity without end. */
  readonly pausedUntil: number | undefined;
  /** By the end of their snooze. */
  readonly snoozed: readonly SnoozedKey[];
}

/** More names than this are counted. */
const MAX_NAMES = 3;

/** Why warnings are muted at present, to show above the keys; undefined when they are not. */
export function muteText({ isOn, pausedUntil, snoozed }: Mutes, now: number): string | undefined {
  if (!isOn) return l10n.t('Warnings are off.');
  if (pausedUntil === undefined) return snoozeText(snoozed, now);
  return pausedUntil === Number.POSITIVE_INFINITY
    ? l10n.t('Warnings are paused.')
    : l10n.t('Warnings are paused until {0}.', clockText(pausedUntil, now));
}

function snoozeText(snoozed: readonly SnoozedKey[], now: number): string | undefined {
  const [first] = snoozed;
  if (!first) return undefined;
  const names = joinFewNames(
    snoozed.map(({ label }) => `“${label}”`),
    MAX_NAMES,
  );
  const until = clockText(first.until, now);
  return snoozed.every(each => each.until === first.until)
    ? l10n.t('No warnings about {0} until {1}.', names, until)
    : l10n.t('No warnings about {0}; for the first of them, until {1}.', names, until);
}
