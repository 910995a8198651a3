import type { Version } from './version.ts';

const texts = {
  noHeader: ['Token not provided', '未提供 Authorization 请求头', '未提供 Authorization 請求標頭'],
  noToken: ['Token not provided', '未提供令牌', '未提供令牌'],
  invalid: ['Invalid token', '无效的令牌', '無效的令牌'],
  disabled: ['This token status is unavailable', '该令牌状态不可用', '該令牌狀態不可用'],
  expired: ['This token has expired', '该令牌已过期', '該令牌已過期'],
  banned: ['User has been banned', '用户已被封禁', '使用者已被封鎖'],
  lookupFailed: [
    'Failed to get token info, please try again later',
    '获取令牌信息失败，请稍后重试',
    '取得令牌資訊失敗，請稍後重試',
  ],
  notLoggedIn: [
    'Unauthorized, not logged in and no access token provided',
    '无权进行此操作，未登录且未提供 access token',
    '無權進行此操作，未登入且未提供 access token',
  ],
  badAccessToken: [
    'Unauthorized, invalid access token',
    '无权进行此操作，access token 无效',
    '無權進行此操作，access token 無效',
  ],
  noUserId: [
    'Unauthorized, New-Api-User not provided',
    '无权进行此操作，未提供 New-Api-User',
    '無權進行此操作，未提供 New-Api-User',
  ],
  userIdFormat: [
    'Unauthorized, New-Api-User format error',
    '无权进行此操作，New-Api-User 格式错误',
    '無權進行此操作，New-Api-User 格式錯誤',
  ],
  userIdMismatch: [
    'Unauthorized, New-Api-User does not match the logged in user',
    '无权进行此操作，New-Api-User 与登录用户不匹配',
    '無權進行此操作，New-Api-User 與登入使用者不匹配',
  ],
} satisfies Record<string, [string, string, string]>;

/** The name of a message. */
export type MessageName = keyof typeof texts;

/** A message in the language of a release, which newer ones take from the first tag of `Accept-Language`. */
export function message(name: MessageName, version: Version, acceptLanguage: string | undefined): string {
  const [english, simplified, traditional] = texts[name];
  if (version.language === 'zh') return simplified;
  const tag = (acceptLanguage ?? '').split(/[,;]/)[0]?.trim().toLowerCase() ?? '';
  if (tag.startsWith('zh-tw')) return traditional;
  return tag.startsWith('zh') ? simplified : english;
}
