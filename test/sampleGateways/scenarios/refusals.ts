import { gzipped } from '../wire/gzip.ts';
import { empty, json } from '../wire/reply.ts';
import type { ScenarioTable } from './scenario.ts';

const openAi = (message: string, code = ''): unknown => ({
  error: { code, message: `${message} (request id: 20260615120000000000000)`, type: 'new_api_error' },
});
const plain = (message: string): unknown => ({ message, success: false });

/** Refusals word for word, whatever version the gateway imitates. */
export const refusals: ScenarioTable = {
  'no-header-401-openai-zh': { reply: json(401, openAi('未提供令牌')) },
  'invalid-401': { reply: json(401, plain('Invalid token')) },
  'invalid-401-zh': { reply: json(401, plain('无效的令牌')) },
  'invalid-401-openai-zh': { reply: json(401, openAi('无效的令牌')) },
  'expired-401-openai-zh': { reply: json(401, openAi('该令牌已过期')) },
  'exhausted-401-zh': { reply: json(401, openAi('该令牌额度已用尽 TokenStatusExhausted[sk-abc***xyz]')) },
  'exhausted-401-zh-overdrawn': {
    reply: json(
      401,
      openAi('[sk-abc***xyz] 该令牌额度已用尽 !token.UnlimitedQuota && token.RemainQuota = -12'),
    ),
  },
  'disabled-401': { reply: json(401, plain('This token status is unavailable')) },
  'disabled-401-openai-zh': { reply: json(401, openAi('该令牌状态不可用')) },
  'banned-403': { reply: json(403, plain('User has been banned')) },
  'banned-403-openai-zh': { reply: json(403, openAi('用户已被封禁')) },
  'ip-403-openai-zh': { reply: json(403, openAi('您的 IP 不在令牌允许访问的列表中', 'access_denied')) },
  'dash-key-200-false': { reply: json(200, plain('Failed to get token info, please try again later')) },
  'dash-key-403-openai-zh': { reply: json(403, openAi('普通用户不支持指定渠道')) },
  'not-found-200-false': { reply: json(200, plain('token not found')) },
  'record-not-found-200-false': { reply: json(200, plain('record not found')) },
  'bad-bearer-401': { reply: json(401, plain('Invalid Bearer token')) },
  'db-500': { reply: json(500, plain('Database error, please contact the administrator')) },
  'db-401-openai-zh': { reply: json(401, openAi('无效的令牌，数据库查询出错，请联系管理员')) },
  'panic-500': {
    reply: json(500, {
      error: { message: 'Panic detected, error: runtime error: index out of range', type: 'new_api_panic' },
    }),
  },
  'empty-500': { reply: empty(500) },
  'empty-200': { reply: empty(200) },
  'no-content-204': { reply: { status: 204 } },
  'empty-401': { reply: empty(401) },
  '402': {
    reply: json(402, { error: { code: '', message: 'Insufficient balance', type: 'billing_error' } }),
  },
  '404-openai': {
    reply: json(404, {
      error: {
        code: '',
        message: 'Invalid URL (GET /api/usage/token/)',
        param: '',
        type: 'invalid_request_error',
      },
    }),
  },
  '405': { reply: json(405, plain('method not allowed')) },
  '408': { reply: empty(408) },
  '418': { reply: json(418, plain("I'm a teapot")) },
  '503-json': { reply: json(503, plain('service is restarting')) },
  'comet-400': {
    reply: json(400, {
      error: {
        message: 'bad request (request id: 1)',
        type: 'comet_api_error',
        param: '',
        code: 'invalid_request',
      },
    }),
  },
  '429-empty': { reply: empty(429) },
  '429-retry-after:1200': { reply: empty(429, { 'Retry-After': '1200' }) },
  '429-retry-after-date': { reply: empty(429, { 'Retry-After': 'Fri, 01 Jan 2100 00:00:00 GMT' }) },
  '429-retry-after-nonsense': { reply: empty(429, { 'Retry-After': 'later' }) },
  '429-retry-after-negative': { reply: empty(429, { 'Retry-After': '-5' }) },
  '429-retry-after-huge': { reply: empty(429, { 'Retry-After': '99999999999' }) },
  '429-gzip-empty': { reply: { ...gzipped(empty(429)), bare: true } },
  '500-gzip-empty': { reply: { ...gzipped(empty(500)), bare: true } },
  'message-markup': { reply: json(401, plain('<script>alert(1)</script> [x](command:y) \u202Etxt')) },
  'message-long': { reply: json(401, plain('no '.repeat(40_000))) },
  'message-number': { reply: json(401, { success: false, message: 17 }) },
};
