import type { Gateway } from './gateway.ts';
import { newApiLimiters, readSite } from './newApiFamily.ts';
import { rawScale } from './site.ts';
import { readTokenUsage } from './tokenUsage.ts';

/** New API and its many derivatives: https://github.com/QuantumNous/new-api */
export const newApi: Gateway = {
  kind: 'newApi',
  title: 'New API',
  credentials: ['apiKey'],
  limiters: newApiLimiters,
  readLimiter: 'scarce',
  readSite,
  read: visit => readTokenUsage(visit, rawScale(visit.site, visit.override, 'usual')),
};
