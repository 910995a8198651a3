import * as v from 'valibot';
import type { Reading } from '../core/quota/reading.ts';
import type { Unit } from '../core/quota/unit.ts';
import { missingFiguresError } from './envelope.ts';
import type { ErrorMapper } from './errorMapper.ts';
import { wireNumber } from './fields.ts';
import type { GatewayContext } from './gatewayContext.ts';
import { requestByKey } from './requestByKey.ts';
import { unitOfHost } from './unitOfHost.ts';

interface BalanceQuestion {
  readonly path: string;
  /** The member of `data` that holds the balance. */
  readonly member: string;
  /** The currency at each host of the kind. */
  readonly units: ReadonlyMap<string, Unit>;
}

/**
 * Reads an account's balance in the currency of its host: one GET of `{ status?, data: { <member> } }`.
 * @throws GatewayError
 */
export async function readHostBalance(
  context: GatewayContext,
  { path, member, units }: BalanceQuestion,
  mapError: ErrorMapper,
): Promise<Reading> {
  const json = await requestByKey(context, path, mapError);
  const parsed = v.safeParse(v.object({ [member]: wireNumber }), json.data);
  const balance = parsed.success ? parsed.output[member] : undefined;
  if (balance === undefined || json.status === false) throw missingFiguresError(json, 200);
  return {
    takenAt: new Date(context.now()).toISOString(),
    unit: unitOfHost(context, units),
    account: { balance },
  };
}
