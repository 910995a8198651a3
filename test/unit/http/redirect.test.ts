import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import { type Failure, GatewayError } from '../../../src/core/quota/failure.ts';
import { nextRedirect } from '../../../src/http/redirect.ts';
import { sendByDefault } from '../../../src/http/send.ts';
import { createTransport } from '../../../src/http/transport.ts';
import { type SampleGateway, startSampleGateway } from '../../sampleGateways/server.ts';

describe('redirects', () => {
  let gateway: SampleGateway;
  let elsewhere: SampleGateway;
  const send = createTransport(
    () => sendByDefault,
    () => ({ timeoutMs: 5000, maxBytes: 100_000 }),
  );

  before(async () => {
    elsewhere = await startSampleGateway();
    gateway = await startSampleGateway({ elsewhere: elsewhere.origin });
  });

  afterEach(() => {
    gateway.calls.length = 0;
  });

  after(async () => {
    await gateway.close();
    await elsewhere.close();
    assert.deepEqual(elsewhere.calls, [], 'no request ever reached another origin');
  });

  it('are followed for a missing slash, with query and key', async () => {
    const answer = await send({
      url: new URL('/api/usage/token?start_timestamp=1&end_timestamp=2', gateway.origin),
      headers: { authorization: `Bearer ${gateway.secret('ok')}` },
    });
    assert.equal(answer.status, 200);
    assert.deepEqual(
      gateway.calls.map(({ path, search, key }) => ({ path, search, key })),
      [
        { path: '/api/usage/token', search: '?start_timestamp=1&end_timestamp=2', key: 'ok' },
        { path: '/api/usage/token/', search: '?start_timestamp=1&end_timestamp=2', key: 'ok' },
      ],
    );
  });

  it('are followed for a slash too many', async () => {
    const answer = await send({ url: new URL('/api/status/', gateway.origin) });
    assert.equal(answer.status, 200);
    assert.equal(gateway.calls.at(-1)?.path, '/api/status');
  });

  it('keep a key in the query, even when the gateway leaves it out', async () => {
    gateway.setReply('GET /user/quota', { status: 301, headers: { Location: '/user/quota/' } });
    await send({ url: new URL(`/user/quota?key=${gateway.secret('ok')}`, gateway.origin) });
    assert.deepEqual(
      gateway.calls.map(({ path, search }) => path + search),
      ['/user/quota?key=ok', '/user/quota/?key=ok'],
    );
    gateway.setReply('GET /user/quota', undefined);
  });

  /** What each redirect that is not followed is told as. `{elsewhere}` stands for the other origin. */
  const REFUSED: Readonly<Record<string, Failure>> = {
    '301-cross-origin': { class: 'unexpected', reason: 'redirected', status: 301, target: '{elsewhere}' },
    '302-cross-origin': { class: 'unexpected', reason: 'redirected', status: 302, target: '{elsewhere}' },
    '307-cross-origin': { class: 'unexpected', reason: 'redirected', status: 307, target: '{elsewhere}' },
    '308-cross-origin': { class: 'unexpected', reason: 'redirected', status: 308, target: '{elsewhere}' },
    '301-scheme-relative': { class: 'unexpected', reason: 'redirected', status: 301, target: '{elsewhere}' },
    '301-user-in-location': {
      class: 'unexpected',
      reason: 'redirected',
      status: 301,
      target: 'http://elsewhere.example',
    },
    '301-https-elsewhere': {
      class: 'unexpected',
      reason: 'redirected',
      status: 301,
      target: 'https://elsewhere.example',
    },
    '301-http-to-https': { class: 'unexpected', reason: 'https-instead', status: 301, target: '{https}' },
    '301-loop': { class: 'unexpected', reason: 'redirect-loop' },
    '302-to-login': { class: 'transient', reason: 'other-page', status: 302 },
    '301-same-origin-absolute': { class: 'transient', reason: 'other-page', status: 301 },
    '301-no-location': { class: 'unexpected', reason: 'missing-figures', status: 301 },
    '301-bad-location': { class: 'unexpected', reason: 'missing-figures', status: 301 },
    '301-javascript': { class: 'unexpected', reason: 'missing-figures', status: 301 },
  };
  for (const [scenario, failure] of Object.entries(REFUSED)) {
    it(`${scenario} is not followed: ${failure.reason}`, async () => {
      const expected = filled(failure);
      for (const [path, authorization] of [
        ['/api/usage/token/', `Bearer ${gateway.secret(scenario)}`],
        [`/api/usage/token/?key=${gateway.secret(scenario)}`, `Bearer ${gateway.secret(scenario)}`],
      ] as const) {
        const sent = send({ url: new URL(path, gateway.origin), headers: { authorization } });
        await assert.rejects(sent, (error: unknown) => {
          assert.ok(error instanceof GatewayError, String(error));
          assert.deepEqual(error.failure, expected);
          assert.ok(!JSON.stringify(error).includes('CANARY'));
          return true;
        });
      }
    });
  }

  it('in a loop end after three requests', async () => {
    const headers = { authorization: `Bearer ${gateway.secret('301-loop')}` };
    await assert.rejects(send({ url: new URL('/api/usage/token/', gateway.origin), headers }));
    assert.equal(gateway.calls.length, 3);
  });

  function filled(failure: Failure): Failure {
    if (failure.target === undefined) return failure;
    const target = failure.target
      .replace('{elsewhere}', elsewhere.origin)
      .replace('{https}', gateway.origin.replace('http:', 'https:'));
    return { ...failure, target };
  }
});

describe('where a redirect leads', () => {
  const PLAIN = 'http://gw.example/api/usage/token';
  const told = (location: string, from = PLAIN, status = 301) => {
    const headers = { get: () => location, has: () => true };
    try {
      return nextRedirect(new URL(from), { status, headers })?.href;
    } catch (error) {
      assert.ok(error instanceof GatewayError);
      return [error.failure.reason, error.failure.target];
    }
  };

  for (const [location, expected] of [
    ['https://gw.example/api/usage/token', ['https-instead', 'https://gw.example']],
    ['https://gw.example/login', ['https-instead', 'https://gw.example']],
    ['https://other.example/api/usage/token', ['redirected', 'https://other.example']],
    ['http://other.example/login', ['redirected', 'http://other.example']],
    ['http://gw.example:8080/api/usage/token', ['redirected', 'http://gw.example:8080']],
    ['/login', ['other-page', undefined]],
    ['/api/usage/token/', 'http://gw.example/api/usage/token/'],
  ] as const) {
    it(`${location}: ${typeof expected === 'string' ? 'followed' : expected[0]}`, () => {
      assert.deepEqual(told(location), expected);
    });
  }

  it('is read from five statuses, and no other answer leads anywhere', () => {
    const STATUSES = [200, 201, 300, 301, 302, 303, 304, 305, 306, 307, 308, 404];
    assert.deepEqual(
      STATUSES.filter(status => told('/login', PLAIN, status) !== undefined),
      [301, 302, 303, 307, 308],
    );
  });

  it('from https to another port of the same host is to another place, and not to its https', () => {
    assert.deepEqual(told('https://gw.example:8443/api/usage/token', PLAIN.replace('http:', 'https:')), [
      'redirected',
      'https://gw.example:8443',
    ]);
  });
});
