import * as fc from 'fast-check';
import { type Failure, GatewayError } from '../../src/core/quota/failure.ts';
import { statusOf } from '../../src/core/quota/status.ts';
import type { Site } from '../../src/gateways/site.ts';
import type { GatewayResponse } from '../../src/http/transport.ts';
import { type GatewayTarget, gatewayTargets, put } from './gatewayParsers.ts';
import { FORMS, OWN_REFUSALS, type WrittenRefusal, wrapped } from './ownRefusals.ts';
import { type Target, target } from './target.ts';
import { texts } from './texts.ts';

/** An answer, and what it may mean because the gateway is known to say it. */
interface Odd {
  readonly answer: GatewayResponse;
  /** Good answers to the calls before; none when this is the first. */
  readonly before?: readonly GatewayResponse[];
  readonly own?: WrittenRefusal;
}

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
    .map(([any, head, refusal, form, isItsStatus]) => {
      const status = isItsStatus ? refusal.status : any;
      const text = wrapped(refusal, form, status);
      const own = OWN_REFUSALS.find(
        each =>
          each.kinds.includes(kind) &&
          each.status === status &&
          each.says === refusal.says &&
          (each.code === undefined || each.code === refusal.code) &&
          each.forms.some(known => known === form),
      );
      return { answer: { status, headers: new Headers(head), text }, own };
    });
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

/** What came of it: the answer that was made of it, or why there is none. */
type Outcome = { readonly output: unknown } | { readonly failure: Failure };

async function outcomeOf(asked: GatewayTarget, { answer, before = [] }: Odd): Promise<Outcome> {
  try {
    return { output: await put(asked, [...before, answer], SITE) };
  } catch (error) {
    if (error instanceof GatewayError) return { failure: error.failure };
    throw error;
  }
}

/** Of New API itself more is asked than of its relatives. */
const SITE: Site = { lineage: 'newApi' };

const STATED = new Set(['invalid', 'disabled', 'exhausted', 'expired']);

function problemOf(outcome: Outcome, { own, before = [] }: Odd): string | undefined {
  // What came before may well have held figures.
  if ('output' in outcome) return before.length > 0 ? undefined : readFromNothing(outcome.output);
  const { failure } = outcome;
  const status = statusOf({ failure, now: 0, low: { percent: 20, amounts: {} }, staleAfterMs: 1 });
  if (STATED.has(status) && !own?.means.includes(failure.class) && !before.some(saysOfItself))
    return `${failure.class}: ${failure.reason} from nobody’s own words`;
  return undefined;
}

/** Whether a good answer says that the secret is one of another type, or that it is switched off. */
function saysOfItself({ text }: GatewayResponse): boolean {
  return text !== undefined && /"(?:is_management_key|blocked)":|"status":"expired"/.test(text);
}

/** Whether anything was read where there is nothing to read. */
function readFromNothing(output: unknown): string | undefined {
  if (output === 0) return 'a 0 was read';
  if (typeof output !== 'object' || output === null) return undefined;
  for (const [name, value] of Object.entries(output)) {
    if (name === 'complete' && value === true) return 'it is called complete';
    const found = readFromNothing(value);
    if (found) return `${name}: ${found}`;
  }
  return undefined;
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
