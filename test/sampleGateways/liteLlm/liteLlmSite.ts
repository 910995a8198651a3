import type { Site, SiteParts } from '../site.ts';
import type { Call } from '../wire/call.ts';
import { plainJson, type Reply } from '../wire/reply.ts';
import { models, oldUserInfo, teamInfo, userInfo } from './above.ts';
import { dailyActivity } from './activity.ts';
import { keyInfo } from './key.ts';
import { detail } from './refusal.ts';

type Handler = (call: Call, parts: SiteParts) => Reply;

const ROUTES: Record<string, Handler> = {
  '/health/liveliness': () => plainJson(200, "I'm alive!"),
  '/key/info': keyInfo,
  '/team/info': teamInfo,
  '/v2/user/info': userInfo,
  '/user/info': oldUserInfo,
  '/v1/models': models,
  '/user/daily/activity': dailyActivity,
  '/team/daily/activity': dailyActivity,
};

/** LiteLLM's proxy. `/health` calls every model there is, which costs money: nobody may ask for it. */
export function liteLlmSite(parts: SiteParts): Site {
  return {
    answersModels: 'list',
    dress: reply => reply,
    answer(call) {
      if (call.path === '/health') throw new Error('/health costs money');
      const handler = Object.hasOwn(ROUTES, call.path) ? ROUTES[call.path] : undefined;
      return handler && call.method === 'GET' ? handler(call, parts) : detail(404, 'Not Found');
    },
  };
}
