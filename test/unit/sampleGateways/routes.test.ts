import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { type SampleGateway, startSampleGateway } from '../../sampleGateways/server.ts';
import { json } from '../../sampleGateways/wire/reply.ts';
import { ask, bearer } from './ask.ts';

describe('sample gateway: routes of New API', () => {
  let gateway: SampleGateway;
  before(async () => {
    gateway = await startSampleGateway({ limits: 'real' });
  });
  after(() => gateway.close());

  it('redirects the other slash form as gin does, and counts no call for it', async () => {
    const answer = await ask(gateway.origin, '/api/usage/token?a=1', {
      ...bearer(gateway.secret('ok')),
      'Accept-Encoding': 'gzip',
    });
    assert.equal(answer.status, 301);
    assert.equal(answer.headers.location, '/api/usage/token/?a=1');
    assert.equal(answer.headers['content-type'], 'text/html; charset=utf-8');
    assert.equal(answer.text, '<a href="/api/usage/token/?a=1">Moved Permanently</a>.\n\n');
    assert.equal(answer.headers['x-new-api-version'], undefined);
    assert.equal(gateway.limiters.critical?.used(), 0);
  });

  for (const [from, to] of [
    ['/api/token', '/api/token/'],
    ['/api/log/token/', '/api/log/token'],
    ['/api/status/', '/api/status'],
    ['/v1/dashboard/billing/usage/', '/v1/dashboard/billing/usage'],
  ] as const) {
    it(`redirects ${from}`, async () => {
      assert.equal((await ask(gateway.origin, from)).headers.location, to);
    });
  }

  it('puts the prefix of a proxy before the redirect', async () => {
    const answer = await ask(gateway.origin, '/api/token', { 'X-Forwarded-Prefix': '/relay' });
    assert.equal(answer.headers.location, '/relay/api/token/');
  });

  for (const [method, path] of [
    ['GET', '/api/nope'],
    ['GET', '/v1/api/usage/token'],
    ['POST', '/api/usage/token/'],
  ] as const) {
    it(`answers 404 to ${method} ${path}`, async () => {
      const answer = await ask(gateway.origin, path, {}, method);
      assert.equal(answer.status, 404);
      assert.equal(
        answer.text,
        `{"error":{"code":"","message":"Invalid URL (${method} ${path})","param":"","type":"invalid_request_error"}}`,
      );
    });
  }

  it('answers 404 without a body to HEAD', async () => {
    const answer = await ask(gateway.origin, '/api/usage/token/', {}, 'HEAD');
    assert.equal(answer.status, 404);
    assert.equal(answer.bytes.length, 0);
  });

  for (const path of ['/console', '//api/usage/token/', '/API/usage/token/', '/']) {
    it(`answers ${path} with its web application`, async () => {
      const answer = await ask(gateway.origin, path);
      assert.equal(answer.status, 200);
      assert.match(answer.headers['content-type'] ?? '', /^text\/html/);
      assert.equal(answer.headers['cache-control'], 'no-cache');
    });
  }

  it('writes JSON as gin does: members in order, markup escaped', async () => {
    const answer = await ask(gateway.origin, '/api/usage/token/', bearer(gateway.secret('name-markup')));
    assert.ok(answer.text.startsWith('{"code":true,"data":{"expires_at":0,"model_limits":{},'));
    assert.ok(answer.text.includes('"name":"\\u003cb\\u003e\\u0026\\u2028"'));
    assert.equal(answer.headers['content-type'], 'application/json; charset=utf-8');
    assert.equal(answer.headers['x-new-api-version'], 'v1.0.0-rc.24');
    assert.ok(answer.headers['x-oneapi-request-id']);
  });

  it('answers a route with what a test puts there', async () => {
    gateway.setReply('GET /api/status', json(404, { error: 'gone' }));
    assert.equal((await ask(gateway.origin, '/api/status')).status, 404);
    gateway.setReply('GET /api/status', undefined);
    assert.equal((await ask(gateway.origin, '/api/status')).status, 200);
  });
});
