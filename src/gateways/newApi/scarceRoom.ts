import type { CallRoom } from '../../http/boundClient.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import type { OwnReading } from './tokenUsage.ts';

/** Asks a key's own endpoint, which counts against the scarce limiter. @throws GatewayError */
export type ReadOwn = (context: GatewayContext, room?: CallRoom) => Promise<OwnReading>;

/**
 * The room for a call without which there is no figure: all of our own part of the scarce limiter, and no more. A
 * person who asks may take more.
 */
export function roomForOne({ isManual }: GatewayContext): CallRoom | undefined {
  return isManual ? undefined : { atMost: Number.POSITIVE_INFINITY };
}
