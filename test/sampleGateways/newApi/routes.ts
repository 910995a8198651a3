import { chat } from '../cometApi/chat.ts';
import type { LimitName } from '../limits.ts';
import type { Reply } from '../wire/reply.ts';
import { subscription, usage } from './billing.ts';
import { dataSelf } from './dataSelf.ts';
import { logSelf, logSelfSearch, logSelfStat } from './logSelf.ts';
import { logToken } from './logToken.ts';
import type { NewApiCall } from './newApiCall.ts';
import { models, pricing } from './offer.ts';
import { statusPage } from './statusPage.ts';
import { subscriptionPlans, subscriptionSelf } from './subscription.ts';
import { tokenDetail, tokenKey, tokenKeys, tokenList } from './tokenList.ts';
import { usageToken } from './usageToken.ts';
import { userSelf } from './userSelf.ts';
import type { Version } from './version.ts';

/** One route of a site: the limiters are asked in the order they stand in. */
export interface Route {
  readonly method: string;
  /** The exact path; `:id` stands for a number. */
  readonly path: string;
  readonly limits: readonly LimitName[];
  readonly handle: (call: NewApiCall) => Reply;
}

/** The routes that a release of New API or One API has. */
export function newApiRoutes(version: Version): Route[] {
  const scarce: LimitName[] = ['api', 'critical'];
  const routes: Route[] = [
    get('/api/status', statusPage),
    get('/dashboard/billing/subscription', subscription),
    get('/dashboard/billing/usage', usage),
    get('/v1/dashboard/billing/subscription', subscription),
    get('/v1/dashboard/billing/usage', usage),
    get('/api/user/self', userSelf),
    get('/api/token/', tokenList),
    get('/api/token/:id', tokenDetail),
    get('/api/log/self', logSelf),
    get('/api/log/self/stat', logSelfStat),
    get('/api/log/self/search', logSelfSearch),
    get('/api/data/self', dataSelf),
    get('/v1/models', models, []),
    { method: 'POST', path: '/v1/chat/completions', limits: [], handle: chat },
  ];
  if (version.accountAuth !== 'oneApi') routes.push(get('/api/pricing', pricing));
  if (version.displayTypes)
    routes.push(
      get('/api/subscription/self', subscriptionSelf),
      get('/api/subscription/plans', subscriptionPlans),
    );
  if (version.usageToken !== 'absent') routes.push(get('/api/usage/token/', usageToken, scarce));
  if (version.logToken !== 'absent') {
    routes.push(get('/api/log/token', logToken, version.logToken === 'bearer' ? scarce : ['api']));
  }
  if (version.masksKeys)
    routes.push({ method: 'POST', path: '/api/token/:id/key', limits: scarce, handle: tokenKey });
  if (version.tellsManyKeys)
    routes.push({ method: 'POST', path: '/api/token/batch/keys', limits: scarce, handle: tokenKeys });
  return routes;
}

/** The route that a call belongs to. */
export function findRoute(routes: Route[], method: string, path: string): Route | undefined {
  return routes.find(route => route.method === method && matches(route.path, path));
}

function get(path: string, handle: Route['handle'], limits: LimitName[] = ['api']): Route {
  return { method: 'GET', path, limits, handle };
}

function matches(pattern: string, path: string): boolean {
  const [start = '', end] = pattern.split(':id');
  if (end === undefined) return pattern === path;
  return (
    path.startsWith(start) &&
    path.endsWith(end) &&
    /^\d+$/.test(path.slice(start.length, path.length - end.length))
  );
}
