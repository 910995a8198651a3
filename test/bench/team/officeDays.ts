import { Office, type OfficeDay, type OfficeOptions } from '../../unit/support/office.ts';
import { type Figure, quantile } from '../measure.ts';

/** As many as `sharedAddress` has, where each asks by itself. */
const OFFICE = { machines: 40, keys: 25, keysEach: 5, logins: 80 } as const;
const NOT_JOINED = 10;
/**
 * Logins are random, and so is who learns from them: one office tells little. Of three at 1.2 a day one in a hundred
 * has more than 9.
 */
const SEEDS = [1, 2, 3];
const HOUR = 3_600_000;

/** Working days of an office whose machines read a team's keys from its server, which alone asks the gateway. */
export async function officeDays(quick: boolean): Promise<readonly Figure[]> {
  const until = quick ? 12 * HOUR : undefined;
  const day = (options: Pick<OfficeOptions, 'billing' | 'server'>) =>
    lastDayOf({ ...OFFICE, ...options }, until);
  const scarce = await day({ billing: 'closed', server: { credential: 'apiKey' } });
  const ample = await day({ billing: 'open', server: { credential: 'apiKey' } });
  const account = await day({ billing: 'open', server: { credential: 'accessToken' } });
  const some = { credential: 'apiKey', notJoined: NOT_JOINED } as const;
  const someJoined = await day({ billing: 'open', server: some });
  // Who is new to an address finds out on the first day how much of the scarce calls there is for each. Machines that have
  // joined ask the gateway nothing, so they are left out.
  const alone = { ...OFFICE, machines: NOT_JOINED, billing: 'closed', server: some } as const;
  const laterScarce: number[] = [];
  for (const seed of SEEDS) laterScarce.push((await lastDayOf({ ...alone, seed }, until, 2)).refusedLogins);
  return [
    ...promised('by API keys alone', scarce),
    ...promised('billing open', ample),
    ...ages('billing open', ample),
    ...ages('an account tells all', account),
    {
      what: `${NOT_JOINED} machines not joined: logins refused after the first hour`,
      ...{ value: someJoined.refusedLater, bound: 0, unit: '' },
    },
    {
      what: `… by API keys alone, on a later day, mean of ${SEEDS.length} offices`,
      ...{ value: laterScarce.reduce((sum, each) => sum + each, 0) / SEEDS.length, bound: 3, unit: '' },
    },
  ];
}

async function lastDayOf(options: OfficeOptions, until: number | undefined, count = 1): Promise<OfficeDay> {
  const office = await Office.open(options);
  try {
    for (let day = 1; day < count; day++) await office.day(until);
    return await office.day(until);
  } finally {
    await office.close();
  }
}

function promised(
  what: string,
  { refusedCalls, refusedLogins, withoutFigure }: OfficeDay,
): readonly Figure[] {
  return [
    { what: `${what}: calls refused`, value: refusedCalls, bound: 0, unit: '' },
    { what: '… logins refused', value: refusedLogins, bound: 0, unit: '' },
    { what: '… keys without a figure on a machine', value: 100 * withoutFigure, bound: 0, unit: '%' },
  ];
}

function ages(what: string, day: OfficeDay): readonly Figure[] {
  return [
    { what: `${what}: age of figures, median`, value: quantile(day.ages, 0.5), bound: 5, unit: 'min' },
    { what: '… 95 of 100 are younger than', value: quantile(day.ages, 0.95), bound: 10, unit: 'min' },
  ];
}
