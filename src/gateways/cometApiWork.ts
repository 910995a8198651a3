import type { Range } from '../quota/range.ts';
import type { CountedReading } from '../quota/reading.ts';
import type { Usage } from '../quota/usage.ts';
import { readQuery, readQueryUsage } from './cometQuery.ts';
import type { Visit } from './gateway.ts';
import { readKeyListOnly } from './newApiAccount.ts';
import { readKeyLogUsage } from './newApiKeyLog.ts';
import { rawScale } from './site.ts';
import { readTokenUsage } from './tokenUsage.ts';

/** The documentation promises no ratio of quota units to dollars, so without word the units are shown. */
const scaleOf = ({ site, override }: Visit) => rawScale(site, override, 'units');

/** See `Gateway.read`. */
export function read(visit: Visit): Promise<CountedReading> {
  if (visit.credential === 'queryKey') return readQuery(visit);
  return visit.credential === 'accessToken'
    ? readKeyListOnly(visit, scaleOf(visit))
    : readTokenUsage(visit, scaleOf(visit));
}

/** See `Gateway.readUsage`. */
export function readUsage(visit: Visit, range: Range): Promise<Usage> {
  return visit.credential === 'queryKey'
    ? readQueryUsage(visit, range)
    : readKeyLogUsage(visit, range, scaleOf(visit));
}
