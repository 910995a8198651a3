import type { GatewayContext } from '../gatewayContext.ts';
import { type BilledFigures, rawOf, rawPerBilled, UNLIMITED_LIMIT } from './billedFigures.ts';
import { type BilledLimit, requestBilledUse } from './billing.ts';

/** What billing told of the limit in raw numbers, or that these are no figures of the site's keys. */
export function rawLimit(
  { site }: GatewayContext,
  { limit }: BilledLimit,
  known: BilledFigures['limit'],
): { readonly raw: BilledFigures['limit'] } | 'other' {
  const perBilled = rawPerBilled(site);
  const raw = perBilled === undefined ? undefined : rawOf(limit, perBilled);
  // In tokens a limit may be as large as the number that stands for none.
  if (limit === UNLIMITED_LIMIT && (known === undefined || known !== raw)) return { raw: undefined };
  return raw === undefined || raw < 0 ? 'other' : { raw };
}

/**
 * Asks billing for what was used, in raw numbers; undefined where it is no whole one.
 * @throws GatewayError
 */
export async function requestRawUse(context: GatewayContext): Promise<number | undefined> {
  const perBilled = rawPerBilled(context.site);
  return perBilled === undefined ? undefined : rawOf(await requestBilledUse(context), perBilled);
}
