import { t } from '../words/l10n.ts';
import { clockText } from '../words/time.ts';

/** Why nothing is said at present, for the head of the tree; undefined when warnings come as usual. */
export function silenceText(isOn: boolean, pausedUntil: number | undefined, now: number): string | undefined {
  if (!isOn) return t('warnings off');
  return pausedUntil === undefined ? undefined : t('warnings paused until {0}', clockText(pausedUntil, now));
}
