import type { SiteParts } from '../site.ts';
import type { KeyState } from '../state/keyState.ts';
import type { Call } from '../wire/call.ts';
import { plainJson, type Reply } from '../wire/reply.ts';
import { dollars, hashOf, isReply, keyOf } from './key.ts';
import { detail, refusal } from './refusal.ts';

/** `GET /team/info?team_id=`: a team, to its members. */
export function teamInfo(call: Call, parts: SiteParts): Reply {
  const key = keyOf(call, parts);
  if (isReply(key)) return key;
  const id = call.query.get('team_id') ?? '';
  const { team } = key.scenario;
  if (!team || team.team_id !== id)
    return refusal(
      403,
      'auth_error',
      `{'error': 'User=${key.account} not authorized to access this team=${id}'}`,
    );
  return plainJson(200, { team_id: id, team_info: team, keys: [], team_memberships: [] });
}

/** `GET /v2/user/info`: the user of the key; older versions do not have it. */
export function userInfo(call: Call, parts: SiteParts): Reply {
  if (parts.settings.liteLlm.version === '1.74.9') return detail(404, 'Not Found');
  const key = keyOf(call, parts);
  return isReply(key) ? key : plainJson(200, userOf(key, parts));
}

/** `GET /user/info`: the same, with all the user's keys. */
export function oldUserInfo(call: Call, parts: SiteParts): Reply {
  const key = keyOf(call, parts);
  if (isReply(key)) return key;
  const keys = parts.holdings.keysOf(key.account).map(each => ({
    token: hashOf(each.secret),
    key_alias: each.name,
    spend: dollars(each.used),
  }));
  return plainJson(200, { user_id: key.account, user_info: userOf(key, parts), keys, teams: [] });
}

function userOf({ account, scenario }: KeyState, { holdings }: SiteParts): Record<string, unknown> {
  return {
    user_id: account,
    user_email: `${account}@example.com`,
    user_role: 'internal_user',
    spend: dollars(holdings.account(account).used),
    max_budget: null,
    budget_duration: null,
    budget_reset_at: null,
    models: [],
    metadata: {},
    ...scenario.user,
  };
}

/** `GET /v1/models`: what the key may call of what the proxy offers. */
export function models(call: Call, parts: SiteParts): Reply {
  const key = keyOf(call, parts);
  if (isReply(key)) return key;
  if (!key.unlimited && key.remain <= 0) {
    const { version } = parts.settings.liteLlm;
    const cost = dollars(key.used);
    const words = `Budget has been exceeded! Current cost: ${cost}, Max budget: ${dollars(key.remain + key.used)}`;
    return refusal(version === '1.74.9' ? 400 : 422, 'budget_exceeded', words, null);
  }
  const names = key.modelLimitsEnabled ? key.modelLimits.split(',') : OFFERED;
  return plainJson(200, {
    data: names.map(id => ({ id, object: 'model', owned_by: 'openai' })),
    object: 'list',
  });
}

/** What the proxy has. */
const OFFERED = ['gpt-4.1', 'claude-sonnet', 'gpt-4.1-mini'];
