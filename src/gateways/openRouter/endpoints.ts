import type { Reading } from '../../core/quota/reading.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { readAccount } from './account.ts';
import { readKey } from './key.ts';
import { readAccountKey } from './keyList.ts';
import { readUsage } from './usage.ts';

export { readAccountKey, readUsage };

/** See `Gateway.readQuota`. */
export function readQuota(context: GatewayContext): Promise<Reading> {
  return context.credential === 'managementKey' ? readAccount(context) : readKey(context);
}
