import assert from 'node:assert/strict';
import { afterEach, before, beforeEach, describe, it } from 'mocha';
import { redactor } from '../../../../../src/redaction/redactor.ts';
import type * as SetProxyLogin from '../../../../../src/vscode/commands/keys/setProxyLogin.ts';
import { ProxyLogins } from '../../../../../src/vscode/host/proxyLogins.ts';
import { startHttpProxy, type TestProxy } from '../../../../proxy/httpProxy.ts';
import { passwordFor } from '../../../../sampleGateways/secrets.ts';
import { type SampleGateway, startSampleGateway } from '../../../../sampleGateways/server.ts';
import { CommandDesk } from '../../../support/commandDesk.ts';
import { type Routed, routed } from '../../../support/routed.ts';
import { importWithStub, vscodeStub } from '../../../support/vscodeStub.ts';

const LOGIN = { user: 'me', password: passwordFor('proxy login') };

describe('the login at a proxy', () => {
  let gateway: SampleGateway;
  let proxy: TestProxy;
  let desk: CommandDesk;
  let routes: Routed;
  let address: string;
  let setProxyLogin: typeof SetProxyLogin.setProxyLogin.run;

  before(async () => {
    ({
      setProxyLogin: { run: setProxyLogin },
    } = await importWithStub<typeof SetProxyLogin>('vscode/commands/keys/setProxyLogin.ts'));
  });

  beforeEach(async () => {
    gateway = await startSampleGateway();
    proxy = await startHttpProxy({
      login: LOGIN,
      hosts: { 'relay.internal': Number(new URL(gateway.origin).port) },
    });
    address = `http://127.0.0.1:${proxy.port}`;
    const route = { proxy: address, allowHttp: true };
    desk = await CommandDesk.open({ settings: { gateways: new Map([['http://relay.internal', route]]) } });
    routes = routed(
      () => route,
      () => desk.parts.proxyLogins.read(address),
    );
    vscodeStub.shown = [];
  });

  afterEach(async () => {
    vscodeStub.person = {};
    await routes.close();
    await desk.close();
    await proxy.close();
    await gateway.close();
  });

  const ask = () => routes.ask(gateway, 'http://relay.internal');

  it('is asked for, kept in the secret storage, and used', async () => {
    assert.equal(await ask(), 'proxy-login');
    vscodeStub.person = { typed: (_prompt, _value, password) => (password ? LOGIN.password : LOGIN.user) };
    await setProxyLogin(desk.parts, undefined);
    assert.equal(await ask(), 200);
    assert.deepEqual([...desk.world.storage.entries], [[`proxy:${address}`, JSON.stringify(LOGIN)]]);
    assert.ok(!vscodeStub.shown.join('\n').includes('CANARY'));
  });

  it('can be given by argument, and forgotten', async () => {
    await setProxyLogin(desk.parts, { proxy: address, ...LOGIN });
    assert.equal(await ask(), 200);
    await setProxyLogin(desk.parts, { proxy: address, user: '' });
    assert.equal(await ask(), 'proxy-login');
    assert.equal(desk.world.storage.entries.size, 0);
  });

  it('that a key ring does not give out is told as such, and blamed on neither proxy nor gateway', async () => {
    await setProxyLogin(desk.parts, { proxy: address, ...LOGIN });
    desk.world.storage.locked = true;
    assert.equal(await ask(), 'proxy-login-unread');
    desk.world.storage.locked = false;
    assert.equal(await ask(), 200);
  });

  it('that a key ring never gives out is told within any timeout, and used when it comes after all', async () => {
    await setProxyLogin(desk.parts, { proxy: address, ...LOGIN });
    const { storage } = desk.world;
    const get = storage.get.bind(storage);
    let answer = () => undefined as unknown;
    let asked = 0;
    storage.get = name => {
      asked++;
      return new Promise(resolve => {
        answer = () => resolve(get(name));
      });
    };
    const logins = new ProxyLogins(storage, redactor, () => 500);
    const slow = routed(
      () => ({ proxy: address, allowHttp: true }),
      () => logins.read(address),
      1000,
    );
    for (let time = 0; time < 2; time++)
      assert.equal(await slow.ask(gateway, 'http://relay.internal'), 'proxy-login-unread');
    assert.equal(asked, 1);
    answer();
    assert.equal(await slow.ask(gateway, 'http://relay.internal'), 200);
    logins.dispose();
    await slow.close();
  });

  it('goes to the proxy alone, never to the gateway', async () => {
    await setProxyLogin(desk.parts, { proxy: address, ...LOGIN });
    assert.equal(await ask(), 200);
    const { password, user } = LOGIN;
    const encoded = Buffer.from(`${user}:${password}`).toString('base64');
    assert.ok(!JSON.stringify(gateway.calls).includes(encoded));
    assert.ok(!JSON.stringify(gateway.calls).includes(password));
  });

  for (const proxy of ['http://me:word@proxy.example', 'direct', 'default', '', 7, undefined]) {
    it(`has no place at ${JSON.stringify(proxy)}`, async () => {
      await assert.rejects(
        async () => setProxyLogin(desk.parts, { proxy, ...LOGIN }),
        (error: Error) =>
          /has to be the address of a proxy/.test(error.message) && !error.message.includes('CANARY'),
      );
      assert.equal(desk.world.storage.entries.size, 0);
    });
  }
});
