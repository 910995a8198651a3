import * as v from 'valibot';
import { failed } from '../quota/failure.ts';
import type { LogFilter, LogPage } from '../quota/logRow.ts';
import type { Range } from '../quota/range.ts';
import type { CountedReading } from '../quota/reading.ts';
import { amountOf } from '../quota/unit.ts';
import type { Usage } from '../quota/usage.ts';
import type { Progress, Visit } from './gateway.ts';
import { readAccount } from './newApiAccount.ts';
import { readAccountUsage } from './newApiAccountUsage.ts';
import { readAccountLogs } from './newApiLogs.ts';
import { accountVerification } from './newApiVerification.ts';
import { displayScale, rawScale } from './site.ts';
import { askTokenUsage, readTokenUsage } from './tokenUsage.ts';
import { wireNumber } from './wire.ts';

/** A key's totals are already in the unit the site shows; an account's are raw units, as in New API. */
const keyScale = ({ site, override }: Visit) => displayScale(site, override);
const accountScale = ({ site, override }: Visit) => rawScale(site, override, 'usual');

/** See `Gateway.read`. */
export function read(visit: Visit): Promise<CountedReading> {
  return visit.credential === 'accessToken'
    ? readAccount(visit, accountScale(visit))
    : readTokenUsage(visit, keyScale(visit));
}

/** See `Gateway.readUsage`. */
export function readUsage(visit: Visit, range: Range, progress?: Progress): Promise<Usage> {
  return visit.credential === 'accessToken'
    ? readAccountUsage(visit, range, accountScale(visit), progress)
    : readRangeUsed(visit, range);
}

/** See `Gateway.readLogs`. */
export function readLogs(visit: Visit, filter: LogFilter): Promise<LogPage> {
  return readAccountLogs(visit, filter, accountScale(visit));
}

export const verification = accountVerification(accountScale);

const rangeSchema = v.object({ range_used: wireNumber });

/** The exact sum of a range, which AIOHub gives to the key itself: unix seconds, both ends included. */
async function readRangeUsed(visit: Visit, range: Range): Promise<Usage> {
  const payload = await askTokenUsage(visit, {
    start_timestamp: Math.ceil(range.from / 1000),
    end_timestamp: Math.floor(range.to / 1000),
  });
  const parsed = v.safeParse(rangeSchema, payload);
  if (!parsed.success) throw failed('unexpected', 'missing-figures');
  const scale = keyScale(visit);
  return {
    unit: scale.unit,
    total: { used: amountOf(parsed.output.range_used, scale) },
    coverage: {
      complete: true,
      from: new Date(range.from).toISOString(),
      to: new Date(Math.min(range.to, visit.now())).toISOString(),
    },
    source: 'gateway',
  };
}
