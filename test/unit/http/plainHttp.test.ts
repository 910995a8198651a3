import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { sendsUnencrypted } from '../../../src/core/input/origin.ts';
import { parseOrigin } from '../../../src/core/input/parseOrigin.ts';
import { isPrivateHost } from '../../../src/core/input/privateHost.ts';
import type { Route } from '../../../src/core/ports/settings.ts';
import { mayUsePlainHttp } from '../../../src/http/plainHttp.ts';
import { type SampleGateway, startSampleGateway } from '../../sampleGateways/server.ts';
import { ProxyChild } from '../support/proxyChild.ts';
import { routedTransports } from '../support/routedTransports.ts';

const PRIVATE = [
  '10.0.0.1',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.5',
  '169.254.1.1',
  '100.64.0.1',
  '[fd00::1]',
  '[fc12:3456::1]',
  '[fe80::1]',
  'nas',
  'gateway.local',
  'llm.lan',
  'relay.internal',
  'api.corp',
  'box.home.arpa',
  'localhost',
  '127.0.0.1',
  '[::1]',
];
const PUBLIC = [
  'api.example.com',
  '8.8.8.8',
  '172.15.0.1',
  '172.32.0.1',
  '192.169.0.1',
  '100.63.0.1',
  '100.128.0.1',
  '11.0.0.1',
  '[2001:db8::1]',
  '[fec0::1]',
  '[::ffff:8.8.8.8]',
  'local.example.com',
  'gateway.local.example.com',
];

describe('plain http', () => {
  for (const host of PRIVATE) {
    it(`may be allowed for ${host}, which is in a private network`, () => {
      const { hostname, origin } = new URL(`http://${host}:3000`);
      assert.equal(isPrivateHost(hostname), true);
      assert.equal(mayUsePlainHttp(origin, { allowHttp: true }), true);
    });
  }
  for (const host of PUBLIC) {
    it(`is never allowed for ${host}`, () => {
      assert.equal(mayUsePlainHttp(new URL(`http://${host}`).origin, { allowHttp: true }), false);
    });
  }

  it('needs the user’s setting for this gateway', () => {
    for (const route of [undefined, {}, { allowHttp: false }, { allowHttp: 'yes' }] as (
      | Route
      | undefined
    )[]) {
      assert.equal(mayUsePlainHttp('http://192.168.1.5', route), false);
    }
    const allowed = (origin: string) => origin === 'http://192.168.1.5:3000';
    assert.deepEqual(parseOrigin('http://192.168.1.5:3000/v1', allowed), {
      origin: 'http://192.168.1.5:3000',
    });
    assert.deepEqual(parseOrigin('http://192.168.1.6:3000/v1', allowed), { problem: 'plain-http' });
  });

  it('counts as exposed except on this machine', () => {
    assert.equal(sendsUnencrypted('http://192.168.1.5'), true);
    assert.equal(sendsUnencrypted('http://localhost:3000'), false);
    assert.equal(sendsUnencrypted('https://192.168.1.5'), false);
  });
});

describe('a request over plain http', () => {
  let gateway: SampleGateway;
  let proxy: ProxyChild;
  const INTERNAL = 'http://relay.internal';

  before(async () => {
    gateway = await startSampleGateway();
    proxy = await ProxyChild.start({
      kind: 'http',
      hosts: { 'relay.internal': Number(new URL(gateway.origin).port) },
    });
  });

  after(async () => {
    await proxy.end();
    await gateway.close();
  });

  it('is refused before anything is sent, unless it is allowed', async () => {
    const transports = routedTransports(() => ({ proxy: proxy.address }));
    const before = proxy.seenRequests.length;
    assert.equal(await transports.ask(gateway, INTERNAL), 'plain-http');
    assert.equal(await transports.ask(gateway, 'http://api.example.com'), 'plain-http-public');
    await transports.close();
    assert.equal(proxy.seenRequests.length, before);
    assert.deepEqual(gateway.calls, []);
  });

  it('uses the proxy that is set, once it is allowed', async () => {
    const transports = routedTransports(() => ({ proxy: proxy.address, allowHttp: true }));
    assert.equal(await transports.ask(gateway, INTERNAL), 200);
    await transports.close();
    assert.deepEqual(proxy.seenRequests.at(-1), {
      how: 'plain',
      target: 'relay.internal',
      outcome: 'connected',
      carriedSecret: true,
    });
  });

  it('is refused for a public host even if it is allowed', async () => {
    const transports = routedTransports(() => ({ proxy: proxy.address, allowHttp: true }));
    const before = proxy.seenRequests.length;
    assert.equal(await transports.ask(gateway, 'http://api.example.com'), 'plain-http-public');
    await transports.close();
    assert.equal(proxy.seenRequests.length, before);
  });

  it('to this machine uses no proxy, so that nothing leaves it', async () => {
    const transports = routedTransports(() => ({ proxy: proxy.address }));
    const before = proxy.seenRequests.length;
    assert.equal(await transports.ask(gateway), 200);
    assert.equal(proxy.seenRequests.length, before);
    await transports.close();
  });
});
