import type { AccountState } from '../state/accountState.ts';
import type { Call } from '../wire/call.ts';
import { json, type Reply } from '../wire/reply.ts';
import { type NewApiCall, refuse, success } from './newApiCall.ts';

/** The account behind a call, or the refusal. */
export type AccountCheck =
  | { account: AccountState; refusal?: undefined }
  | { account?: undefined; refusal: Reply };

/** The text sent as access token, with or without a scheme before it. */
function sentAccessToken(call: Call): string {
  return (call.headers.authorization ?? '').replace(/^bearer /i, '').trim();
}

/** Checks a personal access token in the way of the version. */
export function accountCheck(call: NewApiCall): AccountCheck {
  const sent = call.settings.bearerAccessToken ? sentAccessToken(call) : (call.headers.authorization ?? '');
  const account = call.holdings.accountByAccessToken(sent);
  return call.version.accountAuth === 'strict'
    ? strict(sent, account, call.path)
    : legacy(call, sent, account);
}

/** A success of an endpoint for signed-in users. */
export function accountSuccess(data: unknown): Reply {
  const reply = success(data);
  return { ...reply, headers: { ...reply.headers, 'Auth-Version': '864b7076dbcd0a3c01b5520316720ebf' } };
}

/** What a token needs by the first part of a path below `/api/`. */
const SCOPES: Readonly<Record<string, string>> = {
  user: 'profile:read',
  token: 'api_key:read',
  log: 'usage:read',
  data: 'usage:read',
  subscription: 'wallet:read',
};

function strict(sent: string, account: AccountState | undefined, path: string): AccountCheck {
  const error = (code: string, text: string, status = 401): AccountCheck => ({
    refusal: json(status, { code, message: text, success: false }),
  });
  if (sent === '')
    return error('AUTH_UNAUTHORIZED', 'Unauthorized, not logged in and no access token provided');
  if (!account) return error('AUTH_UNAUTHORIZED', 'Unauthorized, invalid access token');
  if (account.banned) return error('AUTH_USER_DISABLED', 'User has been banned');
  const scope = SCOPES[path.split('/')[2] ?? ''] ?? '';
  if (account.scopes && !account.scopes.includes(scope))
    return error('ACCESS_TOKEN_SCOPE_DENIED', `This access token lacks the ${scope} permission`, 403);
  return { account };
}

// Old versions answer 200 to a wrong token but 401 to a missing user id.
function legacy(call: NewApiCall, sent: string, account: AccountState | undefined): AccountCheck {
  if (sent === '') return { refusal: refuse(call, 401, 'notLoggedIn') };
  if (!account) return { refusal: refuse(call, 200, 'badAccessToken') };
  if (account.banned) return { refusal: refuse(call, 200, 'banned') };
  if (call.version.accountAuth === 'oneApi') return { account };
  const userId = call.headers['new-api-user'];
  if (userId === undefined || userId === '') return { refusal: refuse(call, 401, 'noUserId') };
  if (!/^-?\d+$/.test(String(userId))) return { refusal: refuse(call, 401, 'userIdFormat') };
  return Number(userId) === account.id ? { account } : { refusal: refuse(call, 401, 'userIdMismatch') };
}
