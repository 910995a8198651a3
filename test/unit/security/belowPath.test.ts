import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { GatewayError } from '../../../src/core/quota/failure.ts';
import { parseGatewayAddress } from '../../../src/gateways/gatewayAddress.ts';
import type { GatewayResponse } from '../../../src/http/transport.ts';
import { type Host, startHost } from '../../sampleGateways/mount.ts';
import { type SampleGateway, startSampleGateway } from '../../sampleGateways/server.ts';
import { ManualClock } from '../support/manualClock.ts';
import { TestSetup } from '../support/testSetup.ts';

const TOKEN_USAGE = '/api/usage/token/';

describe('a key of a gateway that is mounted below a path', () => {
  let clock: ManualClock;
  let gateway: SampleGateway;
  let host: Host;
  let setup: TestSetup;
  let baseUrl: string;

  beforeEach(async () => {
    clock = new ManualClock();
    gateway = await startSampleGateway({ clock: clock.now });
    host = await startHost({ '/newapi': gateway });
    setup = TestSetup.withGateway(gateway, clock);
    baseUrl = parseGatewayAddress(`${host.origin}/newapi/v1`).baseUrl ?? assert.fail();
  });

  afterEach(async () => {
    await setup.close();
    await host.close();
  });

  async function ask(path: string): Promise<GatewayResponse> {
    const key = await setup.add(setup.key('ok', { baseUrl }));
    return setup.testWindow.keyRequests.run(key, 'quota', (_, { sendRequest }) =>
      sendRequest({ path, secretIn: 'bearer', limiter: 'general' }),
    );
  }

  function assertNothingAtRoot(): void {
    assert.deepEqual(host.rootCalls, [], 'nothing comes to the root of the host');
  }

  it('has that path as its base URL', () => {
    assert.equal(baseUrl, `${host.origin}/newapi`);
  });

  it('is checked below it, and nothing comes to the root', async () => {
    const id = await setup.testWindow.keyService.add(setup.key('ok', { baseUrl }));
    const { status, reading, origin, ...state } = await setup.testWindow.refreshKey(id);
    assert.equal(status, 'ok');
    assert.equal(reading?.name, gateway.key('ok').name);
    assert.deepEqual([origin, state.baseUrl], [host.origin, baseUrl]);
    const secret = gateway.secret('ok').slice(3);
    assert.ok(host.mountedCalls.some(({ text }) => text.includes(secret)));
    assertNothingAtRoot();
  });

  it('answers what a person asks below it, an account’s list and log too', async () => {
    const key = await setup.testWindow.keyService.add(setup.key('ok', { baseUrl }));
    const account = await setup.testWindow.keyService.add(
      setup.account(gateway.key('ok').account, { baseUrl }),
    );
    await setup.testWindow.refreshKey(key);
    const { reading } = await setup.testWindow.refreshKey(account);
    assert.ok((reading?.accountKeys?.length ?? 0) > 0);
    for (const each of [key, account])
      await setup.run('queryUsage', { key: each, from: '2026-06-01', to: '2026-06-02' });
    assert.ok(host.mountedCalls.length >= 4);
    assertNothingAtRoot();
  });

  it('is recognized by public pages below it, with at most five calls and no secret', async () => {
    assert.equal((await setup.testWindow.keyService.recognize(baseUrl))?.gateway.kind, 'newApi');
    assert.ok(host.mountedCalls.length <= 5);
    assert.ok(host.mountedCalls.every(({ text }) => !/authorization|x-api-key/i.test(text)));
    assertNothingAtRoot();
  });

  describe('where the gateway redirects', () => {
    const ELSEWHERE: Readonly<Record<string, string>> = {
      'to the root': TOKEN_USAGE,
      'up by dots': `/newapi/..${TOKEN_USAGE}`,
      'up by escaped dots': `/newapi/%2e%2E${TOKEN_USAGE}`,
      'up by dots of its own place': '../../../../api/usage/token/',
      'up behind an escaped slash': `/newapi/..%2f..${TOKEN_USAGE}`,
      'up by backslashes': '/newapi\\..\\api\\usage\\token\\',
      'up with parameters': `/newapi/..;x=1${TOKEN_USAGE}`,
      'to a longer name': `/newapi2${TOKEN_USAGE}`,
      'to a name in other letters': `/NEWAPI${TOKEN_USAGE}`,
      'to an empty segment': `/newapi//api/usage/token/`,
      'to an escaped slash': `/newapi%2fapi/usage/token/`,
      'to another host by slashes': `//localhost:1${TOKEN_USAGE}`,
      'to another host': `https://elsewhere.invalid/newapi${TOKEN_USAGE}`,
    };
    for (const [where, location] of Object.entries(ELSEWHERE)) {
      it(`${where}, the key does not follow`, async () => {
        host.redirect(`/newapi${TOKEN_USAGE}`, location);
        await assert.rejects(ask(TOKEN_USAGE), ({ failure }: GatewayError) =>
          ['other-page', 'redirected'].includes(failure.reason),
        );
        assert.equal(host.mountedCalls.at(-1)?.path, `/newapi${TOKEN_USAGE}`);
        assertNothingAtRoot();
      });
    }

    it('to the same path without its slash, the key follows', async () => {
      host.redirect('/newapi/api/status/', '/newapi/api/status');
      assert.equal((await ask('/api/status/')).status, 200);
      assert.equal(host.mountedCalls.at(-1)?.path, '/newapi/api/status');
      assertNothingAtRoot();
    });
  });

  it('is bound to its path by whatever asks with its secret', async () => {
    for (const path of [
      `/..${TOKEN_USAGE}`,
      '/%2e%2e/api',
      '/..\\api',
      '//other/api',
      '/x%2f..',
      '',
      'x',
      '/..;/api',
    ])
      await assert.rejects(ask(path), JSON.stringify(path));
    assert.ok(host.mountedCalls.every(({ text }) => !/authorization/i.test(text)));
    assertNothingAtRoot();
  });
});
