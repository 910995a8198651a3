import { GatewayError } from '../quota/failure.ts';
import type { LogFilter, LogPage } from '../quota/logRow.ts';
import type { Range } from '../quota/range.ts';
import type { Reading } from '../quota/reading.ts';
import type { Usage } from '../quota/usage.ts';
import { readBilling } from './billing.ts';
import type { Progress, Visit } from './gateway.ts';
import { readAccount } from './newApiAccount.ts';
import { readAccountUsage } from './newApiAccountUsage.ts';
import { readKeyLogUsage } from './newApiKeyLog.ts';
import { readAccountLogs } from './newApiLogs.ts';
import { accountVerification } from './newApiVerification.ts';
import { apparentScale, rawScale } from './site.ts';
import { readTokenUsage } from './tokenUsage.ts';

const scaleOf = ({ site, override }: Visit) => rawScale(site, override, 'usual');

/** See `Gateway.read`. */
export function read(visit: Visit): Promise<Reading> {
  return visit.credential === 'accessToken' ? readAccount(visit, scaleOf(visit)) : readKey(visit);
}

/** Versions before 0.9.0 and One API know a key's quota only through the billing endpoints. */
async function readKey(visit: Visit): Promise<Reading> {
  try {
    return await readTokenUsage(visit, scaleOf(visit), apparentScale(visit.site, visit.override));
  } catch (error) {
    if (error instanceof GatewayError && error.failure.class === 'not-supported') return readBilling(visit);
    throw error;
  }
}

/** See `Gateway.readUsage`. */
export function readUsage(visit: Visit, range: Range, progress?: Progress): Promise<Usage> {
  return visit.credential === 'accessToken'
    ? readAccountUsage(visit, range, scaleOf(visit), progress)
    : readKeyLogUsage(visit, range, scaleOf(visit));
}

/** See `Gateway.readLogs`. */
export function readLogs(visit: Visit, filter: LogFilter): Promise<LogPage> {
  return readAccountLogs(visit, filter, scaleOf(visit));
}

export const verification = accountVerification(scaleOf);
