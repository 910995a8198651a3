import type { Gateway, Limiter } from '../gateways/gateway.ts';
import { recognise } from '../gateways/recognise.ts';
import { bindClient } from '../http/boundClient.ts';
import { bookNow, type InquiryParts } from './inquiry.ts';

/** For an origin whose kind, and so whose limits, are not known yet. */
const STRANGER: Limiter = { calls: 30, windowMs: 180_000, holdMs: 180_000 };

/** Tells the kind of gateway at an origin, without any secret. Throws when nobody answers there. */
export function recogniseOrigin(parts: InquiryParts, origin: string): Promise<Gateway | undefined> {
  const book = (limiter: string) => bookNow(parts, STRANGER, origin, limiter);
  const nobody = { secret: '', origin, credential: 'apiKey' } as const;
  return recognise(origin, bindClient(parts.transport, nobody, book));
}
