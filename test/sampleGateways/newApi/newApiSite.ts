import type { LimitName } from '../limits.ts';
import { SINGLE_PAGE_APP } from '../scenarios/pages.ts';
import type { Site, SiteParts } from '../site.ts';
import type { Call } from '../wire/call.ts';
import { asksForGzip, gzipped } from '../wire/gzip.ts';
import { empty, json, page, type Reply, slashRedirect } from '../wire/reply.ts';
import { replyDuringActivity } from './accountActivity.ts';
import { findRoute, type Route } from './routes.ts';
import type { Version } from './version.ts';

/** A site that runs New API, or software that descends from it and has other routes. */
export function newApiSite(version: Version, routes: Route[], parts: SiteParts): Site {
  let requests = 0;
  const nextId = (): string => {
    requests += 1;
    const moment = new Date(parts.clock()).toISOString().replace(/\D/g, '');
    return moment + String(requests).padStart(8, '0');
  };

  const limited = (names: readonly LimitName[], client: string): Reply | undefined => {
    for (const name of names) {
      const verdict = parts.limiters[name]?.take(client);
      if (verdict && !verdict.allowed) {
        return empty(429, version.retryAfter ? { 'Retry-After': String(verdict.retryAfter) } : {});
      }
    }
    return undefined;
  };

  return {
    answersModels: 'calls',
    answer(call) {
      const route = findRoute(routes, call.method, call.path);
      if (route) {
        const handled = { ...call, ...parts, version, requestId: nextId() };
        return limited(route.limits, call.client) ?? replyDuringActivity(handled) ?? route.handle(handled);
      }
      const other = call.path.endsWith('/') ? call.path.slice(0, -1) : `${call.path}/`;
      if (findRoute(routes, call.method, other))
        return slashRedirect(forwardedPrefix(call) + other + call.search);
      return limited(['web'], call.client) ?? unknownPath(call);
    },

    dress(reply, call) {
      if (reply.bare) return reply;
      const headers = {
        ...(version.header !== undefined && { 'X-New-Api-Version': version.header }),
        'X-Oneapi-Request-Id': nextId(),
        ...(version.cors && {
          'Access-Control-Allow-Origin': '*',
          'Access-Control-Allow-Credentials': 'true',
        }),
        ...reply.headers,
      };
      const dressed = { ...reply, headers };
      return !reply.stream && asksForGzip(call.headers['accept-encoding']) ? gzipped(dressed) : dressed;
    },
  };
}

function unknownPath(call: Call): Reply {
  if (!/^\/(api|v1|assets)/.test(call.path))
    return page(200, SINGLE_PAGE_APP, { 'Cache-Control': 'no-cache' });
  const message = `Invalid URL (${call.method} ${call.path})`;
  return json(404, { error: { code: '', message, param: '', type: 'invalid_request_error' } });
}

function forwardedPrefix(call: Call): string {
  const prefix = call.headers['x-forwarded-prefix'];
  return typeof prefix === 'string' ? prefix.replace(/\/$/, '') : '';
}
