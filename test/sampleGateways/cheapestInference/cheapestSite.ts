import type { Site, SiteParts } from '../site.ts';
import type { Call } from '../wire/call.ts';
import { plainJson, type Reply } from '../wire/reply.ts';
import { accountKeyUsage, accountUsage } from './accountUsage.ts';
import { failure, keyUsage } from './keyUsage.ts';
import { PLANS } from './plan.ts';

type Handler = (call: Call, parts: SiteParts) => Reply;

const ROUTES: Record<string, Handler> = {
  '/v1/usage': keyUsage,
  '/api/usage': accountUsage,
  '/api/plans': (_call, parts) =>
    plainJson(200, parts.settings.cheapest.plansEnvelope === 'bare' ? PLANS : { success: true, data: PLANS }),
};

/** `api.cheapestinference.com`. */
export function cheapestSite(parts: SiteParts): Site {
  return {
    dress: reply => reply,
    answer(call) {
      const exact = Object.hasOwn(ROUTES, call.path) ? ROUTES[call.path] : undefined;
      const handler = exact ?? (/^\/api\/usage\/[^/]+$/.test(call.path) ? accountKeyUsage : undefined);
      if (handler && call.method === 'GET') return handler(call, parts);
      // Models can be paid for by the call, so whoever comes without a key is asked for money rather than for one.
      if (call.path.startsWith('/v1/') && !call.headers.authorization)
        return failure(402, 'Payment required');
      return failure(404, 'Not found');
    },
  };
}
