import { clockText } from '../../text/time.ts';
import { t } from '../../text/translate.ts';

/** Why nothing is said at present, to stand above the keys; undefined when warnings come as usual. */
export function muteText(isOn: boolean, pausedUntil: number | undefined, now: number): string | undefined {
  if (!isOn) return t('Warnings are off.');
  if (pausedUntil === undefined) return undefined;
  return pausedUntil === Number.POSITIVE_INFINITY
    ? t('Warnings are paused.')
    : t('Warnings are paused until {0}.', clockText(pausedUntil, now));
}
