import * as v from 'valibot';
import type { Balance, CountedReading } from '../../core/quota/reading.ts';
import { missingFiguresError } from '../envelope.ts';
import { lenient, wireFlag, wireNumber } from '../fields.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { errorMapperFor } from '../knownRefusals.ts';
import { requestByKey } from '../requestByKey.ts';

const answerSchema = v.object({
  is_available: lenient(wireFlag),
  balance_infos: v.array(v.unknown()),
});
const balanceSchema = v.object({ currency: v.picklist(['CNY', 'USD']), total_balance: wireNumber });

const mapError = errorMapperFor([
  {
    status: 401,
    forms: ['typed'],
    pattern: /^Authentication Fails\b/,
    code: 'invalid_request_error',
    failure: ['bad-key', 'refused-key'],
  },
]);

/**
 * `GET /user/balance`: what the account has, in one currency or in two. The one to lead with is the first that holds
 * anything, since calls are paid from it.
 */
export async function readQuota(context: GatewayContext): Promise<CountedReading> {
  const json = await requestByKey(context, '/user/balance', mapError);
  const parsed = v.safeParse(answerSchema, json);
  if (!parsed.success) throw missingFiguresError(json, 200);
  const { is_available: usable, balance_infos: rows } = parsed.output;
  const balances = rows.flatMap(balanceOf);
  const lead = balances.find(({ amount }) => amount > 0) ?? balances[0];
  // Where nothing is in one currency, all may be in the one that cannot be read.
  if (!lead || (lead.amount <= 0 && balances.length < rows.length)) throw missingFiguresError(json, 200);
  return {
    takenAt: new Date(context.now()).toISOString(),
    unit: { code: lead.unit, source: 'gateway' },
    account: {
      balance: lead.amount,
      ...(balances.length > 1 && { balances }),
      ...(usable === false && { usable }),
    },
    ...(balances.length < rows.length && { unreadable: ['balance'] as const }),
    // The balance is recorded even while it cannot be spent.
    counted: { perUnit: 1, source: 'balance', of: 'account', remaining: lead.amount },
  };
}

function balanceOf(wire: unknown): Balance[] {
  const parsed = v.safeParse(balanceSchema, wire);
  return parsed.success ? [{ unit: parsed.output.currency, amount: parsed.output.total_balance }] : [];
}
