import type { CountedReading } from '../../core/quota/reading.ts';
import type { Range } from '../../core/usage/range.ts';
import type { Usage } from '../../core/usage/usage.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { readKeyListOnly } from '../newApi/account.ts';
import { readKeyLogUsage } from '../newApi/keyLog.ts';
import { readListedSecrets as listSecrets, readSecrets } from '../newApi/listedSecrets.ts';
import { readTokenUsage } from '../newApi/tokenUsage.ts';
import type { SecretList } from '../secretList.ts';
import { rawScale } from '../siteScale.ts';
import { readQueryBalance, readQueryUsage } from './queryService.ts';

/**
 * CometAPI's documentation does not say how many quota units make a dollar, so without a setting units are
 * shown.
 */
const scaleOf = ({ site, unitOverride }: GatewayContext) => rawScale(site, unitOverride, 'units');

/** See `Gateway.readQuota`. */
export function readQuota(context: GatewayContext): Promise<CountedReading> {
  if (context.credential === 'queryKey') return readQueryBalance(context);
  return context.credential === 'accessToken'
    ? readKeyListOnly(context, scaleOf(context))
    : readTokenUsage(context, scaleOf(context));
}

export { readSecrets };

/** See `Gateway.readListedSecrets`. The balance service lists its keys by name alone. */
export async function readListedSecrets(context: GatewayContext): Promise<SecretList | undefined> {
  return context.credential === 'queryKey' ? undefined : listSecrets(context, scaleOf(context));
}

/** See `Gateway.readUsage`. */
export function readUsage(context: GatewayContext, range: Range): Promise<Usage> {
  return context.credential === 'queryKey'
    ? readQueryUsage(context, range)
    : readKeyLogUsage(context, range, scaleOf(context));
}
