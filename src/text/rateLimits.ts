import * as l10n from '@vscode/l10n';
import type { RateLimits } from '../core/quota/reading.ts';
import { countText } from './amount.ts';
import { joinClauses } from './clauses.ts';
import { requestsText, tokensText } from './countedUnits.ts';

/** What may be asked in a minute: `60 requests a minute, 90,000 tokens a minute`; undefined where nothing is known. */
export function rateLimitsText({ rpm, tpm }: RateLimits): string | undefined {
  const counts = [
    rpm === undefined ? undefined : requestsText(countText(rpm)),
    tpm === undefined ? undefined : tokensText(countText(tpm)),
  ].filter(count => count !== undefined);
  return counts.length === 0 ? undefined : joinClauses(counts.map(count => l10n.t('{0} a minute', count)));
}
