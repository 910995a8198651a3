import { type Failure, GatewayError } from '../../core/quota/failure.ts';
import type { Counted, Reading } from '../../core/quota/reading.ts';
import type { Gateway, Visit } from '../../gateways/gateway.ts';
import type { Ask, BoundSecret } from '../../http/boundClient.ts';
import { type InquiryOptions, type InquiryParts, inquire } from '../requests/askGateway.ts';
import { clockAheadOf } from '../requests/clockAhead.ts';

/** What came of asking about one key. */
export type Outcome =
  | { readonly reading: Reading; readonly counted?: Counted; readonly failure?: never }
  | { readonly failure: Failure; readonly reading?: never; readonly counted?: never };

/** Asks a gateway about a key. Failures come back as values; only the caller's own abort is thrown. */
export async function checkKey(
  parts: InquiryParts,
  gateway: Gateway,
  bound: BoundSecret,
  options: InquiryOptions = {},
): Promise<Outcome> {
  try {
    let clockAheadMs: number | undefined;
    const read = async (visit: Visit) => {
      const ask: Ask = async question => {
        const answer = await visit.ask(question);
        clockAheadMs = clockAheadOf(answer, visit.now());
        return answer;
      };
      return { gatewayName: visit.site?.name, ...(await gateway.read({ ...visit, ask })) };
    };
    const { counted, ...reading } = await inquire(parts, gateway, bound, read, options);
    return { reading: clockAheadMs === undefined ? reading : { ...reading, clockAheadMs }, counted };
  } catch (error) {
    if (error instanceof GatewayError) return { failure: error.failure };
    throw error;
  }
}
