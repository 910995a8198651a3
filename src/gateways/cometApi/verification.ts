import { failed, GatewayError } from '../../core/quota/failure.ts';
import type { Verification } from '../verification.ts';
import { queryBalanceService } from './queryService.ts';

/** A day before the service existed. */
const BEFORE_ANY_USE = '2001-01-01';

/** See `Gateway.verification`: the smoke test of the query service. */
export const verification = async () => steps;

const steps: Verification = [
  {
    name: 'happy-path',
    async run(context) {
      const { figures } = await queryBalanceService(context);
      if (figures.total_used_quota === undefined || figures.request_count === undefined) {
        throw failed('unexpected', 'missing-figures');
      }
      return {
        totalQuota: figures.total_quota,
        totalUsedQuota: figures.total_used_quota,
        requestCount: figures.request_count,
      };
    },
  },
  {
    name: 'date-range',
    async run(context, { from, to }) {
      const { days } = await queryBalanceService(context, { start_date: from, end_date: to });
      const present = [...(days?.keys() ?? [])].sort();
      const within = present.every(day => day >= from && day <= to);
      return { daysPresent: present, rangeFilterWorks: present.length > 0 && within };
    },
  },
  {
    name: 'malformed-date',
    async run(context, { from, to }) {
      try {
        await queryBalanceService(context, {
          start_date: from.replaceAll('-', '/'),
          end_date: to.replaceAll('-', '/'),
        });
        return { errorPathRefuses: false };
      } catch (error) {
        if (!(error instanceof GatewayError) || !isRefusal(error)) throw error;
        return { errorPathRefuses: true };
      }
    },
  },
  {
    name: 'outside-activity',
    async run(context) {
      const { days } = await queryBalanceService(context, {
        start_date: BEFORE_ANY_USE,
        end_date: BEFORE_ANY_USE,
      });
      return { rangeFilterWorks: days?.size === 0 };
    },
  },
];

/**
 * Whether the gateway refused the request itself, by a 4xx or with HTTP 200; a broken connection proves
 * nothing.
 */
function isRefusal({ failure }: GatewayError): boolean {
  const { reason, status } = failure;
  return reason === 'refused-request' || (reason === 'unknown-refusal' && status === 200);
}
