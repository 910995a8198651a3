import * as l10n from '@vscode/l10n';
import { clockText } from '../../text/time.ts';

/** Why nothing is said at present, to stand above the keys; undefined when warnings come as usual. */
export function muteText(isOn: boolean, pausedUntil: number | undefined, now: number): string | undefined {
  if (!isOn) return l10n.t('Warnings are off.');
  if (pausedUntil === undefined) return undefined;
  return pausedUntil === Number.POSITIVE_INFINITY
    ? l10n.t('Warnings are paused.')
    : l10n.t('Warnings are paused until {0}.', clockText(pausedUntil, now));
}
