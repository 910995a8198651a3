import * as l10n from '@vscode/l10n';
import type { Warning } from '../../core/warnings/warning.ts';
import type { WebhookOutcome } from '../../services/warnings/webhookDelivery.ts';
import { networkFailureText } from '../../text/networkFailure.ts';
import { countKeys, warningCounts } from './warningCounts.ts';
import { warningSentence } from './warningKinds.ts';

/** More sentences than this are counted. */
const MAX_SENTENCES = 10;

/**
 * The text of a webhook message: how many keys have which problem or, where names are allowed, a sentence for each
 * warning.
 */
export function webhookText(warnings: readonly Warning[], names: boolean, now: number): string {
  const counts = `Key Quota: ${warningCounts(warnings)}`;
  if (!names) return counts;
  const sentences = warnings.slice(0, MAX_SENTENCES).map(warning => warningSentence(warning, now));
  const more = warnings.length - sentences.length;
  if (countKeys(warnings) === 1) return `Key Quota: ${sentences.join('\n')}`;
  return [counts, ...sentences, ...(more > 0 ? [l10n.t('and {0} more', more)] : [])].join('\n');
}

/** What went wrong, as a sentence; undefined where nothing did. It holds the address's host at most. */
export function outcomeText(outcome: WebhookOutcome, origin: string): string | undefined {
  switch (outcome.type) {
    case 'sent':
    case 'none':
      return undefined;
    case 'status':
      return l10n.t('The webhook answered HTTP {0}. Check its address.', outcome.status);
    case 'refused':
      return l10n.t('The webhook did not accept the message. Check its address and its filters.');
    case 'redirected':
      return l10n.t(
        'The webhook redirects to another address, which is not followed. Set that address instead.',
      );
    case 'failed':
      return networkFailureText(outcome.failure, l10n.t('Webhook'), origin);
  }
}
