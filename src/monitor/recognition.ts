import type { Gateway, Limiter } from '../gateways/gateway.ts';
import { recognise } from '../gateways/recognise.ts';
import { bindClient } from '../http/boundClient.ts';
import { failed } from '../quota/failure.ts';
import type { InquiryParts } from './inquiry.ts';
import { freeAt } from './requestBudget.ts';

/** For an origin whose kind, and so whose limits, are not known yet. */
const STRANGER: Limiter = { calls: 30, windowMs: 180_000, holdMs: 180_000 };

/** Tells the kind of gateway at an origin, without any secret. Throws when nobody answers there. */
export function recogniseOrigin(
  { store, transport, clock }: InquiryParts,
  origin: string,
): Promise<Gateway | undefined> {
  const book = (limiter: string) => {
    const now = clock.now();
    store.transaction(() => {
      const free = freeAt(store.requests, origin, limiter, STRANGER, now);
      if (free > now) throw failed('rate-limited', 'own-budget', { retryAfterMs: free - now });
      store.requests.add(origin, limiter, now);
    });
  };
  const nobody = { secret: '', origin, credential: 'apiKey' } as const;
  return recognise(origin, bindClient(transport, nobody, book));
}
