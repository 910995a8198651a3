import * as v from 'valibot';
import type { Reading } from '../../core/quota/reading.ts';
import type { Unit } from '../../core/quota/unit.ts';
import { missingFiguresError } from '../envelope.ts';
import { wireNumber } from '../fields.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { errorMapperFor } from '../knownRefusals.ts';
import { requestJson } from '../requestJson.ts';
import { SINGLE_LIMITER } from '../singleCall.ts';
import { unitOfHost } from '../unitOfHost.ts';

// The currency is documented for the first host alone.
const UNITS: ReadonlyMap<string, Unit> = new Map([
  ['api.moonshot.cn', { code: 'CNY', source: 'gateway' }],
  ['api.moonshot.ai', { code: 'USD', source: 'default' }],
]);

const dataSchema = v.object({ available_balance: wireNumber });

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
export async function readQuota(context: GatewayContext): Promise<Reading> {
  const request = {
    path: '/v1/users/me/balance',
    secretIn: 'bearer',
    limiter: SINGLE_LIMITER,
    short: true,
  } as const;
  const json = await requestJson(context, request, mapError);
  const parsed = v.safeParse(dataSchema, json.data);
  if (!parsed.success || json.status === false) throw missingFiguresError(json, 200);
  return {
    takenAt: new Date(context.now()).toISOString(),
    unit: unitOfHost(context, UNITS),
    account: { balance: parsed.output.available_balance },
  };
}
