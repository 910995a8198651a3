import type { Reading } from '../../core/quota/reading.ts';
import type { Unit } from '../../core/quota/unit.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { readHostBalance } from '../hostBalance.ts';
import { errorMapperFor } from '../knownRefusals.ts';

// The currency is documented for the first host alone.
const UNITS: ReadonlyMap<string, Unit> = new Map([
  ['api.moonshot.cn', { code: 'CNY', source: 'gateway' }],
  ['api.moonshot.ai', { code: 'USD', source: 'default' }],
]);

const mapError = errorMapperFor([
  {
    status: 401,
    forms: ['typed'],
    pattern: /^Invalid Authentication\b/,
    code: 'invalid_authentication_error',
    failure: ['bad-key', 'refused-key'],
  },
]);

/**
 * `GET /v1/users/me/balance`: what can be spent, vouchers and cash together. It is not their sum while cash is owed, so
 * that neither is read.
 */
export function readQuota(context: GatewayContext): Promise<Reading> {
  return readHostBalance(
    context,
    { path: '/v1/users/me/balance', member: 'available_balance', units: UNITS },
    mapError,
  );
}
