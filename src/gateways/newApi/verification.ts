import type { Scale } from '../../core/quota/unit.ts';
import { DAY_MS } from '../../core/time.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import type { DateRange, Verification } from '../verification.ts';
import { readAccount } from './account.ts';
import { sentDays } from './sentDays.ts';

const BEFORE_ANY_USAGE = Date.UTC(2001, 0, 1);

/**
 * The smoke test for an account's access token. New API takes epoch seconds and ignores what it cannot read,
 * so there is no `malformed-date` step.
 */
export function accountVerification(scaleOf: (context: GatewayContext) => Scale): Verification {
  return [
    {
      name: 'happy-path',
      async run(context) {
        const { account } = await readAccount(context, scaleOf(context));
        return {
          keyName: account?.name,
          totalQuota: account?.balance,
          totalUsedQuota: account?.used,
          requestCount: account?.requests,
        };
      },
    },
    {
      name: 'date-range',
      async run(context, range) {
        const present = await sentDays(context, spanOf(range));
        const within = present.every(day => day >= range.from && day <= range.to);
        return { daysPresent: present, rangeFilterWorks: present.length > 0 && within };
      },
    },
    {
      name: 'outside-activity',
      async run(context) {
        const present = await sentDays(context, { from: BEFORE_ANY_USAGE, to: BEFORE_ANY_USAGE + DAY_MS });
        return { rangeFilterWorks: present.length === 0 };
      },
    },
  ];
}

function spanOf({ from, to }: DateRange) {
  return { from: Date.parse(`${from}T00:00:00`), to: Date.parse(`${to}T23:59:59.999`) };
}
