import * as l10n from '@vscode/l10n';
import { isOfWholeKey, limitOf, type QuotaWindow } from '../core/quota/quotaWindow.ts';
import { windowName } from './quotaWindow.ts';

/** A window in a sentence: `the 5h window`, `the monthly limit`, `the limit of team “Core”`. */
export function windowPhrase(window: QuotaWindow): string {
  if (window.scope !== undefined) return l10n.t('the limit of {0}', windowName(window));
  switch (window.name) {
    case 'day':
      return l10n.t('the daily limit');
    case 'week':
      return l10n.t('the weekly limit');
    case 'month':
      return l10n.t('the monthly limit');
    case 'total':
      return l10n.t('the limit');
    default:
      return l10n.t('the {0} window', window.name);
  }
}

/** The same as the label of a line; what stands above the key tells what is left in it. */
export function windowLabel(window: QuotaWindow): string {
  if (!isOfWholeKey(window)) return l10n.t('Limit of {0}', windowName(window));
  if (window.scope !== undefined) {
    // Without a limit all that is known is what was used.
    const isLimited = limitOf(window) !== undefined;
    return isLimited
      ? l10n.t('Remaining in {0}', windowName(window))
      : l10n.t('Use of {0}', windowName(window));
  }
  switch (window.name) {
    case 'day':
      return l10n.t('Daily limit');
    case 'week':
      return l10n.t('Weekly limit');
    case 'month':
      return l10n.t('Monthly limit');
    case 'total':
      return l10n.t('Limit');
    default:
      return l10n.t('{0} window', window.name);
  }
}
