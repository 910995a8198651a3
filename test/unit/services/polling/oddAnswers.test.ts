import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { KeyState } from '../../../../src/core/quota/keyState.ts';
import { type SampleGateway, startSampleGateway } from '../../../sampleGateways/server.ts';
import { BILLS_ACCOUNT } from '../../../sampleGateways/settings.ts';
import { json, page, type Reply } from '../../../sampleGateways/wire/reply.ts';
import { advanceWindows } from '../../support/advanceWindows.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { HOUR, MINUTE } from '../../support/samples.ts';
import { TestWindow } from '../../support/testWindow.ts';

const USAGE = { path: '/api/usage/token/' };
const own = (message: string, code = '') => ({ error: { code, message, type: 'new_api_error' } });
const no = (message: string) => json(200, { success: false, message });
const text = (status: number, body: string, headers: Record<string, string> = {}): Reply => ({
  status,
  headers: { 'Content-Type': 'text/plain; charset=UTF-8', ...headers },
  body,
  bare: true,
});
const html = (status: number, body: string, headers: Record<string, string> = {}): Reply => ({
  ...page(status, body, headers),
  bare: true,
});
const problem = (status: number, body: Record<string, unknown>): Reply => ({
  ...json(status, body),
  headers: { 'Content-Type': 'application/problem+json' },
  bare: true,
});

/** Answers that are not the gateway's own, or not certain: what they come to. */
const ODD: Readonly<Record<string, readonly [Reply, string]>> = {
  'Cloudflare’s 1010 as text': [text(403, 'error code: 1010'), 'edge-page'],
  'Cloudflare’s 1010 as JSON': [
    problem(403, {
      type: 'https://developers.cloudflare.com/1010',
      cloudflare_error: true,
      error_code: 1010,
    }),
    'edge-page',
  ],
  'somebody else’s problem+json': [problem(403, { title: 'Forbidden', status: 403 }), 'unknown-refusal'],
  '401 as problem+json': [problem(401, { title: 'Unauthorized', status: 401 }), 'unknown-refusal'],
  '403 with nothing': [{ status: 403, bare: true }, 'unknown-refusal'],
  '401 with nothing': [{ status: 401, bare: true }, 'unknown-refusal'],
  '403 of an API gateway': [json(403, { message: 'Forbidden' }), 'unknown-refusal'],
  '401 of an API gateway': [json(401, { message: 'Unauthorized' }), 'unknown-refusal'],
  '403 as text': [text(403, 'RBAC: access denied'), 'unknown-refusal'],
  'HTML behind a comment': [html(403, '<!-- waf --><html><body>No.</body></html>'), 'edge-page'],
  'HTML behind an XML head': [html(403, '<?xml version="1.0"?><html><body>No.</body></html>'), 'edge-page'],
  'HTML that begins with its style': [html(403, '<style>b{}</style><b>No.</b>'), 'edge-page'],
  '401 of a proxy': [
    html(401, '<html><head><title>401 Authorization Required</title></head></html>'),
    'edge-page',
  ],
  '402 as text': [text(402, 'Payment required'), 'unknown-refusal'],
  '402 as JSON': [json(402, { error: 'Payment required' }), 'unknown-refusal'],
  'a look-up that failed': [no('Failed to get token info, please try again later'), 'unknown-refusal'],
  'too many connections': [no('Error 1040: Too many connections'), 'unknown-refusal'],
  'a deadline': [no('context deadline exceeded'), 'unknown-refusal'],
  maintenance: [no('系统维护中'), 'unknown-refusal'],
  'a locked table': [json(401, { success: false, message: '无效的令牌' }), 'doubted-refusal'],
  'a locked table, billing’s way': [json(401, own('无效的令牌 (request id: 1)')), 'doubted-refusal'],
  'a database in trouble': [json(401, own('无效的令牌，数据库查询出错，请联系管理员')), 'server-error'],
  'a status that is unavailable for once': [
    json(401, { success: false, message: 'This token status is unavailable' }),
    'doubted-refusal',
  ],
  'its words in a page': [html(401, '<html><body>Invalid token</body></html>'), 'edge-page'],
  'its words with another status': [
    json(403, { success: false, message: 'Invalid token' }),
    'unknown-refusal',
  ],
  'its words in another form': [json(401, { detail: 'Invalid token' }), 'unknown-refusal'],
  'its words of another type': [
    json(401, { error: { message: 'Invalid token', type: 'authentication_error' } }),
    'unknown-refusal',
  ],
  'its words within others': [
    json(401, { success: false, message: 'Invalid token signature in session cookie' }),
    'unknown-refusal',
  ],
  'a client certificate that is wanted': [
    html(400, '<html><head><title>400 No required SSL certificate was sent</title></head></html>'),
    'client-certificate',
  ],
  'a proxy that wants a login': [json(407, { message: 'Invalid token', success: false }), 'proxy'],
};

/** Pages of protection services, as they send them. */
const CHALLENGES: Readonly<Record<string, Reply>> = {
  'Cloudflare, 403': html(403, '<!DOCTYPE html><html><head><title>Just a moment...</title></head></html>', {
    Server: 'cloudflare',
  }),
  'Aliyun, 405': html(
    405,
    '<html><head><title>405</title></head><body><a href="https://errors.aliyun.com/"></a></body></html>',
  ),
  'Aliyun, 200': html(
    200,
    "<html><script>var arg1='0F1E';function setCookie(n,v){document.cookie=n+'='+v}setCookie('acw_sc__v2',arg1)</script></html>",
  ),
  'SafeLine, 468': html(468, '<!DOCTYPE html><html><head><title>...</title></head><body></body></html>'),
  'SafeLine, 403': html(
    403,
    '<!-- event_id: 1 --><html><body>安全检测能力由 长亭雷池 WAF 提供</body></html>',
  ),
  'Sucuri, 403': html(403, '<html><title>Sucuri WebSite Firewall - Access Denied</title></html>', {
    Server: 'Sucuri/Cloudproxy',
  }),
  'Sucuri, 200': html(
    200,
    "<html><script>s={};sucuri_cloudproxy_js='';document.cookie='x';location.reload();</script></html>",
  ),
  'BaoTa, 403': html(
    403,
    '<!doctype html><title>网站防火墙</title>您的请求带有不合法参数，已被网站管理员设置拦截！',
  ),
  'Imperva, 200': html(
    200,
    '<html><head><META NAME="robots"></head><iframe src="/_Incapsula_Resource?x=1"></iframe></html>',
  ),
  'Akamai, 403': html(
    403,
    '<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD><BODY>Reference #18.2f3c1202.1700000000.1a2b</BODY></HTML>',
    {
      Server: 'AkamaiGHost',
    },
  ),
  'Amazon, 202': { status: 202, headers: { 'x-amzn-waf-action': 'challenge' }, bare: true },
  'Amazon, 405': html(405, '<html><body>Human Verification</body></html>', {
    'x-amzn-waf-action': 'captcha',
  }),
  'DDoS-Guard, 403': html(403, '<!doctype html><title>DDOS-GUARD</title>', { Server: 'ddos-guard' }),
  'unknown, 403': html(403, '<div>Bitte warten</div>'),
  'unknown, 418': html(418, '<p>no</p>'),
  'unknown, 200': html(200, '<html><body>Checking your browser before you go on</body></html>'),
  'unknown, by script': html(200, '<script>document.cookie="a=1";window.location.reload()</script>'),
};

describe('one odd answer', () => {
  let clock: ManualClock;
  let gateway: SampleGateway;
  let testWindow: TestWindow;
  let id: string;

  beforeEach(async () => {
    clock = new ManualClock();
    gateway = await startSampleGateway({ clock: clock.now, settings: BILLS_ACCOUNT });
    testWindow = new TestWindow({ clock });
    await testWindow.monitor.start();
    id = await testWindow.addKey(gateway, 'ok');
    await advanceWindows(MINUTE, clock, testWindow);
    assert.equal(testWindow.keyState(id).status, 'ok');
  });

  afterEach(async () => {
    await testWindow.close();
    await gateway.close();
  });

  const odd = async (reply: Reply): Promise<KeyState> => {
    gateway.setScenario('ok', { reply });
    await advanceWindows(5 * MINUTE, clock, testWindow);
    return testWindow.keyState(id);
  };
  const reasonNow = () => testWindow.store.states.stateOf(id)?.failure?.reason;

  for (const [name, [reply, reason]] of [
    ...Object.entries(ODD),
    ...Object.entries(CHALLENGES).map(([what, challenge]) => [what, [challenge, 'edge-page']] as const),
  ]) {
    it(`${name}: ${reason}; the key is watched on`, async () => {
      const state = await odd(reply);
      assert.equal(reasonNow(), reason);
      assert.ok(
        ['transient', 'blocked-by-edge', 'unexpected'].includes(state.failure?.class ?? ''),
        state.failure?.class,
      );
      assert.equal(state.status, 'ok', 'the last reading stands');
      assert.equal(state.reading?.quota?.remaining, 0.2);
      gateway.setScenario('ok', 'ok');
      await advanceWindows(12 * MINUTE, clock, testWindow);
      assert.deepEqual([testWindow.keyState(id).status, testWindow.keyState(id).failure], ['ok', undefined]);
    });
  }

  it('does not change how often the key is asked in the day that follows', async () => {
    await odd(text(403, 'error code: 1010'));
    gateway.setScenario('ok', 'ok');
    const before = gateway.callsOf(USAGE).length;
    await advanceWindows(24 * HOUR, clock, testWindow);
    const calls = gateway.callsOf(USAGE).length - before;
    // Every nine minutes, since nothing moves: 160, and a few more in the first half hour.
    assert.ok(calls >= 160 && calls <= 165, `${calls} calls`);
  });

  it('that goes on is asked less and less often, and makes figures old, not the key bad', async () => {
    await odd(text(403, 'error code: 1010'));
    const before = gateway.callsOf(USAGE).length;
    await advanceWindows(24 * HOUR, clock, testWindow);
    const calls = gateway.callsOf(USAGE).length - before;
    assert.ok(calls >= 18 && calls <= 24, `${calls} calls`);
    assert.equal(testWindow.keyState(id).status, 'stale');
  });

  for (const [name, reply, failure, status] of [
    ['does not accept it', json(401, { success: false, message: 'Invalid token' }), 'bad-key', 'invalid'],
    ['has disabled it', json(401, own('该令牌状态不可用')), 'disabled', 'disabled'],
    ['has banned its owner', json(403, own('用户已被封禁')), 'disabled', 'disabled'],
  ] as const) {
    it(`the gateway ${name}: that counts after ten minutes, and ends with a good answer`, async () => {
      const state = await odd(reply);
      assert.deepEqual([state.failure?.class, state.status], ['transient', 'ok']);
      const wait = Date.parse(state.nextCheckAt ?? '') - Date.parse(state.checkedAt ?? '');
      assert.ok(wait >= 10 * MINUTE && wait <= 10.5 * MINUTE, `${wait}`);
      await advanceWindows(4 * MINUTE, clock, testWindow);
      await testWindow.refreshKey(id);
      assert.equal(testWindow.keyState(id).failure?.class, 'transient', 'said again too soon');
      await advanceWindows(7 * MINUTE, clock, testWindow);
      assert.deepEqual(
        [testWindow.keyState(id).failure?.class, testWindow.keyState(id).status],
        [failure, status],
      );
      assert.equal(testWindow.keyState(id).reading?.quota?.remaining, 0.2, 'the last reading is kept');
      await testWindow.refreshKey(id);
      assert.equal(testWindow.keyState(id).failure?.class, failure, 'it stays so when it is said once more');
      gateway.setScenario('ok', 'ok');
      await advanceWindows(5 * HOUR, clock, testWindow);
      assert.deepEqual([testWindow.keyState(id).status, testWindow.keyState(id).failure], ['ok', undefined]);
    });
  }

  it('an address that is not allowed is told as that, and asked about as before', async () => {
    const state = await odd(json(403, own('您的 IP 不在令牌允许访问的列表中', 'access_denied')));
    assert.deepEqual([state.failure?.class, state.status], ['forbidden', 'ok']);
    assert.match(state.failure?.message ?? '', /allow-list/);
    assert.doesNotMatch(state.failure?.message ?? '', /Replace/);
  });

  it('a limiter that asks for a second again and again is not asked more often than a healthy gateway', async () => {
    testWindow.settings = { ...testWindow.settings, gateways: new Map([[gateway.origin, { share: 1 }]]) };
    await testWindow.monitor.reload();
    await odd({ status: 429, headers: { 'Retry-After': '1' } });
    const before = gateway.callsOf(USAGE).length;
    await advanceWindows(3 * HOUR, clock, testWindow);
    const calls = gateway.callsOf(USAGE).length - before;
    assert.ok(calls >= 4 && calls <= 7, `${calls} calls`);
    gateway.setScenario('ok', 'ok');
    await advanceWindows(80 * MINUTE, clock, testWindow);
    assert.equal(testWindow.keyState(id).failure, undefined);
  });

  it('a limiter that refuses again and again is asked less and less, once in four hours at last', async () => {
    await odd({ status: 429, headers: { 'Retry-After': '1' } });
    await advanceWindows(24 * HOUR, clock, testWindow);
    const times = gateway.calls.filter(({ status }) => status === 429).map(({ at }) => at);
    const hours = times.slice(1).map((at, index) => (at - (times[index] ?? at)) / HOUR);
    for (const apart of hours.slice(-3)) assert.ok(apart > 3.9 && apart < 4.1, hours.join());
    gateway.setScenario('ok', 'ok');
    await advanceWindows(4 * HOUR + MINUTE, clock, testWindow);
    assert.equal(testWindow.keyState(id).failure, undefined);
  });
});
