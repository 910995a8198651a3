import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import { addressOf, mountPathOf, originAndBaseUrl } from '../../../../src/core/input/baseUrl.ts';
import { isBelow } from '../../../../src/core/input/isBelow.ts';
import { parseBaseUrl } from '../../../../src/core/input/parseBaseUrl.ts';
import { secretFor } from '../../../sampleGateways/secrets.ts';
import { forAll } from '../../support/forAll.ts';

const HOST = 'https://relay.example';

describe('the base URL in an address', () => {
  const BASE_URLS: Readonly<Record<string, string>> = {
    'https://relay.example': HOST,
    'https://relay.example/v1': HOST,
    'https://relay.example/v1/': HOST,
    'https://relay.example/V1/chat/completions': HOST,
    'https://relay.example/api/v1': HOST,
    'https://relay.example/console/token': HOST,
    'https://relay.example/register?aff=x#top': HOST,
    'https://relay.example/index.html': HOST,
    'https://relay.example/newapi': `${HOST}/newapi`,
    'https://relay.example/newapi/': `${HOST}/newapi`,
    'https://relay.example/newapi/v1': `${HOST}/newapi`,
    'https://relay.example/newapi/v1/models': `${HOST}/newapi`,
    'https://relay.example/newapi/api/usage/token/': `${HOST}/newapi`,
    'https://relay.example/NewAPI': `${HOST}/NewAPI`,
    'https://relay.example/team/a/litellm/v1': `${HOST}/team/a/litellm`,
    'https://relay.example//newapi//v1': `${HOST}/newapi`,
    'https://relay.example/a/../newapi/./v1': `${HOST}/newapi`,
    'https://relay.example/a/%2e%2e/newapi': `${HOST}/newapi`,
    'https://relay.example/%6eewapi': `${HOST}/newapi`,
    'https://relay.example/中转/v1': `${HOST}/%E4%B8%AD%E8%BD%AC`,
    'https://relay.example/%e4%b8%ad%e8%bd%ac': `${HOST}/%E4%B8%AD%E8%BD%AC`,
    'https:\\\\relay.example\\newapi\\v1': `${HOST}/newapi`,
    'RELAY.example:8443/newapi': 'https://relay.example:8443/newapi',
    'OPENAI_BASE_URL="https://relay.example/newapi/v1"': `${HOST}/newapi`,
    'curl https://relay.example/newapi/v1/models -H "Authorization: Bearer x"': `${HOST}/newapi`,
    'http://127.0.0.1:4000/litellm': 'http://127.0.0.1:4000/litellm',
    'https://relay.example/task-force-llm-gateway-2/v1': `${HOST}/task-force-llm-gateway-2`,
    [`https://relay.example/v1?key=${secretFor('in a query')}`]: HOST,
  };
  for (const [text, baseUrl] of Object.entries(BASE_URLS)) {
    it(`${JSON.stringify(text)} is ${baseUrl}`, () => assert.deepEqual(parseBaseUrl(text), { baseUrl }));
  }

  const UNCLEAR = [
    '/newapi%2fv1',
    '/newapi/..%2fadmin',
    '/newapi/..%5cadmin',
    '/newapi;a=b/v1',
    '/newapi/..;/admin',
    '/%252e%252e/newapi',
    '/newapi%00',
    '/newapi/.../x',
    '/%zz',
    `/${secretFor('in a path')}`,
    // The end of the line between the two was lost.
    secretFor('behind a host'),
    `/v1${secretFor('behind a path')}`,
  ];
  for (const path of UNCLEAR) {
    it(`is not clear with the path ${JSON.stringify(path.slice(0, 20))}`, () =>
      assert.deepEqual(parseBaseUrl(HOST + path), { problem: 'unclear-path' }));
  }

  it('ends before what the paths of its kind begin with', () => {
    const ownPaths = ['key', 'v1'];
    assert.deepEqual(parseBaseUrl(`${HOST}/api/v1`, undefined, ownPaths), { baseUrl: `${HOST}/api` });
    assert.deepEqual(parseBaseUrl(`${HOST}/api/key/info`, undefined, ownPaths), { baseUrl: `${HOST}/api` });
  });

  it('has the problems of an origin', () => {
    assert.deepEqual(parseBaseUrl('http://gw.example/newapi'), { problem: 'plain-http-public' });
    assert.deepEqual(parseBaseUrl(''), { problem: 'empty' });
  });

  it('is parsed again as itself, and holds its own paths, whatever was pasted', () => {
    const pasted = fc.webPath().map(path => HOST + path);
    forAll(fc.oneof(pasted, fc.webUrl()), text => {
      const { baseUrl } = parseBaseUrl(text);
      if (baseUrl === undefined) return true;
      const isItself = parseBaseUrl(baseUrl).baseUrl === baseUrl;
      return isItself && isBelow(new URL(`${baseUrl}/api/status`), baseUrl);
    });
  });
});

describe('a base URL', () => {
  it('is an address without its scheme, an origin and a path', () => {
    const mounted = 'http://127.0.0.1:4000/a/litellm';
    assert.deepEqual([addressOf(mounted), mountPathOf(mounted)], ['127.0.0.1:4000/a/litellm', '/a/litellm']);
    assert.deepEqual(originAndBaseUrl(mounted), { origin: 'http://127.0.0.1:4000', baseUrl: mounted });
    assert.deepEqual([addressOf(HOST), mountPathOf(HOST)], ['relay.example', '']);
    assert.deepEqual(originAndBaseUrl(HOST), { origin: HOST });
  });
});
