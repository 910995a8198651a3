import type { CallRoom } from '../../http/boundClient.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import type { OwnReading } from './tokenUsage.ts';

/** Asks a key's own endpoint, which counts against the scarce limiter. @throws GatewayError */
export type ReadOwn = (context: GatewayContext, room?: CallRoom) => Promise<OwnReading>;

/**
 * Room for a call without which there is no figure: all that is ours, but no more, though the check has begun with calls
 * to another limiter. A person who asks may take more.
 */
export function roomForOne({ isManual }: GatewayContext): CallRoom | undefined {
  return isManual ? undefined : { atMost: Number.POSITIVE_INFINITY };
}
