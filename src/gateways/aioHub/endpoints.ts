import * as v from 'valibot';
import { failed } from '../../core/quota/failure.ts';
import type { CountedReading } from '../../core/quota/reading.ts';
import { amountOf } from '../../core/quota/unit.ts';
import type { LogFilter, LogPage } from '../../core/usage/logRow.ts';
import type { Range } from '../../core/usage/range.ts';
import type { Usage } from '../../core/usage/usage.ts';
import { wireNumber } from '../fields.ts';
import type { Progress, Visit } from '../gateway.ts';
import { readAccount } from '../newApi/account.ts';
import { readAccountUsage } from '../newApi/accountUsage.ts';
import { readAccountLogs } from '../newApi/logs.ts';
import { askTokenUsage, readTokenUsage } from '../newApi/tokenUsage.ts';
import { accountVerification } from '../newApi/verification.ts';
import { displayScale, rawScale } from '../site.ts';

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
