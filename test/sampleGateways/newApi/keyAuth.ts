import { seconds } from '../clock.ts';
import type { KeyState } from '../state/keyState.ts';
import type { Reply } from '../wire/reply.ts';
import { message } from './messages.ts';
import { type NewApiCall, refuse, refuseLiteral, relayError } from './newApiCall.ts';

/** The key behind a call, or the refusal. */
export type KeyCheck = { key: KeyState; refusal?: undefined } | { key?: undefined; refusal: Reply };

/** The secret in the header as the middleware cuts it out: scheme optional, what follows a `-` is a channel. */
function sentSecret(call: NewApiCall): { secret: string; suffix: string | undefined } {
  const header = call.headers.authorization ?? '';
  const [secret = '', suffix] = header
    .replace(/^[Bb]earer /, '')
    .trim()
    .replace(/^sk-/, '')
    .split('-');
  return { secret, suffix };
}

/** Whether a key may not be used any more at this moment, and why. */
export function endedState(
  key: KeyState,
  call: NewApiCall,
): 'disabled' | 'expired' | 'exhausted' | undefined {
  if (key.status === 'exhausted' && !key.unlimited) return 'exhausted';
  if (key.status === 'expired') return 'expired';
  if (key.status === 'disabled') return 'disabled';
  if (key.expiresAt !== -1 && key.expiresAt < seconds(call.clock)) return 'expired';
  return !key.unlimited && key.remain <= 0 ? 'exhausted' : undefined;
}

/** The check before every use of a key (`TokenAuth`): ended keys get 401, whatever they wanted. */
export function fullCheck(call: NewApiCall): KeyCheck {
  const language = call.headers['accept-language'];
  const error = (status: number, text: string, code?: string): KeyCheck => ({
    refusal: relayError(call, status, text, code),
  });
  const { secret, suffix } = sentSecret(call);
  if (secret === '') return error(401, message('noToken', call.version, language));
  const key = call.holdings.keyBySecret(secret);
  if (!key) return error(401, message('invalid', call.version, language));
  if (key.scenario.reply) return { refusal: key.scenario.reply };
  const ended = endedState(key, call);
  if (ended)
    return error(
      401,
      call.version.oneMessage ? message('invalid', call.version, language) : endText(ended, key, call),
    );
  const allowed = key.allowIps?.split('\n').map(line => line.trim());
  if (allowed && !allowed.includes(call.client)) {
    return error(403, '您的 IP 不在令牌允许访问的列表中', call.version.oneMessage ? 'access_denied' : '');
  }
  if (key.ownerBanned || call.holdings.account(key.account).banned) {
    return error(403, message('banned', call.version, language));
  }
  if (call.holdings.account(key.account).closedGroups.includes(key.group)) {
    return error(403, `无权访问 ${key.group} 分组`);
  }
  if (suffix !== undefined) return error(403, '普通用户不支持指定渠道');
  return { key };
}

/** The check before reading (`TokenAuthReadOnly`): expired and exhausted keys pass. */
export function readOnlyCheck(call: NewApiCall): KeyCheck {
  if (!call.headers.authorization) return { refusal: refuse(call, 401, 'noHeader') };
  const key = call.holdings.keyBySecret(sentSecret(call).secret);
  if (!key) return { refusal: refuse(call, 401, 'invalid') };
  if (key.scenario.reply) return { refusal: key.scenario.reply };
  if (key.status === 'disabled' && !call.version.disabledReads)
    return { refusal: refuse(call, 401, 'disabled') };
  if (key.ownerBanned || call.holdings.account(key.account).banned)
    return { refusal: refuse(call, 403, 'banned') };
  return { key };
}

/** What the usage handler asks on top of either check: two words, and a key without a channel behind it. */
export function handlerCheck(call: NewApiCall): Reply | undefined {
  const words = (call.headers.authorization ?? '').split(' ');
  if (words.length !== 2 || words[0]?.toLowerCase() !== 'bearer')
    return refuseLiteral(401, 'Invalid Bearer token');
  return sentSecret(call).suffix === undefined ? undefined : refuse(call, 200, 'lookupFailed');
}

function endText(ended: 'disabled' | 'expired' | 'exhausted', key: KeyState, call: NewApiCall): string {
  if (ended !== 'exhausted') return message(ended, call.version, undefined);
  if (call.version.errorType === 'one_api_error') return `令牌 ${key.name}（#${key.id}）额度已用尽`;
  // Real gateways put both ends of the key into this text.
  const bare = key.secret.replace(/^sk-/, '');
  const shown = `[sk-${bare.slice(0, 3)}***${bare.slice(-3)}]`;
  return key.status === 'exhausted'
    ? `该令牌额度已用尽 TokenStatusExhausted${shown}`
    : `${shown} 该令牌额度已用尽 !token.UnlimitedQuota && token.RemainQuota = ${key.remain}`;
}
