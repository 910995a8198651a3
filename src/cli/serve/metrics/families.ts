import { amountFamilies } from './amountFamilies.ts';
import { type Family, LIMITER_LABELS, type MeasuredLimiter } from './family.ts';
import { keyFamilies } from './keyFamilies.ts';

/** The families about keys. Their samples depend only on the key and the day. */
export const familiesOfKeys: readonly Family[] = [...amountFamilies, ...keyFamilies];

/** The families about the server. */
export const familiesOfServer: readonly Family[] = [
  limiterFamily(
    'key_quota_gateway_calls_total',
    'counter',
    'Calls to a gateway since the server started.',
    each => each.called,
  ),
  limiterFamily(
    'key_quota_gateway_refused_total',
    'counter',
    'Calls that a gateway refused because there were too many, since the server started.',
    each => each.refused,
  ),
  limiterFamily(
    'key_quota_gateway_calls_in_window',
    'gauge',
    'Calls that count against a limit of a gateway now.',
    each => each.inWindow,
  ),
  limiterFamily(
    'key_quota_gateway_calls_allowed',
    'gauge',
    'Calls that the server allows itself at once.',
    each => each.allowed,
  ),
  {
    name: 'key_quota_build_info',
    type: 'gauge',
    unit: '',
    help: 'The version of the server: 1.',
    labelNames: ['version'],
    samples: ({ version }) => [{ labels: { version }, value: 1 }],
  },
];

/** Every metric, in the order in which they are written. */
export const families: readonly Family[] = [...familiesOfKeys, ...familiesOfServer];

function limiterFamily(
  name: string,
  type: Family['type'],
  help: string,
  count: (limiter: MeasuredLimiter) => number,
): Family {
  return {
    ...{ name, type, help },
    unit: '{call}',
    labelNames: LIMITER_LABELS,
    samples: ({ limiters }) => limiters.map(limiter => ({ labels: limiter.labels, value: count(limiter) })),
  };
}
