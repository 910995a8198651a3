import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { Answer } from '../../reports/report.ts';
import { ReportGateway } from '../../reports/reportGateway.ts';
import { secretFor } from '../../sampleGateways/secrets.ts';
import { ManualClock } from '../support/manualClock.ts';
import { MINUTE } from '../support/samples.ts';
import { TestWindow } from '../support/testWindow.ts';

const json = (json: unknown, status = 200): Answer => ({ status, headers: {}, json });
const USAGE = '/api/usage/token/';
/** What a single-page application answers for every path it does not know. */
const SHELL =
  '<!doctype html><html><head><title>New API</title></head><body><div id="root"></div></body></html>';
const BILLING = '/v1/dashboard/billing';

let clock: ManualClock;
let gateway: ReportGateway;
let testWindow: TestWindow;

function answer(path: string, answer: Answer): void {
  gateway.answers.set(path, answer);
}

async function added() {
  const draft = { label: 'Team', kind: 'newApi', credential: 'apiKey', baseUrl: gateway.origin } as const;
  return testWindow.keyService.add({ ...draft, secret: secretFor('odd sites') });
}

describe('a site whose status does not tell what it runs', () => {
  beforeEach(async () => {
    clock = new ManualClock();
    gateway = await ReportGateway.start(clock.now);
    testWindow = new TestWindow({ clock });
    answer('/api/status', json({ success: true, data: { quota_per_unit: 500_000 } }));
    answer(`${BILLING}/subscription`, json({ hard_limit_usd: 20, access_until: 0 }));
    answer(`${BILLING}/usage`, json({ total_usage: 500 }));
  });

  afterEach(async () => {
    await testWindow.close();
    await gateway.stop();
  });

  for (const [name, lack] of Object.entries<Answer>({
    'a page with 404': { status: 404, headers: {}, text: '<html>404 Not Found</html>' },
    'an empty 405': { status: 405, headers: {}, text: '' },
    // Old versions and relatives answer what they do not know by their own page, or send on to where it stands.
    'its own page with 200': { status: 200, headers: { 'content-type': 'text/html' }, text: SHELL },
    'its own page that calls itself JSON': {
      status: 200,
      headers: { 'content-type': 'application/json' },
      text: `\uFEFF\n${SHELL}`,
    },
    'sending on to its first page': { status: 302, headers: { location: '/' }, text: '' },
    'sending on to where its pages stand': {
      status: 301,
      headers: { location: 'https://pages.example/api/usage/token/' },
      text: '',
    },
  })) {
    it(`is asked once an hour for what it lacks, by ${name}`, async () => {
      answer(USAGE, lack);
      const id = await added();
      const { reading, failure } = await testWindow.refreshKey(id);
      assert.deepEqual([reading?.quota?.remaining, reading?.source, failure], [15, 'billing', undefined]);
      const before = gateway.asked.filter(path => path === USAGE).length;
      clock.jump(10 * MINUTE);
      assert.equal((await testWindow.refreshKey(id)).reading?.quota?.remaining, 15);
      assert.equal(gateway.asked.filter(path => path === USAGE).length, before);
      clock.jump(60 * MINUTE);
      await testWindow.refreshKey(id);
      assert.equal(gateway.asked.filter(path => path === USAGE).length, before + 1);
    });
  }

  const page = (text: string): Answer => ({ status: 200, headers: { 'content-type': 'text/html' }, text });

  it('tells billing also where only the paths without /v1 are no pages', async () => {
    answer(USAGE, page(SHELL));
    for (const part of ['subscription', 'usage']) {
      answer(`/dashboard/billing/${part}`, gateway.answers.get(`${BILLING}/${part}`) ?? page(SHELL));
      answer(`${BILLING}/${part}`, page(SHELL));
    }
    assert.equal((await testWindow.refreshKey(await added())).reading?.quota?.remaining, 15);
  });

  it('is said to answer by a page where billing does too, and is asked again', async () => {
    for (const path of [USAGE, `${BILLING}/subscription`, '/dashboard/billing/subscription'])
      answer(path, page(SHELL));
    const { reading, failure } = await testWindow.refreshKey(await added());
    assert.deepEqual([reading, failure?.reason], [undefined, 'html']);
  });

  it('is said to answer by a page where there is no billing', async () => {
    answer(USAGE, page(SHELL));
    for (const part of ['subscription', 'usage']) gateway.answers.delete(`${BILLING}/${part}`);
    const { failure } = await testWindow.refreshKey(await added());
    assert.equal(failure?.reason, 'html');
  });

  it('is refused by billing where a page hides that the key is not good', async () => {
    answer(USAGE, page(SHELL));
    answer(`${BILLING}/subscription`, json({ error: { message: '无效的令牌', type: 'one_api_error' } }, 401));
    assert.equal((await testWindow.refreshKey(await added())).status, 'invalid');
  });

  for (const [what, text] of [
    ['a challenge', '<html><title>Just a moment...</title></html>'],
    ['a page that checks for people', '<html><body>Please complete the captcha</body></html>'],
  ] as const) {
    it(`is not taken for one without usage by ${what}, which is no lack`, async () => {
      answer(USAGE, page(text));
      const { reading, failure } = await testWindow.refreshKey(await added());
      assert.deepEqual([reading, failure?.class], [undefined, 'blocked-by-edge']);
    });
  }

  for (const [what, location] of [
    ['a login', '/login?next=%2Fapi%2Fusage%2Ftoken%2F'],
    ['a challenge', '/cdn-cgi/challenge'],
    ['its first page', '/'],
  ] as const) {
    it(`is not said to lack anything where all of it sends on to ${what}`, async () => {
      for (const path of [USAGE, `${BILLING}/subscription`, '/dashboard/billing/subscription'])
        answer(path, { status: 302, headers: { location }, text: '' });
      const { failure } = await testWindow.refreshKey(await added());
      assert.deepEqual([failure?.class, failure?.reason], ['transient', 'other-page']);
      assert.doesNotMatch(failure?.message ?? '', /kind|does not offer/);
      assert.ok(!gateway.asked.includes(location.split('?')[0] ?? ''), 'and nobody goes there');
    });
  }

  it('tells the account where a limit is below nothing, and that is what is left of it', async () => {
    answer(`${BILLING}/subscription`, json({ hard_limit_usd: -0.08, access_until: 0 }));
    answer(`${BILLING}/usage`, json({ total_usage: 68 }));
    const { reading, status } = await testWindow.refreshKey(await added());
    assert.deepEqual(
      [status, reading?.source, reading?.quota, reading?.account],
      ['exhausted', 'account', undefined, { balance: -0.08, used: 0.68 }],
    );
  });
});

describe('a refusal that a fork words in its own way', () => {
  beforeEach(async () => {
    clock = new ManualClock();
    gateway = await ReportGateway.start(clock.now);
    testWindow = new TestWindow({ clock });
    answer('/api/status', json({ success: true, data: { quota_display_type: 'USD' } }));
  });

  afterEach(async () => {
    await testWindow.close();
    await gateway.stop();
  });

  for (const message of ['分组 vip 已被弃用', '令牌分组 vip 已被禁用']) {
    it(`says that the key’s group is not there any more: “${message}”`, async () => {
      answer(
        USAGE,
        json({ code: true, data: { total_granted: 1000, total_used: 0, total_available: 1000 } }),
      );
      answer(`${BILLING}/subscription`, json({ error: { message, type: 'new_api_error' } }, 403));
      const state = await testWindow.refreshKey(await added());
      assert.deepEqual([state.status, state.failure?.class], ['unknown', 'forbidden']);
    });
  }

  for (const message of [
    'IP not allowed',
    'Your IP is not in the list of allowed IPs',
    'IP 1.2.3.4 不在白名单中',
  ]) {
    it(`names the allow-list: “${message}”`, async () => {
      answer(USAGE, json({ success: false, message }, 403));
      const { failure } = await testWindow.refreshKey(await added());
      assert.equal(failure?.class, 'forbidden');
      assert.match(failure?.message ?? '', /allow-list/);
    });
  }

  for (const code of [500, '503']) {
    it(`is trouble that passes with HTTP 200 and the code ${JSON.stringify(code)}`, async () => {
      answer(USAGE, json({ code, message: 'database is busy' }));
      const { failure } = await testWindow.refreshKey(await added());
      assert.equal(failure?.class, 'transient');
      assert.match(failure.message ?? '', /Retrying automatically.*“database is busy”/);
      assert.doesNotMatch(failure.message ?? '', /kind and origin|origin and the kind/i);
    });
  }

  it('wants a client certificate, by a status of its own', async () => {
    answer(USAGE, { status: 496, headers: {}, text: '<html><title>SSL Certificate Required</title></html>' });
    const { failure } = await testWindow.refreshKey(await added());
    assert.match(failure?.message ?? '', /requires a client certificate/);
  });
});
