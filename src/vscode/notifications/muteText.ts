import * as l10n from '@vscode/l10n';
import type { SnoozedKey } from '../../services/warnings/muteService.ts';
import { joinNames } from '../../text/clauses.ts';
import { clockText } from '../../text/time.ts';

/** Which warnings do not come at present. */
interface Mutes {
  /** Whether the user wants any. */
  readonly isOn: boolean;
  /** Until when all are paused, epoch milliseconds; Infinity for good. */
  readonly pausedUntil: number | undefined;
  /** The first to end stands first. */
  readonly snoozed: readonly SnoozedKey[];
}

/** More names than this are counted. */
const MAX_NAMES = 3;

/** Why nothing is said at present, to stand above the keys; undefined when warnings come as usual. */
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
  const shown = joinNames(snoozed.slice(0, MAX_NAMES).map(({ label }) => `“${label}”`));
  const names =
    snoozed.length > MAX_NAMES ? l10n.t('{0} and {1} more', shown, snoozed.length - MAX_NAMES) : shown;
  const until = clockText(first.until, now);
  return snoozed.every(each => each.until === first.until)
    ? l10n.t('No warnings about {0} until {1}.', names, until)
    : l10n.t('No warnings about {0}, for the first until {1}.', names, until);
}
