import type { KnownRefusal } from '../knownRefusals.ts';

const ERROR_OR_PLAIN = ['error', 'plain'] as const;

/** Messages of New API, of one-hub and done-hub, of One API, and of forks. */
const ADDRESS_NOT_ALLOWED =
  /^您的 IP 不在令牌允许访问的列表中$|^IP \S+ is not allowed to access$|^该令牌只能在指定网段使用|\bIP\b.*\b(?:not (?:allowed|permitted|in)|(?:allow|white)-?list)|IP.*(?:白名单|不(?:被允许|允许|在.*允许))/i;

/**
 * Refusals of an API key in New API (0.6.3 to 1.0 checked), One API, one-hub, done-hub, Veloera, CometAPI and
 * AIOHub. Some are sent for good keys as well: “invalid” while a table is locked (before 1.0) and for used-up
 * and expired keys at billing (1.0), “unavailable” at times (QuantumNous/new-api#3301). So
 * `afterConfirmation` wants them twice.
 */
export const KEY_REFUSALS: readonly KnownRefusal[] = [
  {
    status: 401,
    forms: ERROR_OR_PLAIN,
    pattern: /^(?:无效的令牌|無效的令牌|Invalid token)$/,
    failure: ['bad-key', 'refused-key'],
  },
  // New API 0.8 to 0.12.6: the database failed.
  {
    status: 401,
    forms: ERROR_OR_PLAIN,
    pattern: /数据库查询出错|資料庫查詢出錯|database query error/i,
    failure: ['transient', 'server-error'],
  },
  {
    status: 401,
    forms: ERROR_OR_PLAIN,
    pattern: /^(?:(?:该|該)?令牌已[过過]期|This token has expired)$/,
    failure: ['expired', 'past-expiry'],
  },
  // One API adds the key's number, others its ends in brackets.
  {
    status: 401,
    forms: ERROR_OR_PLAIN,
    pattern:
      /^(?:\[[^\]]*\] )?(?:该|該)?令牌(?: .+（#\d+）)?[额額]度已用[尽盡](?: .*|TokenStatusExhausted.*)?$|TokenStatusExhausted\[/,
    failure: ['exhausted', 'used-up'],
  },
  { status: 403, forms: ['error'], code: 'insufficient_user_quota', failure: ['exhausted', 'used-up'] },
  {
    status: 401,
    forms: ERROR_OR_PLAIN,
    pattern: /^(?:[该該]令牌[状狀][态態]不可用|This token status is unavailable)$/,
    failure: ['disabled', 'key-disabled'],
  },
  {
    status: 403,
    forms: ERROR_OR_PLAIN,
    pattern: /^(?:用[户戶]已被封[禁鎖]|使用者已被封[禁鎖]|User has been banned)$/,
    failure: ['disabled', 'banned'],
  },
  {
    status: 403,
    forms: ERROR_OR_PLAIN,
    pattern: ADDRESS_NOT_ALLOWED,
    failure: ['forbidden', 'address-not-allowed'],
  },
  {
    status: 403,
    forms: ERROR_OR_PLAIN,
    pattern: /^(?:无权访问 .+ 分组|(?:令牌)?分组 .+ 已被(?:弃用|禁用)|该令牌无权访问模型.*)$/,
    failure: ['forbidden', 'forbidden'],
  },
  // The part behind a “-” is a channel, for administrators: too much was copied.
  {
    status: 403,
    forms: ERROR_OR_PLAIN,
    pattern: /^普通用户不支持指定渠道$/,
    failure: ['bad-key', 'refused-key'],
  },
  // New API 0.9 looks a key up a second time.
  {
    status: 200,
    forms: ['plain'],
    pattern: /^(?:token|record) not found$/,
    failure: ['bad-key', 'refused-key'],
  },
];

/**
 * Refusals of an access token: with HTTP 200 before 1.0.0-rc.22, with a `code` since then. “Invalid” is also
 * sent while the table of users is locked. From 1.0.0-rc.41 on a token is allowed some paths alone.
 */
export const ACCOUNT_REFUSALS: readonly KnownRefusal[] = [
  // Each relative names its own header: New-Api-User, Veloera-User.
  {
    status: 401,
    forms: ['plain'],
    pattern: /\b[A-Za-z]+(?:-[A-Za-z]+)*-User\b/i,
    failure: ['unexpected', 'user-id-needed'],
  },
  {
    status: 200,
    forms: ['plain'],
    pattern: /access token [无無]效$|^Unauthorized, invalid access token$/,
    failure: ['bad-key', 'refused-key'],
  },
  {
    status: 200,
    forms: ['plain'],
    pattern: /^(?:用[户戶]已被封[禁鎖]|使用者已被封[禁鎖]|User has been banned)$/,
    failure: ['disabled', 'banned'],
  },
  { status: 401, forms: ['plain'], code: 'AUTH_UNAUTHORIZED', failure: ['bad-key', 'refused-key'] },
  { status: 401, forms: ['plain'], code: 'AUTH_TOKEN_EXPIRED', failure: ['bad-key', 'refused-key'] },
  { status: 401, forms: ['plain'], code: 'AUTH_SESSION_REVOKED', failure: ['bad-key', 'refused-key'] },
  { status: 401, forms: ['plain'], code: 'AUTH_USER_INVALID', failure: ['bad-key', 'refused-key'] },
  { status: 401, forms: ['plain'], code: 'ACCESS_TOKEN_EXPIRED', failure: ['expired', 'past-expiry'] },
  { status: 401, forms: ['plain'], code: 'ACCESS_TOKEN_LEGACY_RETIRED', failure: ['bad-key', 'refused-key'] },
  {
    status: 403,
    forms: ['plain'],
    code: 'ACCESS_TOKEN_SCOPE_DENIED',
    failure: ['forbidden', 'scope-missing'],
  },
  { status: 401, forms: ['plain'], code: 'AUTH_USER_DISABLED', failure: ['disabled', 'banned'] },
  { status: 403, forms: ['plain'], code: 'AUTH_INSUFFICIENT_PRIVILEGE', failure: ['forbidden', 'forbidden'] },
];
