import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { failed } from '../../../../src/core/quota/failure.ts';
import { requestAccount } from '../../../../src/gateways/newApi/accountRequest.ts';
import { USER_ID_HEADERS } from '../../../../src/gateways/newApi/relatives.ts';
import { DAY, NOW } from '../../support/samples.ts';
import { type Answer, answeringContext, UNKNOWN_ROUTE } from './answeringContext.ts';

const SELF = '/api/user/self';
const OK: Answer = [200, { success: true, data: { quota: 1 } }];
const refused = (message: string, status = 401): Answer => [status, { success: false, message }];

/** What comes of it, the headers of each request, and what is noted. */
async function ask(
  answers: readonly Answer[],
  more: Parameters<typeof answeringContext>[1] = {},
  path = SELF,
) {
  const { context, sent, noted } = answeringContext({ [path]: answers }, { userId: '7', ...more });
  const result = await requestAccount(context, path).then(
    ({ data }) => data,
    (error: unknown) => String(error),
  );
  return { result, headers: sent.map(({ headers }) => headers), noted, sent };
}

describe('a request about an account', () => {
  it('carries the token as it is, and the id in the header that was entered for it', async () => {
    const { result, sent, noted } = await ask([OK]);
    assert.deepEqual(result, { quota: 1 });
    assert.deepEqual(
      sent.map(({ secretIn, limiter, headers }) => ({ secretIn, limiter, headers })),
      [{ secretIn: 'raw', limiter: 'general', headers: { 'New-Api-User': '7' } }],
    );
    assert.deepEqual(noted, []);
    assert.deepEqual((await ask([OK], { userId: undefined })).headers, [{}]);
  });

  it('is sent once more with the header that a relative names, which is noted', async () => {
    const { result, headers, noted } = await ask([refused('未提供 Veloera-User'), OK]);
    assert.deepEqual(result, { quota: 1 });
    assert.deepEqual(headers, [{ 'New-Api-User': '7' }, { 'Veloera-User': '7' }]);
    assert.deepEqual(noted, [{ userIdHeaders: ['Veloera-User'] }]);
  });

  it('is sent once more with all headers where a relative names none', async () => {
    const all = Object.fromEntries(USER_ID_HEADERS.map(name => [name, '7']));
    const { headers, noted } = await ask([refused('未登录'), OK]);
    assert.deepEqual(headers, [{ 'New-Api-User': '7' }, all]);
    assert.deepEqual(noted, [{ userIdHeaders: USER_ID_HEADERS }]);
  });

  it('tells what the second try says of the header that was named, else what the first one said', async () => {
    const named = await ask([refused('未提供 Veloera-User'), refused('later', 403)]);
    assert.match(String(named.result), /transient: unknown-refusal/);
    const open = await ask([refused('未登录'), refused('later', 500)]);
    assert.match(String(open.result), /transient: unknown-refusal/);
    assert.deepEqual([named.noted, open.noted], [[], []]);
  });

  const ONCE: readonly [what: string, answer: Answer, more: Parameters<typeof ask>[1], result: RegExp][] = [
    ['the header was sent already', refused('New-Api-User does not match'), {}, /user-id-needed/],
    ['the header is none of ours', refused('X-Forwarded-User not provided'), {}, /user-id-header/],
    ['no id was entered', refused('未提供 Veloera-User'), { userId: undefined }, /user-id-needed/],
    ['no id was entered, and none is named', refused('未登录'), { userId: undefined }, /unknown-refusal/],
    ['the token is refused', refused('invalid access token'), {}, /unknown-refusal/],
    [
      'the session is refused',
      [401, { success: false, message: 'AUTH_X', code: 'AUTH_UNAUTHORIZED' }],
      {},
      /bad-key: refused-key/,
    ],
    ['nothing is said', refused(''), {}, /unknown-refusal/],
    ['another status says so', refused('未登录', 403), {}, /unknown-refusal/],
    ['another status names it', refused('未提供 Veloera-User', 403), {}, /unknown-refusal/],
    [
      'the right header is known',
      refused('未登录'),
      { notes: { userIdHeaders: ['Veloera-User'] } },
      /unknown-refusal/,
    ],
    ['the gateway is in trouble', refused('未登录', 500), {}, /server-error/],
  ];
  for (const [what, answer, more, result] of ONCE) {
    it(`is sent once where ${what}`, async () => {
      const { result: told, headers, noted } = await ask([answer], more);
      assert.match(String(told), result);
      assert.equal(headers.length, 1);
      assert.deepEqual(noted, []);
    });
  }

  it('that was not sent, or met a fault of ours, is not sent again', async () => {
    for (const error of [failed('rate-limited', 'own-budget'), new TypeError('ours')])
      assert.equal((await ask([error])).result, String(error));
  });

  it('notes a path that the router does not know', async () => {
    const { noted } = await ask([UNKNOWN_ROUTE], {}, '/api/subscription/self');
    assert.deepEqual(noted, [{ lacks: { '/api/subscription/self': NOW + 3 * DAY } }]);
    assert.deepEqual((await ask([[404, { message: 'not found' }]])).noted, []);
  });

  it('that is refused with HTTP 200 may pass, unless it asks for something', async () => {
    const answer = refused('later', 200);
    for (const path of [SELF, '/api/token/'])
      assert.match(String((await ask([answer], {}, path)).result), /transient: unknown-refusal/);
    assert.match(String((await ask([answer], {}, '/api/data/self')).result), /unexpected: refused-request/);
    const banned = refused('用户已被封禁', 200);
    assert.match(String((await ask([banned], {}, '/api/data/self')).result), /disabled: banned/);
  });

  it('that is refused with another status is what that status means', async () => {
    const with400 = await ask([refused('no', 400)]);
    assert.match(String(with400.result), /unexpected: refused-request/);
    const with404 = await ask([refused('no', 404)], {}, '/api/data/self');
    assert.match(String(with404.result), /not-supported: no-such-endpoint/);
  });
});
