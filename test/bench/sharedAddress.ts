import { Office, type OfficeDay, type OfficeOptions } from '../unit/support/office.ts';
import { type Figure, type Measure, quantile } from './measure.ts';

const OFFICE = { machines: 40, keys: 25, keysEach: 5, logins: 80 } as const;
const HOUR = 3_600_000;

/**
 * An office whose machines share one IP address: how many calls they leave for people who log in to the gateway's web
 * site, and how old the figures get.
 */
export const sharedAddress: Measure = {
  name: 'sharedAddress',
  title: `working days of ${OFFICE.machines} machines behind one address, each with ${OFFICE.keysEach} of ${OFFICE.keys} keys, ${OFFICE.logins} logins`,
  async run({ quick }) {
    const until = quick ? 12 * HOUR : undefined;
    const open = await days({ ...OFFICE, billing: 'open' }, 2, until);
    const closed = await days({ ...OFFICE, billing: 'closed' }, 2, until);
    const [first, later] = open;
    const [firstClosed, laterClosed] = closed;
    return [
      { what: 'billing open, first day: logins refused', value: first.refusedLogins, bound: 5, unit: '' },
      { what: '… later day', value: later.refusedLogins, bound: 0, unit: '' },
      {
        what: '… calls of all on the general limiter in any 3 min, after the first hour',
        value: Math.max(...open.map(({ mostGeneral }) => mostGeneral)),
        bound: 120,
        unit: '',
      },
      {
        what: '… pairs of machine and key without a figure after an hour',
        value: 100 * Math.max(...open.map(({ withoutFigure }) => withoutFigure)),
        bound: 0,
        unit: '%',
      },
      ...ages('…', [...first.ages, ...later.ages]),
      // Where figures come from scarce calls alone there are too few for all: what counts is that nobody is locked out.
      {
        what: 'billing closed, first day: logins refused',
        value: firstClosed.refusedLogins,
        bound: 20,
        unit: '',
      },
      { what: '… later day', value: laterClosed.refusedLogins, bound: 5, unit: '' },
    ];
  },
};

async function days(
  options: OfficeOptions,
  count: 2,
  until: number | undefined,
): Promise<readonly [OfficeDay, OfficeDay]> {
  const office = await Office.open(options);
  try {
    const past: OfficeDay[] = [];
    for (let day = 0; day < count; day++) past.push(await office.day(until));
    return past as unknown as readonly [OfficeDay, OfficeDay];
  } finally {
    await office.close();
  }
}

function ages(what: string, all: readonly number[]): readonly Figure[] {
  return [
    { what: `${what} age of figures, median`, value: quantile(all, 0.5), bound: 15, unit: 'min' },
    { what: `${what} 95 of 100 are younger than`, value: quantile(all, 0.95), bound: 30, unit: 'min' },
  ];
}
