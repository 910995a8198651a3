import type { FailureClass } from '../../src/core/quota/failure.ts';
import { SIMPLE_FUZZES } from './simple/simpleFuzzes.ts';

/** How a refusal is wrapped; the last three are of no gateway. */
export const FORMS = [
  'error',
  'coded',
  'numbered',
  'typed',
  'plain',
  'word',
  'bare-word',
  'msg',
  'json text',
  'named',
  'titled',
  'foreign error',
  'page',
  'text',
] as const;

export type Form = (typeof FORMS)[number];

/** A refusal as a gateway sends it, word for word: written down apart from the product's own list. */
export interface WrittenRefusal {
  readonly kinds: readonly string[];
  readonly status: number;
  readonly forms: readonly Form[];
  readonly says: string;
  readonly code?: string;
  /** An account and its keys are asked in different ways; what one kind of question takes for its own. */
  readonly means: readonly FailureClass[];
}

const FAMILY = ['newApi', 'cometApi', 'aioHub'];
const EITHER = ['error', 'plain'] as const;

function ofKeys(status: number, means: FailureClass, ...sayings: string[]): WrittenRefusal[] {
  return sayings.map(says => ({ kinds: FAMILY, status, forms: EITHER, says, means: [means] }));
}

function ofLite(status: number, means: FailureClass, code: string, says: string): WrittenRefusal {
  return { kinds: ['liteLlm'], status, forms: ['numbered'], says, code, means: [means] };
}

function ofSub(status: number, means: FailureClass, code: string, says: string): WrittenRefusal {
  return { kinds: ['sub2Api'], status, forms: ['named'], says, code, means: [means] };
}

function ofCheapest(status: number, means: FailureClass, ...sayings: string[]): WrittenRefusal[] {
  const kinds = ['cheapestInference'];
  return sayings.map(says => ({ kinds, status, forms: ['word'], says, means: [means] }));
}

/** From captured answers of New API 0.6.3 to 1.0, One API, one-hub, done-hub and Veloera, and from documents. */
export const OWN_REFUSALS: readonly WrittenRefusal[] = [
  // The billing of 0.12.7 and later says it of disabled keys, too.
  { kinds: FAMILY, status: 401, forms: EITHER, says: 'Invalid token', means: ['bad-key', 'disabled'] },
  ...ofKeys(401, 'bad-key', '无效的令牌', '無效的令牌', '无效的令牌 (request id: 20261129060704966z8)'),
  ...ofKeys(401, 'expired', '该令牌已过期', '令牌已过期', '該令牌已過期', 'This token has expired'),
  ...ofKeys(
    401,
    'exhausted',
    '该令牌额度已用尽 TokenStatusExhausted[sk-kQm***FJZ] (request id: 2026112822003157)',
    '[sk-FI5***0Jy] 该令牌额度已用尽 !token.UnlimitedQuota && token.RemainQuota = 0',
    '令牌 usedup（#6）额度已用尽',
    '令牌额度已用尽',
  ),
  ...ofKeys(401, 'disabled', '该令牌状态不可用', '該令牌狀態不可用', 'This token status is unavailable'),
  ...ofKeys(403, 'disabled', '用户已被封禁', '使用者已被封鎖', 'User has been banned'),
  ...ofKeys(403, 'bad-key', '普通用户不支持指定渠道'),
  ...[
    'record not found',
    'token not found',
    '无权进行此操作，access token 无效',
    'Unauthorized, invalid access token',
  ].map(says => ({
    kinds: FAMILY,
    status: 200,
    forms: ['plain'] as const,
    says,
    means: ['bad-key'] as const,
  })),
  ...['用户已被封禁', '使用者已被封鎖', 'User has been banned'].map(says => ({
    kinds: FAMILY,
    status: 200,
    forms: ['plain'] as const,
    says,
    means: ['disabled'] as const,
  })),
  {
    kinds: FAMILY,
    status: 401,
    forms: ['plain'],
    says: 'Unauthorized, invalid access token',
    code: 'AUTH_UNAUTHORIZED',
    means: ['bad-key'],
  },
  {
    kinds: FAMILY,
    status: 401,
    forms: ['plain'],
    says: 'User has been banned',
    code: 'AUTH_USER_DISABLED',
    means: ['disabled'],
  },
  {
    kinds: FAMILY,
    status: 403,
    forms: ['error'],
    says: 'user quota is not enough',
    code: 'insufficient_user_quota',
    means: ['exhausted'],
  },
  { kinds: ['openRouter'], status: 401, forms: ['coded'], says: 'User not found.', means: ['bad-key'] },
  {
    kinds: ['openRouter'],
    status: 403,
    forms: ['coded'],
    says: 'Only management keys can perform this operation',
    means: ['bad-key'],
  },
  ofLite(401, 'bad-key', 'token_not_found_in_db', 'Authentication Error, Invalid API key provided.'),
  ofLite(
    401,
    'bad-key',
    'auth_error',
    "Authentication Error, LiteLLM Virtual Key expected. Received=abcd****, expected to start with 'sk-'.",
  ),
  ofLite(404, 'bad-key', 'not_found_error', 'Key not found in database'),
  ...[400, 401].map(status =>
    ofLite(
      status,
      'expired',
      'expired_key',
      'Authentication Error - Expired Key. Key Expiry time 2026-11-28 21:58:49.757000+00:00',
    ),
  ),
  ofLite(
    401,
    'disabled',
    'auth_error',
    "Authentication Error, Key is blocked. Update via `/key/unblock` if you're an admin.",
  ),
  ...[400, 422, 429].map(status =>
    ofLite(status, 'exhausted', 'budget_exceeded', 'Budget has been exceeded! Current cost: 0.0075'),
  ),
  ofSub(401, 'bad-key', 'INVALID_API_KEY', 'Invalid API key'),
  ofSub(401, 'disabled', 'API_KEY_DISABLED', 'API key is disabled'),
  ofSub(401, 'disabled', 'USER_INACTIVE', 'User account is not active'),
  ofSub(403, 'expired', 'API_KEY_EXPIRED', 'API key 已过期'),
  ofSub(403, 'exhausted', 'INSUFFICIENT_BALANCE', 'Insufficient account balance'),
  ofSub(403, 'exhausted', 'SUBSCRIPTION_NOT_FOUND', 'No active subscription found for this group'),
  ofSub(429, 'exhausted', 'API_KEY_QUOTA_EXHAUSTED', 'API key 额度已用完'),
  ofSub(429, 'exhausted', 'USAGE_LIMIT_EXCEEDED', 'daily usage limit exceeded'),
  ...ofCheapest(401, 'bad-key', 'Invalid API key', 'invalid api key'),
  ...ofCheapest(403, 'disabled', 'API key is deactivated'),
  ...ofCheapest(404, 'bad-key', 'Key not found'),
  { kinds: ['cometApi'], status: 401, forms: ['bare-word'], says: 'invalid api key', means: ['bad-key'] },
  { kinds: ['cometApi'], status: 401, forms: ['bare-word'], says: 'Invalid API key', means: ['bad-key'] },
  ...SIMPLE_FUZZES.flatMap(({ kind, refusals }) => refusals.map(each => ({ ...each, kinds: [kind] }))),
];

/** The body of a refusal in a form, its own or another. */
export function wrapped(
  { says, code }: Pick<WrittenRefusal, 'says' | 'code'>,
  form: Form,
  status: number,
): string {
  switch (form) {
    case 'error':
      return JSON.stringify({ error: { message: says, type: 'new_api_error', code: code ?? '' } });
    case 'coded':
      return JSON.stringify({ error: { code: status, message: says } });
    case 'numbered':
      return JSON.stringify({
        error: { message: says, type: code ?? 'auth_error', param: null, code: String(status) },
      });
    case 'named':
      return JSON.stringify({ code: code ?? 'ACCESS_DENIED', message: says });
    case 'titled':
      return JSON.stringify({ error: code ?? 'Forbidden', message: says });
    case 'foreign error':
      return JSON.stringify({ error: { message: says, type: 'authentication_error', code: code ?? '' } });
    // The type stands where others have a code.
    case 'typed':
      return JSON.stringify({ error: { message: says, type: code ?? 'invalid_request_error' } });
    case 'msg':
      return JSON.stringify({ success: false, msg: says, ...(code && { code: Number(code) }) });
    case 'json text':
      return JSON.stringify(says);
    case 'plain':
      return JSON.stringify({ success: false, message: says, ...(code && { code }) });
    case 'word':
      return JSON.stringify({ success: false, error: says });
    case 'bare-word':
      return JSON.stringify({ error: says });
    case 'page':
      return `<html><body>${says}</body></html>`;
    case 'text':
      return says;
  }
}
