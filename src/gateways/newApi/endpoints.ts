import { GatewayError } from '../../core/quota/failure.ts';
import type { CountedReading } from '../../core/quota/reading.ts';
import { HOUR_MS } from '../../core/time.ts';
import type { LogFilter, LogPage } from '../../core/usage/logRow.ts';
import type { Range } from '../../core/usage/range.ts';
import type { Usage } from '../../core/usage/usage.ts';
import type { CallRoom } from '../../http/boundClient.ts';
import type { KeyInAccount, KeyUsage, Progress } from '../gateway.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { isPathMissing } from '../missingPath.ts';
import type { ModelPrices } from '../modelPrices.ts';
import { noteDecided, noteDecisive } from '../noteDecisive.ts';
import { mayBeMissingPath, notePathMissing } from '../noteMissingPath.ts';
import { convertedScale, rawScale } from '../siteScale.ts';
import type { Json } from '../wireJson.ts';
import { readAccount } from './account.ts';
import { readAccountUsage } from './accountUsage.ts';
import { readBilling } from './billing.ts';
import { confirmListed, confirmUsable } from './confirmUsable.ts';
import { TOKEN_USAGE_PATH } from './family.ts';
import { readKeyLogUsage } from './keyLog.ts';
import { readKeysUsage as readKeysUsageFromLog } from './keysUsage.ts';
import { learnBillingMode, mayBeBilled } from './learnBillingMode.ts';
import { readListedSecrets as listSecrets, readSecrets } from './listedSecrets.ts';
import { readAccountLogs } from './logs.ts';
import { billingNote } from './noteBilling.ts';
import { readModels } from './offeredModels.ts';
import { readPublicPrices } from './publicPrices.ts';
import { readByBilling } from './readByBilling.ts';
import { type OwnReading, readOwnUsage } from './tokenUsage.ts';
import { accountVerification } from './verification.ts';

const scaleOf = ({ site, unitOverride }: GatewayContext) => rawScale(site, unitOverride, 'default');

/** See `Gateway.readQuota`. */
export function readQuota(context: GatewayContext): Promise<CountedReading> {
  return context.credential === 'accessToken' ? readAccount(context, scaleOf(context)) : readKey(context);
}

/**
 * Reads a key by billing, where that is known to tell the key's own figures, since it counts against an ample limiter.
 * Where there is nothing but billing (New API < 0.9.0, One API, one-hub), it is read by it as well: a path that is known
 * to be missing is not asked for, since a 404 counts against the limiter of the site's pages.
 */
function readKey(context: GatewayContext): Promise<CountedReading> {
  if (isPathMissing(context, TOKEN_USAGE_PATH)) return readBilling(context);
  if (billingNote(context)?.mode !== 'key') return readByOwnEndpoint(context);
  return readByBilling(context, { readOwn, readFromScratch: readByOwnEndpoint });
}

async function readOwn(context: GatewayContext, room?: CallRoom): Promise<OwnReading> {
  const { site, unitOverride, now } = context;
  const result = await readOwnUsage(context, scaleOf(context), convertedScale(site, unitOverride), room);
  const { limit, used, left } = result.own ?? {};
  context.remember?.({ limit, used, left, ownAt: now(), detailsAt: now() });
  return result;
}

/** The same while it is not known whether the site's keys can be read by billing: one answer is enough to know it. */
async function readOwnUndecided(context: GatewayContext): Promise<OwnReading> {
  try {
    const own = await readOwn(context);
    noteDecided(context);
    return own;
  } catch (error) {
    const isRefusal = error instanceof GatewayError && error.failure.reason === 'too-many-requests';
    if (isRefusal && (await mayBeBilled(context))) noteDecisive(context, 'scarce');
    throw error;
  }
}

/** Reads a key by `/api/usage/token/`, with billing as the fallback. */
async function readByOwnEndpoint(context: GatewayContext): Promise<CountedReading> {
  try {
    const own = await readOwnUndecided(context);
    const learn = (told: Json) => learnBillingMode(context, own, told);
    return await confirmUsable(context, own.reading, billingNote(context) ? undefined : learn);
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    if (!mayBeMissingPath(error.failure) && !isLimitedMissingPath(context, error)) throw error;
    // Billing works, so the path counts as missing for an hour, whoever answered.
    const reading = await readBilling(context).catch(billingError => {
      throw isMissingToo(billingError) ? error : billingError;
    });
    notePathMissing(context, TOKEN_USAGE_PATH, HOUR_MS);
    return reading;
  }
}

/** Whether billing failed as a missing path does, so that nothing more is known. */
function isMissingToo(error: unknown): boolean {
  return error instanceof GatewayError && mayBeMissingPath(error.failure);
}

/** Whether a rate limit answered for a path that this software does not have. */
function isLimitedMissingPath({ site }: GatewayContext, { failure }: GatewayError): boolean {
  const lacks = site?.lineage !== undefined && site.lineage !== 'newApi';
  return lacks && failure.reason === 'too-many-requests';
}

export { confirmListed, readModels, readSecrets };

/** See `Gateway.readPrices`. */
export function readPrices(context: GatewayContext): Promise<ModelPrices> {
  return readPublicPrices(context, scaleOf(context));
}

/** See `Gateway.readListedSecrets`. */
export const readListedSecrets = (context: GatewayContext) => listSecrets(context, scaleOf(context));

/** See `Gateway.readUsage`. */
export function readUsage(context: GatewayContext, range: Range, progress?: Progress): Promise<Usage> {
  return context.credential === 'accessToken'
    ? readAccountUsage(context, range, scaleOf(context), progress)
    : readKeyLogUsage(context, range, scaleOf(context));
}

/** See `Gateway.readKeysUsage`. */
export function readKeysUsage(
  context: GatewayContext,
  range: Range,
  keys: readonly KeyInAccount[],
  progress?: Progress,
): Promise<readonly KeyUsage[]> {
  return readKeysUsageFromLog(context, range, keys, scaleOf(context), progress);
}

/** See `Gateway.readLogs`. */
export function readLogs(context: GatewayContext, filter: LogFilter): Promise<LogPage> {
  return readAccountLogs(context, filter, scaleOf(context));
}

/** See `Gateway.verification`. */
export const verification = async () => accountVerification(scaleOf);
