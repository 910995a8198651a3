import * as l10n from '@vscode/l10n';
import type { UsageSource } from '../core/usage/usage.ts';
import type { OtherSource, UsageReport } from '../core/usage/usageReport.ts';
import { amountText } from './amount.ts';

/** Where figures come from, as a name: `the gateway’s own figures`. */
export function sourceName(source: UsageSource): string {
  switch (source) {
    case 'gateway':
      return l10n.t('the gateway’s own figures');
    case 'logs':
      return l10n.t('the gateway’s request log');
    case 'recorded':
      return l10n.t('Key Quota’s own readings');
    case 'ledger':
      return l10n.t('what the gateway has told Key Quota so far');
  }
}

/** Where figures come from, as a sentence: `These figures are summed up from the gateway’s request log.` */
export function sourceText(source: UsageSource): string {
  switch (source) {
    case 'gateway':
      return l10n.t('These are the gateway’s own figures.');
    case 'logs':
      return l10n.t('These figures are summed up from the gateway’s request log.');
    case 'recorded':
      return l10n.t(
        'These figures are from Key Quota’s own readings; spend is dated by when it was noticed.',
      );
    case 'ledger':
      return l10n.t('These figures are what the gateway has told Key Quota so far.');
  }
}

/**
 * How another source differs from the report that it stands beside: `$0.40 more`. Undefined where they cannot be
 * compared.
 */
export function differenceText({ difference, unit }: OtherSource): string | undefined {
  if (difference === undefined) return undefined;
  if (difference === 0) return l10n.t('the same');
  const size = amountText(Math.abs(difference), unit, 'exact');
  return difference > 0 ? l10n.t('{0} more', size) : l10n.t('{0} less', size);
}

/** Whose figures a report holds, by the user's name for it. */
export function scopeName({ scope }: Pick<UsageReport, 'scope'>): string {
  return scope.key ?? scope.account ?? '';
}
