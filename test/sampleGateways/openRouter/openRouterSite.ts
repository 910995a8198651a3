import type { Site, SiteParts } from '../site.ts';
import type { Call } from '../wire/call.ts';
import { plainJson, type Reply } from '../wire/reply.ts';
import { credits, keyByHash, keyList } from './account.ts';
import { keyAbout } from './key.ts';
import { activity, analytics } from './spend.ts';

type Handler = (call: Call, parts: SiteParts) => Reply;

const ROUTES: Record<string, Handler> = {
  'GET /api/v1/key': keyAbout,
  'GET /api/v1/credits': credits,
  'GET /api/v1/keys': keyList,
  'GET /api/v1/activity': activity,
  'POST /api/v1/analytics/query': analytics,
};

/** `openrouter.ai`. */
export function openRouterSite(parts: SiteParts): Site {
  return {
    dress: reply => reply,
    answer(call) {
      const route = `${call.method} ${call.path}`;
      const exact = Object.hasOwn(ROUTES, route) ? ROUTES[route] : undefined;
      const handler = exact ?? (/^GET \/api\/v1\/keys\/[^/]+$/.test(route) ? keyByHash : undefined);
      return handler ? handler(call, parts) : plainJson(404, { error: { message: 'Not Found', code: 404 } });
    },
  };
}
