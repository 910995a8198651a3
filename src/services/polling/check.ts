import type { BoundSecret } from '../../core/ports/secrets.ts';
import { type Failure, GatewayError } from '../../core/quota/failure.ts';
import type { KeyMemory } from '../../core/quota/keyMemory.ts';
import type { Counted, ListedKey, Reading } from '../../core/quota/reading.ts';
import type { Served } from '../../core/team/servedKey.ts';
import type { Gateway } from '../../gateways/gateway.ts';
import type { GatewayContext } from '../../gateways/gatewayContext.ts';
import type { SendRequest } from '../../http/boundClient.ts';
import { askGateway, type RequestOptions } from '../requests/askGateway.ts';
import { type ClockAhead, clockAheadAt, clockAheadOf } from '../requests/clockAhead.ts';
import type { RequestParts } from '../requests/requestParts.ts';

/** The outcome of asking about one key. */
export type Outcome = {
  /** All that is remembered of the key now; absent where the check added nothing. */
  readonly memory?: KeyMemory;
} & (
  | {
      readonly reading: Reading;
      readonly counted?: Counted;
      /** See `CountedReading.listedKeys`. */
      readonly listedKeys?: readonly ListedKey[];
      /** See `ServerReading.served`. */
      readonly served?: Served;
      readonly failure?: never;
    }
  | {
      readonly failure: Failure;
      readonly reading?: never;
      readonly counted?: never;
      readonly listedKeys?: never;
      readonly served?: never;
    }
);

interface CheckOptions extends RequestOptions {
  /** The key's last reading, also where the gateway is not told of it. */
  readonly before?: Reading;
}

/** Asks a gateway about a key. Failures come back as values; only the caller's own abort is thrown. */
export async function checkKey(
  parts: RequestParts,
  gateway: Gateway,
  bound: BoundSecret,
  { before, ...options }: CheckOptions = {},
): Promise<Outcome> {
  let memory: KeyMemory | undefined;
  const remember = (all: KeyMemory) => {
    memory = all;
  };
  try {
    let clock: ClockAhead | undefined;
    const read = async (context: GatewayContext) => {
      const sendRequest: SendRequest = async question => {
        const answer = await context.sendRequest(question);
        clock = clockAheadOf(answer, context.now()) ?? clock;
        return answer;
      };
      return { gatewayName: context.site?.name, ...(await gateway.readQuota({ ...context, sendRequest })) };
    };
    const told = await askGateway(parts, gateway, bound, read, { ...options, remember });
    // A reading that goes on from the last one has what was true of the clocks then, which stands while no answer tells.
    const { counted, listedKeys, served, clockAheadMs: _, clockDriftMs: __, ...reading } = told;
    return {
      reading: { ...reading, ...(clock ?? clockAheadAt(before)) },
      counted,
      listedKeys,
      served,
      memory,
    };
  } catch (error) {
    if (error instanceof GatewayError) return { failure: error.failure, memory };
    throw error;
  }
}
