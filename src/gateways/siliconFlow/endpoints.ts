import type { Reading } from '../../core/quota/reading.ts';
import type { Unit } from '../../core/quota/unit.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { readHostBalance } from '../hostBalance.ts';
import { errorMapperFor } from '../knownRefusals.ts';

const UNITS: ReadonlyMap<string, Unit> = new Map([
  ['api.siliconflow.cn', { code: 'CNY', source: 'default' }],
  ['api.siliconflow.com', { code: 'USD', source: 'default' }],
]);

const mapError = errorMapperFor([
  {
    status: 401,
    forms: ['json-text'],
    pattern: /^(?:Api key is invalid|Invalid token)$/,
    failure: ['bad-key', 'refused-key'],
  },
]);

/**
 * `GET /v1/user/info`: the account's balance, granted and charged together; vouchers are not in it. Names and addresses
 * of its owner are not read.
 */
export function readQuota(context: GatewayContext): Promise<Reading> {
  return readHostBalance(context, { path: '/v1/user/info', member: 'totalBalance', units: UNITS }, mapError);
}
