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

const UNITS: ReadonlyMap<string, Unit> = new Map([
  ['api.siliconflow.cn', { code: 'CNY', source: 'default' }],
  ['api.siliconflow.com', { code: 'USD', source: 'default' }],
]);

const dataSchema = v.object({ totalBalance: wireNumber });

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
export async function readQuota(context: GatewayContext): Promise<Reading> {
  const request = {
    path: '/v1/user/info',
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
    account: { balance: parsed.output.totalBalance },
  };
}
