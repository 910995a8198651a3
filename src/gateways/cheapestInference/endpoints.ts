import type { Reading } from '../../core/quota/reading.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { readAccountKey, readAccountKeys } from './accountKeys.ts';
import { readKeyUsage } from './keyUsage.ts';
import { isPlanList, readPlans } from './plans.ts';

export { isPlanList, readAccountKey, readPlans };

/** See `Gateway.readQuota`. */
export function readQuota(context: GatewayContext): Promise<Reading> {
  return context.credential === 'managementKey' ? readAccountKeys(context) : readKeyUsage(context);
}
