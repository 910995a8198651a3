import type { Gateway } from '../gateway.ts';
import { readAccount } from './account.ts';
import { readKey } from './key.ts';
import { readAccountKey } from './keyList.ts';
import { readUsage } from './usage.ts';

/** What is loaded once OpenRouter is asked; see `Gateway` for each. */
export const openRouterEndpoints = {
  readQuota: context => (context.credential === 'managementKey' ? readAccount(context) : readKey(context)),
  readAccountKey,
  readUsage,
} satisfies Partial<Gateway>;
