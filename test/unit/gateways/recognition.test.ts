import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { failed, type GatewayError } from '../../../src/core/quota/failure.ts';
import type { Gateway, Probe } from '../../../src/gateways/gateway.ts';
import { gatewayOfHost } from '../../../src/gateways/gatewayAddress.ts';
import { newApi } from '../../../src/gateways/newApi/newApi.ts';
import { recognizeGateway } from '../../../src/gateways/recognizeGateway.ts';
import type { GatewayResponse } from '../../../src/http/transport.ts';
import { type Fleet, startFleet } from '../../sampleGateways/fleet.ts';
import type { FleetSiteName } from '../../sampleGateways/fleetSites.ts';
import { faults } from '../../sampleGateways/scenarios/faults.ts';
import { pages } from '../../sampleGateways/scenarios/pages.ts';
import { redirects } from '../../sampleGateways/scenarios/redirects.ts';
import { type SampleGateway, startSampleGateway } from '../../sampleGateways/server.ts';
import { forSimpleKinds } from '../../sampleGateways/simple/simpleKinds.ts';
import { empty, json, page, plainJson, type Reply } from '../../sampleGateways/wire/reply.ts';
import { TestWindow } from '../support/testWindow.ts';
import { SIMPLE_PROOFS } from './simple/proofs.ts';

describe('recognizing the sample gateways by probes', () => {
  let fleet: Fleet;
  let testWindow: TestWindow;
  before(async () => {
    fleet = await startFleet();
    testWindow = new TestWindow();
  });
  after(async () => {
    await testWindow.close();
    await fleet.close();
  });

  const BY_PAGE = new Map(SIMPLE_PROOFS.map(({ kind, recognizedBy }) => [kind, recognizedBy]));
  /** The query service has nothing to show without a key, so its kind is chosen by the user. */
  const KINDS: Readonly<Record<FleetSiteName, string | undefined>> = {
    newApi: 'newApi',
    newApiCny: 'newApi',
    oneApi: 'newApi',
    cometApi: 'cometApi',
    cometQuery: undefined,
    aioHub: 'aioHub',
    cheapestInference: 'cheapestInference',
    // It has one host, and no public page of its own that tells it apart.
    openRouter: undefined,
    liteLlm: 'liteLlm',
    sub2Api: 'sub2Api',
    ...forSimpleKinds((_, kind) => BY_PAGE.get(kind) && kind),
  };
  /** Where fewer than all pages are asked. An unknown path is answered as each server's framework does. */
  const STATUS_ALONE = ['/api/status'];
  const PAGES: Readonly<Partial<Record<FleetSiteName, readonly string[]>>> = {
    newApi: STATUS_ALONE,
    newApiCny: STATUS_ALONE,
    oneApi: STATUS_ALONE,
    cometApi: STATUS_ALONE,
    aioHub: STATUS_ALONE,
    liteLlm: ['/api/status', '/health/liveliness'],
    sub2Api: ['/api/status', '/api/v1/settings/public'],
    ...Object.fromEntries(BY_PAGE),
  };
  for (const [name, kind] of Object.entries(KINDS)) {
    it(`${name} is ${kind ?? 'not recognized'}, by five calls at most and none that is scarce`, async () => {
      const gateway = fleet.gateways[name as FleetSiteName];
      assert.equal((await testWindow.keyService.recognize(gateway.origin))?.gateway.kind, kind);
      assert.ok(gateway.calls.length <= 5, String(gateway.calls.length));
      assert.deepEqual(
        gateway.calls.map(({ path }) => path),
        PAGES[name as FleetSiteName] ?? [
          '/api/status',
          '/health/liveliness',
          '/api/v1/settings/public',
          '/health',
          '/api/plans',
        ],
      );
      assert.ok(gateway.calls.every(({ carriedSecret }) => !carriedSecret));
      assert.equal(gateway.limiters.critical?.used() ?? 0, 0);
    });
  }

  it('an origin where nobody answers is a failure, not an unknown kind', async () => {
    await assert.rejects(
      testWindow.keyService.recognize(fleet.origins.unreachable),
      /transient: connection-broken/,
    );
  });
});

describe('recognizing a known host', () => {
  for (const [origin, kind] of [
    ['https://api.cometapi.com', 'cometApi'],
    ['https://query.cometapi.com', 'cometApi'],
    ['https://api.aiohub.org', 'aioHub'],
    ['https://api.cheapestinference.com', 'cheapestInference'],
    ['https://openrouter.ai', 'openRouter'],
    ['https://api.cometapi.com:8443', 'cometApi'],
    ...SIMPLE_PROOFS.flatMap(({ kind, origins }) => origins.map(origin => [origin, kind] as const)),
  ] as const) {
    it(`${origin} costs no call`, async () => {
      const nobody = () => assert.fail('something was asked');
      assert.equal((await recognizeGateway(origin, nobody))?.gateway.kind, kind);
    });
  }

  it('does not recognize other hosts by name', () => {
    for (const host of ['cometapi.com', 'api.cometapi.com.example', 'xapi.cometapi.com', 'localhost']) {
      assert.equal(gatewayOfHost(`https://${host}`), undefined);
    }
  });
});

describe('recognizing an unknown host by its answers', () => {
  let stranger: SampleGateway;
  let elsewhere: SampleGateway;
  let testWindow: TestWindow;
  beforeEach(async () => {
    elsewhere = await startSampleGateway({ scenarios: 'none' });
    stranger = await startSampleGateway({ kind: 'cometQuery', elsewhere: elsewhere.origin });
    testWindow = new TestWindow();
  });
  afterEach(async () => {
    assert.deepEqual(elsewhere.calls, [], 'no other origin was asked');
    await testWindow.close();
    await stranger.close();
    await elsewhere.close();
  });

  const recognized = async (path: string, reply: Reply | undefined) => {
    stranger.setReply(`GET ${path}`, reply);
    return (await testWindow.keyService.recognize(stranger.origin))?.gateway.kind;
  };

  const STATUS: Readonly<Record<string, readonly [Reply | undefined, string | undefined]>> = {
    'One API, which has no header': [
      json(200, { success: true, data: { quota_per_unit: 500_000 } }),
      'newApi',
    ],
    'New API behind a wall, by its header': [
      json(403, { error: 'no' }, { 'X-New-Api-Version': 'v1.0.0' }),
      'newApi',
    ],
    'a site that took a name in use elsewhere': [
      json(200, { success: true, data: { system_name: 'AIOHub' } }),
      undefined,
    ],
    'a status of other software': [json(200, { status: 'ok', version: '2.1' }), undefined],
    'a refusal': [json(401, { message: 'no' }), undefined],
    'an empty answer': [empty(200), undefined],
    'a web page': [pages['html-200']?.reply, undefined],
    null: [faults['json-null']?.reply, undefined],
    'half an answer': [faults['truncated-json']?.reply, undefined],
    'an answer without end': [faults['never-ends']?.reply, undefined],
    'a web page about a relay': [page(200, '<p>{"service":"claude-relay-service"}</p>'), undefined],
    'a relay that another names': [json(200, { peer: { service: 'claude-relay-service' } }), undefined],
    'a way to another origin': [redirects['301-cross-origin']?.reply, undefined],
  };
  for (const [name, [reply, kind]] of Object.entries(STATUS)) {
    it(`${name}: ${kind ?? 'not recognized'}`, async () => {
      assert.equal(await recognized('/api/status', reply), kind);
      assert.ok(stranger.calls.length <= 5);
    });
  }

  for (const [name, reply] of [
    ['no plans', plainJson(200, [])],
    ['plans without prices', plainJson(200, [{ slug: 'free' }])],
    ['plans of something else', plainJson(200, { plans: [{ slug: 'free', priceUsdc: 1 }] })],
  ] as const) {
    it(`${name}: not recognized`, async () => {
      assert.equal(await recognized('/api/plans', reply), undefined);
    });
  }

  it('a connection that breaks is a failure', async () => {
    await assert.rejects(recognized('/api/status', faults.reset?.reply), /connection-broken/);
  });

  const KEPT_OUT: Readonly<Record<string, readonly [Reply | undefined, RegExp]>> = {
    'a protection page': [pages['cf-403-html']?.reply, /blocked-by-edge: edge-page/],
    'a challenge in words alone': [
      page(403, 'error code: 1010', { 'Content-Type': 'text/plain' }),
      /blocked-by-edge: edge-page/,
    ],
    'a challenge in JSON': [
      json(403, { title: 'Error 1010', cloudflare_error: true, error_code: 1010 }),
      /blocked-by-edge: edge-page/,
    ],
    'a challenge that says it is busy': [
      page(503, '<!DOCTYPE html><title>Just a moment...</title>'),
      /blocked-by-edge: edge-page/,
    ],
    'SafeLine’s challenge': [empty(468), /blocked-by-edge: edge-page/],
    'an overloaded server': [json(503, { message: 'later' }), /transient: server-error/],
    'a gateway that does not answer whoever stands in front': [
      page(502, '<html>'),
      /transient: server-error/,
    ],
    'a server that wants a certificate of ours': [
      page(400, '<html><title>400 No required SSL certificate was sent</title>'),
      /unexpected: client-certificate/,
    ],
  };
  for (const [name, [reply, failure]] of Object.entries(KEPT_OUT)) {
    it(`${name} is told as such, since behind it there may be any gateway`, async () => {
      await assert.rejects(recognized('/api/status', reply), failure);
    });
  }

  it('what another path answers counts for more than a protection page', async () => {
    stranger.setReply('GET /api/plans', plainJson(200, [{ slug: 'free', priceUsdc: 1 }]));
    assert.equal(await recognized('/api/status', pages['cf-403-html']?.reply), 'cheapestInference');
  });

  it('what another path answers counts for more than a way to a login', async () => {
    const login = empty(302, { Location: '/login' });
    await assert.rejects(recognized('/api/status', login), /transient: other-page/);
    stranger.setReply('GET /api/plans', plainJson(200, [{ slug: 'free', priceUsdc: 1 }]));
    assert.equal(await recognized('/api/status', login), 'cheapestInference');
  });

  it('asks five times at most, where each path leads to itself with a slash too', async () => {
    for (const path of ['/api/status', '/health/liveliness', '/api/v1/settings/public', '/health'])
      stranger.setReply(`GET ${path}`, empty(301, { Location: `${path}/` }));
    assert.equal(await testWindow.keyService.recognize(stranger.origin), undefined);
    assert.deepEqual(
      stranger.calls.map(({ path }) => path),
      ['/api/status', '/api/status/', '/health/liveliness', '/health/liveliness/', '/api/v1/settings/public'],
    );
  });

  it('a pause that is asked for is told as one, until it is over, and is not taken for an unknown kind', async () => {
    const wait = /rate-limited: too-many-requests/;
    await assert.rejects(recognized('/api/status', empty(429, { 'Retry-After': '180' })), wait);
    const asked = stranger.calls.length;
    stranger.setReply('GET /api/status', undefined);
    await assert.rejects(testWindow.keyService.recognize(stranger.origin), (error: GatewayError) => {
      assert.match(String(error), wait);
      const { retryAfterMs = 0 } = error.failure;
      assert.ok(retryAfterMs > 170_000 && retryAfterMs <= 180_000, String(retryAfterMs));
      return true;
    });
    assert.equal(stranger.calls.length, asked, 'nothing was asked during the pause');
  });

  it('a pause at the last of the paths is told as one too', async () => {
    await assert.rejects(recognized('/api/plans', empty(429)), /rate-limited: too-many-requests/);
  });

  it('a pause of New API that tells its version is New API', async () => {
    const reply = empty(429, { 'X-New-Api-Version': 'v0.12.0' });
    assert.equal(await recognized('/api/status', reply), 'newApi');
  });

  it('asks up to five paths, the last of them too, and not a sixth', async () => {
    const asked: string[] = [];
    const ask = async ({ path }: { path: string }) => {
      asked.push(path);
      return { status: 200, headers: new Headers(), text: path } as GatewayResponse;
    };
    const kinds = Array.from({ length: 6 }, (_, index) => ({
      ...newApi,
      kind: `kind ${index}`,
      probe: {
        path: `/probe/${index}`,
        recognizes: async ({ text }: GatewayResponse) => text === `/probe/${hit}` && index === hit,
      },
    }));
    let hit = 4;
    assert.equal((await recognizeGateway('https://stranger.example', ask, kinds))?.gateway.kind, 'kind 4');
    assert.deepEqual(asked, ['/probe/0', '/probe/1', '/probe/2', '/probe/3', '/probe/4']);
    hit = 5;
    asked.length = 0;
    assert.equal(await recognizeGateway('https://stranger.example', ask, kinds), undefined);
    assert.equal(asked.length, 5);
  });

  const recognizedBy = async (answers: Readonly<Record<string, string>>, kinds: readonly Gateway[]) => {
    const asked: string[] = [];
    const ask = async ({ path }: { path: string }) => {
      asked.push(path);
      return { status: 404, headers: new Headers(), text: answers[path] } as GatewayResponse;
    };
    const found = await recognizeGateway('https://stranger.example', ask, kinds);
    return [found?.gateway.kind, found?.page, asked] as const;
  };
  const probed = (kind: string, path: string, more: Partial<Gateway & Probe> = {}): Gateway => ({
    ...newApi,
    kind,
    hosts: more.hosts ?? [],
    probe: { path, recognizes: async ({ text }) => text === kind, isLikelyAfter: more.isLikelyAfter },
  });

  it('shows one answer to every kind, and says which page it was', async () => {
    const kinds = [probed('first', '/first'), probed('second', '/second')];
    assert.deepEqual(await recognizedBy({ '/first': 'second' }, kinds), ['second', '/first', ['/first']]);
  });

  it('asks first for the page of a kind that an answer speaks for, and last for one with a host of its own', async () => {
    const kinds = [
      probed('own host', '/own', { hosts: ['own.example'] }),
      probed('first', '/first'),
      probed('second', '/second'),
      probed('third', '/third', { isLikelyAfter: ({ text }) => text === 'as third' }),
    ];
    const order = async (answer: string) => (await recognizedBy({ '/first': answer }, kinds))[2];
    assert.deepEqual(await order('as nobody'), ['/first', '/second', '/third', '/own']);
    assert.deepEqual(await order('as third'), ['/first', '/third', '/second', '/own']);
  });

  it('asks for no other path once it is told to pause', async () => {
    const asked: string[] = [];
    const ask = async ({ path }: { path: string }) => {
      asked.push(path);
      return { status: 429, headers: new Headers(), text: '' } as GatewayResponse;
    };
    await assert.rejects(recognizeGateway('https://stranger.example', ask), /too-many-requests/);
    assert.deepEqual(asked, ['/api/status']);
  });

  it('knows no kind after a failure that says so, and fails by one that says nothing about it', async () => {
    const by = (error: Error) => recognizeGateway('https://stranger.example', () => Promise.reject(error));
    assert.equal(await by(failed('unexpected', 'too-large')), undefined);
    for (const error of [
      failed('unexpected', 'not-http'),
      failed('unexpected', 'client-certificate'),
      failed('transient', 'connection-broken'),
      failed('rate-limited', 'own-budget'),
      new TypeError('ours'),
    ])
      await assert.rejects(by(error), error);
  });

  it('takes a kind of its own for better than its family, and passes over one without a probe', async () => {
    const ask = async () => ({ status: 200, headers: new Headers(), text: '{}' }) as GatewayResponse;
    const probe = { path: '/api/status', recognizes: async () => true };
    const family = { ...newApi, kind: 'family', probe: { ...probe, isFamily: true } };
    const kinds = [{ ...newApi, kind: 'none', probe: undefined }, family, { ...newApi, kind: 'own', probe }];
    const recognized = (of: typeof kinds) => recognizeGateway('https://stranger.example', ask, of as never);
    assert.equal((await recognized(kinds))?.gateway.kind, 'own');
    assert.equal((await recognized(kinds.slice(0, 2)))?.gateway.kind, 'family');
    assert.equal(await recognized(kinds.slice(0, 1)), undefined);
  });

  it('asks an unknown host thirty times in three minutes at most, and says so then', async () => {
    for (let i = 0; i < 6; i++)
      assert.equal(await testWindow.keyService.recognize(stranger.origin), undefined);
    await assert.rejects(testWindow.keyService.recognize(stranger.origin), /rate-limited: own-budget/);
    assert.equal(stranger.calls.length, 30);
  });
});
