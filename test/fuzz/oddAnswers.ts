import * as fc from 'fast-check';
import { type GatewayTarget, gatewayTargets } from './gatewayParsers.ts';
import { type Odd, oddRefusal, outcomeOf, problemOf } from './oddOutcome.ts';
import { FORMS, OWN_REFUSALS } from './ownRefusals.ts';
import { type Target, target } from './target.ts';
import { texts } from './texts.ts';

const REFUSING = [
  400, 401, 402, 403, 405, 406, 407, 409, 412, 418, 421, 423, 425, 429, 451, 468, 494, 496, 499,
];
const statuses = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(401, 402, 403, 405, 407, 429, 503) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(...REFUSING, 100, 204, 302, 304, 404, 408, 500, 502, 504, 522, 530),
  },
  { weight: 4, arbitrary: fc.constantFrom(200, 201, 202, 206) },
  { weight: 1, arbitrary: fc.integer({ min: 100, max: 999 }) },
);

const CONTENT_TYPES = [
  'application/json; charset=utf-8',
  'application/problem+json',
  'text/html; charset=UTF-8',
  'text/plain',
  'application/xml',
  'application/octet-stream',
];
const headers = fc.record(
  {
    'content-type': fc.constantFrom(...CONTENT_TYPES),
    server: fc.constantFrom(
      'cloudflare',
      'nginx/1.24.0',
      'Tengine',
      'Sucuri/Cloudproxy',
      'AkamaiGHost',
      'ddos-guard',
    ),
    'retry-after': fc.constantFrom('1', '0', '1200', 'later'),
    'x-cdn': fc.constant('Incapsula'),
    'x-new-api-version': fc.constant('v0.10.9'),
    'cf-ray': fc.constant('90f0f0f0f0f0f0f0-FRA'),
  },
  { requiredKeys: [] },
);

/** What others say who stand in front: words, some of which a gateway could use as well. */
const sayings = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.constantFrom(
      'Forbidden',
      'Unauthorized',
      'Access denied',
      'error code: 1010',
      'RBAC: access denied',
      'Invalid token signature',
      'invalid session token',
      'Token expired, sign in again',
      'key not authorized by policy',
      'User banned by firewall',
      'Your account is disabled at this proxy',
      'Payment required',
      'Error 1040: Too many connections',
      'context deadline exceeded',
      'Failed to get token info, please try again later',
      'database is locked',
      'SQL logic error: no such table: tokens (1)',
      '系统维护中',
      '无效的令牌，数据库查询出错，请联系管理员',
    ),
  },
  { weight: 2, arbitrary: fc.constantFrom(...OWN_REFUSALS.map(({ says }) => says)) },
  { weight: 1, arbitrary: texts },
);

const pages = fc
  .tuple(
    fc.constantFrom('', '\uFEFF', '\n ', '<!-- x -->', '<?xml version="1.0"?>\n', '<style>b{}</style>'),
    fc.constantFrom('<!doctype html><title>', '<html><body>', '<div>', '<h1>', '<script>', '<Error><Code>'),
    sayings,
  )
  .map(parts => parts.join(''));

/** JSON that no gateway of ours sends as a refusal, nor as an answer. */
const foreignJson = sayings.chain(says =>
  fc.constantFrom<unknown>(
    { message: says },
    { title: says, status: 403, type: 'about:blank' },
    { cloudflare_error: true, error_code: 1010, title: says },
    { detail: says },
    { error: { message: says } },
    { error: { message: says, type: 'authentication_error', code: 'invalid_api_key' } },
    { error: { message: says, type: 'invalid_request_error' } },
    { errors: [{ message: says }] },
    { msg: says, code: 40_100 },
    { Code: 'AccessDenied', Message: says },
    { status: 'error', reason: says },
    { error_description: says, error: 'access_denied' },
    { success: true, data: says },
    { success: true, data: 7 },
    { success: true, data: {} },
    { success: true, message: says },
    { data: { list: [{ id: 1 }] }, success: true },
    { data: { items: 'none', total: 2 }, success: true },
    {},
    [says],
    [[1, 2]],
    says,
    7,
    true,
    null,
  ),
);

const bodies = fc.oneof(
  { weight: 5, arbitrary: foreignJson.map(json => JSON.stringify(json)) },
  { weight: 3, arbitrary: pages },
  { weight: 2, arbitrary: sayings },
  { weight: 1, arbitrary: fc.constantFrom('', ' ', '\uFEFF', '{', '[', '{"success":fal', '"', 'undefined') },
  { weight: 1, arbitrary: fc.constant(undefined) },
);

const foreign: fc.Arbitrary<Odd> = fc
  .tuple(statuses, headers, bodies)
  .map(([status, head, text]) => ({ answer: { status, headers: new Headers(head), text } }));

/** The gateway's own words, mostly in a form or with a status that are not its own. */
function halfOwn(kind: string): fc.Arbitrary<Odd> {
  return fc
    .tuple(statuses, headers, fc.constantFrom(...OWN_REFUSALS), fc.constantFrom(...FORMS), fc.boolean())
    .map(([any, head, refusal, form, isItsStatus]) =>
      oddRefusal(kind, refusal, form, isItsStatus ? refusal.status : any, head),
    );
}

/** A good answer of the kind, refused all the same. */
const goodButRefused: fc.Arbitrary<Odd> = fc
  .tuple(
    fc.constantFrom(...REFUSING, 500, 502, 503),
    headers,
    fc.constantFrom<unknown>(
      { code: true, data: { total_granted: 0, total_used: 0, total_available: 0, unlimited_quota: false } },
      { success: true, data: { items: [], total: 0 } },
      { success: true, data: [] },
      { success: true, data: { quota: 0, used_quota: 0 } },
      { total_quota: 0, total_used_quota: 0, keys: [] },
      { budget: { spent: 0, limit: 0 } },
      { data: { limit: null, usage: 0 } },
      { data: { total_credits: 0, total_usage: 0 } },
      { key: 'a'.repeat(64), info: { max_budget: null, spend: 0, blocked: true } },
      { results: [], metadata: { page: 1, total_pages: 1, has_more: false } },
      [],
    ),
  )
  .map(([status, head, body]) => ({
    answer: { status, headers: new Headers(head), text: JSON.stringify(body) },
  }));

/** The same at any call of a question, and at those that follow when all the usual ones went well. */
function afterGood({ bodies: usual }: GatewayTarget, odd: fc.Arbitrary<Odd>): fc.Arbitrary<Odd> {
  const good = usual.map(body => body.map(text => ({ status: 200, headers: new Headers(), text })));
  return fc
    .tuple(odd, fc.nat(usual.length), fc.tuple(...good))
    .map(([each, calls, answers]) => ({ ...each, before: answers.slice(0, calls) }));
}

/** Every question to every kind, answered by anyone. */
export const oddAnswers: readonly Target[] = gatewayTargets.map(asked =>
  target(
    `odd answers — ${asked.target.name}`,
    'parser',
    afterGood(
      asked,
      fc.oneof(
        { weight: 5, arbitrary: foreign },
        { weight: 3, arbitrary: halfOwn(asked.kind) },
        { weight: 1, arbitrary: goodButRefused },
      ),
    ),
    odd => outcomeOf(asked, odd),
    problemOf,
  ),
);
