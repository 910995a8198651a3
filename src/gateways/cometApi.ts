import type { Gateway } from './gateway.ts';
import { newApiLimiters, readSite } from './newApiFamily.ts';
import { rawScale } from './site.ts';
import { readTokenUsage } from './tokenUsage.ts';

/**
 * CometAPI, whose answers are those of New API. Its documentation promises no ratio of quota units to
 * dollars, so without word from the gateway the units themselves are shown.
 */
export const cometApi: Gateway = {
  kind: 'cometApi',
  title: 'CometAPI',
  usualOrigin: 'https://api.cometapi.com',
  credentials: ['apiKey'],
  limiters: newApiLimiters,
  readLimiter: 'scarce',
  readSite,
  read: visit => readTokenUsage(visit, rawScale(visit.site, visit.override, 'units')),
};
