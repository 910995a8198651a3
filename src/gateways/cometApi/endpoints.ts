import type { CountedReading } from '../../core/quota/reading.ts';
import type { Range } from '../../core/usage/range.ts';
import type { Usage } from '../../core/usage/usage.ts';
import type { Visit } from '../gateway.ts';
import { readKeyListOnly } from '../newApi/account.ts';
import { readKeyLogUsage } from '../newApi/keyLog.ts';
import { readTokenUsage } from '../newApi/tokenUsage.ts';
import { rawScale } from '../site.ts';
import { readQuery, readQueryUsage } from './queryService.ts';

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
