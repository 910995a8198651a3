import type { Site, SiteParts } from '../site.ts';
import type { Call } from '../wire/call.ts';
import { plainJson, type Reply } from '../wire/reply.ts';
import { keyUsage } from './usage.ts';

type Handler = (call: Call, parts: SiteParts) => Reply;

const ROUTES: Record<string, Handler> = { '/v1/usage': keyUsage, '/api/v1/settings/public': publicSettings };

function publicSettings(_call: Call, { settings: { sub2Api } }: SiteParts): Reply {
  const { timeZone, build } = sub2Api;
  const data = {
    registration_enabled: false,
    email_verify_enabled: false,
    site_name: 'Sub2API',
    api_base_url: '',
    version: build,
    ...(build === '0.1.179' && { server_timezone: timeZone, server_utc_offset: '+00:00' }),
  };
  return plainJson(200, { code: 0, message: 'success', data });
}

/** Sub2API, as a relay of subscriptions runs it. */
export function sub2ApiSite(parts: SiteParts): Site {
  return {
    dress: reply => reply,
    answer(call) {
      const handler = Object.hasOwn(ROUTES, call.path) ? ROUTES[call.path] : undefined;
      if (handler && call.method === 'GET') return handler(call, parts);
      return { status: 404, headers: { 'Content-Type': 'text/plain' }, body: '404 page not found' };
    },
  };
}
