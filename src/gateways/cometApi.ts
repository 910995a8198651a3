import { readQuery, readQueryUsage } from './cometQuery.ts';
import { cometVerification } from './cometVerification.ts';
import type { CredentialSpec, Gateway, Visit } from './gateway.ts';
import { readKeyListOnly } from './newApiAccount.ts';
import { newApiLimiters, probeByName, readSite } from './newApiFamily.ts';
import { readKeyLogUsage } from './newApiKeyLog.ts';
import { rawScale } from './site.ts';
import { readTokenUsage } from './tokenUsage.ts';

const API = 'https://api.cometapi.com';
const QUERY = 'https://query.cometapi.com';

/** The documentation promises no ratio of quota units to dollars, so without word the units are shown. */
const scaleOf = ({ site, override }: Visit) => rawScale(site, override, 'units');

const credentials: readonly CredentialSpec[] = [
  { type: 'apiKey', abilities: ['quota', 'rangeByKey', 'chat'], usualOrigin: API, readLimiter: 'scarce' },
  {
    type: 'queryKey',
    abilities: ['account', 'keyList', 'rangeByAccount', 'verify'],
    usualOrigin: QUERY,
    readLimiter: 'general',
    betterWithoutQuota: true,
  },
  { type: 'accessToken', abilities: ['keyList'], usualOrigin: API, readLimiter: 'general' },
];

/** CometAPI: https://apidoc.cometapi.com. Its key endpoint answers as New API does; its balance service does not. */
export const cometApi: Gateway = {
  kind: 'cometApi',
  title: 'CometAPI',
  hosts: ['api.cometapi.com', 'query.cometapi.com'],
  probe: probeByName('CometAPI'),
  credentials,
  limiters: newApiLimiters,
  readSite,
  read(visit) {
    if (visit.credential === 'queryKey') return readQuery(visit);
    return visit.credential === 'accessToken'
      ? readKeyListOnly(visit, scaleOf(visit))
      : readTokenUsage(visit, scaleOf(visit));
  },
  readUsage: (visit, range) =>
    visit.credential === 'queryKey'
      ? readQueryUsage(visit, range)
      : readKeyLogUsage(visit, range, scaleOf(visit)),
  verification: cometVerification,
};
