import * as v from 'valibot';
import type { Reading } from '../../core/quota/reading.ts';
import { missingFiguresError } from '../envelope.ts';
import { lenient, wireNumber, wireSpent } from '../fields.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { errorMapperFor } from '../knownRefusals.ts';
import { requestByKey } from '../requestByKey.ts';

const creditsSchema = v.object({ balance: wireNumber, total_used: lenient(wireSpent) });

const mapError = errorMapperFor([
  {
    status: 401,
    forms: ['typed'],
    pattern: /^Invalid API key\b/,
    code: 'authentication_error',
    failure: ['bad-key', 'refused-key'],
  },
]);

/** `GET /v1/credits`: the balance of the team that the key belongs to, and what it has used in its life. */
export async function readQuota(context: GatewayContext): Promise<Reading> {
  const json = await requestByKey(context, '/v1/credits', mapError);
  const parsed = v.safeParse(creditsSchema, json);
  if (!parsed.success) throw missingFiguresError(json, 200);
  const { balance, total_used: used } = parsed.output;
  return {
    takenAt: new Date(context.now()).toISOString(),
    unit: { code: 'USD', source: 'gateway' },
    account: { balance, used },
  };
}
