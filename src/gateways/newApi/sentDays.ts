import * as v from 'valibot';
import { localDay, type Range } from '../../core/usage/range.ts';
import { parseRows } from '../envelope.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { wireSeconds } from '../wireTime.ts';
import { requestAccount } from './accountRequest.ts';
import { splitIntoSlices } from './hourSlices.ts';
import { secondsOf } from './logStream.ts';

const hourSchema = v.object({ created_at: wireSeconds });

/**
 * The local days of all hours that a gateway sends for a range, ascending, also of those that nobody asked
 * for: usage leaves them out, so its days would not show that a gateway ignores the bounds. None where the
 * site says that it sums no hours.
 * @throws GatewayError
 */
export async function sentDays(context: GatewayContext, range: Range): Promise<readonly string[]> {
  if (context.site?.sumsHours === false) return [];
  const days = new Set<string>();
  for (const slice of splitIntoSlices(range)) {
    const { data } = await requestAccount(context, '/api/data/self', secondsOf(slice));
    for (const hour of parseRows(data)) {
      const parsed = v.safeParse(hourSchema, hour);
      if (parsed.success) days.add(localDay(parsed.output.created_at * 1000));
    }
  }
  return [...days].sort();
}
