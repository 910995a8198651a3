import { GatewayError } from '../quota/failure.ts';
import type { Reading } from '../quota/reading.ts';
import { readBilling } from './billing.ts';
import type { Gateway, Visit } from './gateway.ts';
import { readAccount } from './newApiAccount.ts';
import { readHourlyUsage } from './newApiData.ts';
import { accessToken, familyProbe, newApiLimiters, readSite } from './newApiFamily.ts';
import { readKeyLogUsage } from './newApiKeyLog.ts';
import { readAccountLogs } from './newApiLogs.ts';
import { accountVerification } from './newApiVerification.ts';
import { rawScale } from './site.ts';
import { readTokenUsage } from './tokenUsage.ts';

const scaleOf = ({ site, override }: Visit) => rawScale(site, override, 'usual');

/** New API, its many derivatives, and One API before it: https://github.com/QuantumNous/new-api */
export const newApi: Gateway = {
  kind: 'newApi',
  title: 'New API',
  hosts: [],
  probe: familyProbe,
  credentials: [{ type: 'apiKey', abilities: ['quota', 'rangeByKey'], readLimiter: 'scarce' }, accessToken],
  limiters: newApiLimiters,
  readSite,
  read: visit => (visit.credential === 'accessToken' ? readAccount(visit, scaleOf(visit)) : readKey(visit)),
  readUsage: (visit, range) =>
    visit.credential === 'accessToken'
      ? readHourlyUsage(visit, range, scaleOf(visit))
      : readKeyLogUsage(visit, range, scaleOf(visit)),
  readLogs: (visit, filter) => readAccountLogs(visit, filter, scaleOf(visit)),
  verification: accountVerification(scaleOf),
};

/** Versions before 0.9.0 and One API know a key's quota only through the billing endpoints. */
async function readKey(visit: Visit): Promise<Reading> {
  try {
    return await readTokenUsage(visit, scaleOf(visit));
  } catch (error) {
    if (error instanceof GatewayError && error.failure.class === 'not-supported') return readBilling(visit);
    throw error;
  }
}
