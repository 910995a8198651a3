import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { redactor } from '../../../../../src/redaction/redactor.ts';
import type { CommandParts } from '../../../../../src/vscode/commands/commandParts.ts';
import { ProxyLogins } from '../../../../../src/vscode/host/proxyLogins.ts';
import { startHttpProxy, type TestProxy } from '../../../../proxy/httpProxy.ts';
import { passwordFor } from '../../../../sampleGateways/secrets.ts';
import { type SampleGateway, startSampleGateway } from '../../../../sampleGateways/server.ts';
import { CommandSetup } from '../../../support/commandSetup.ts';
import { type RoutedTransports, routedTransports } from '../../../support/routedTransports.ts';
import { runCommand } from '../../../support/runCommand.ts';
import { vscodeStub } from '../../../support/vscodeStub.ts';

const LOGIN = { user: 'me', password: passwordFor('proxy login') };

const setProxyLogin = (parts: CommandParts, argument: unknown) =>
  runCommand(parts, 'keyQuota.setProxyLogin', argument);

describe('the login at a proxy', () => {
  let gateway: SampleGateway;
  let proxy: TestProxy;
  let setup: CommandSetup;
  let routes: RoutedTransports;
  let address: string;

  beforeEach(async () => {
    gateway = await startSampleGateway();
    proxy = await startHttpProxy({
      login: LOGIN,
      hosts: { 'relay.internal': Number(new URL(gateway.origin).port) },
    });
    address = `http://127.0.0.1:${proxy.port}`;
    const route = { proxy: address, allowHttp: true };
    setup = await CommandSetup.open({ settings: { gateways: new Map([['http://relay.internal', route]]) } });
    routes = routedTransports(
      () => route,
      () => setup.parts.proxyLogins.read(address),
    );
    vscodeStub.shown = [];
  });

  afterEach(async () => {
    vscodeStub.person = {};
    await routes.close();
    await setup.close();
    await proxy.close();
    await gateway.close();
  });

  const ask = () => routes.ask(gateway, 'http://relay.internal');

  it('is asked for, kept in the secret storage, and used', async () => {
    assert.equal(await ask(), 'proxy-login');
    vscodeStub.person = { typed: (_prompt, _value, password) => (password ? LOGIN.password : LOGIN.user) };
    await setProxyLogin(setup.parts, undefined);
    assert.equal(await ask(), 200);
    assert.deepEqual([...setup.testWindow.storage.entries], [[`proxy:${address}`, JSON.stringify(LOGIN)]]);
    assert.ok(!vscodeStub.shown.join('\n').includes('CANARY'));
  });

  it('stays as it is where the form is closed, and is forgotten where the name is left empty', async () => {
    const { storage } = setup.testWindow;
    for (const typed of [[], ['me']]) {
      const left = [...typed];
      vscodeStub.person = { typed: () => left.shift() };
      await setProxyLogin(setup.parts, undefined);
      assert.equal(storage.entries.size, 0);
    }
    await setProxyLogin(setup.parts, { proxy: address, ...LOGIN, confirmed: true });
    vscodeStub.person = {};
    await setProxyLogin(setup.parts, undefined);
    assert.equal(storage.entries.size, 1);
    let boxes = 0;
    vscodeStub.person = {
      typed: () => {
        boxes++;
        return '';
      },
    };
    await setProxyLogin(setup.parts, undefined);
    assert.deepEqual([storage.entries.size, boxes], [0, 1]);
  });

  it('is asked for at the proxy that is chosen, of several, and at none where no gateway has one', async () => {
    const settings = (...proxies: readonly string[]) => {
      const gateways = proxies.map((proxy, index) => [`https://gw${index}.example`, { proxy }] as const);
      return {
        ...setup.parts,
        settings: () => ({ ...setup.testWindow.settings, gateways: new Map(gateways) }),
      };
    };
    const other = 'http://other.example:8080';
    vscodeStub.person = {
      picked: (_title, labels) => labels[1],
      typed: (_prompt, _value, password) => (password ? LOGIN.password : LOGIN.user),
    };
    await setProxyLogin(settings(address, address, 'direct', other), undefined);
    assert.deepEqual([...setup.testWindow.storage.entries.keys()], [`proxy:${other}`]);
    vscodeStub.person = {};
    await setProxyLogin(settings(address, other), undefined);
    assert.equal(setup.testWindow.storage.entries.size, 1);
    vscodeStub.shown = [];
    await setProxyLogin(settings('direct', 'default'), undefined);
    assert.match(vscodeStub.shown[0] ?? '', /^No gateway has its own proxy/);
  });

  it('has keys behind its proxy asked again, and no others', async () => {
    const asked: (readonly string[])[] = [];
    const { monitor } = setup.parts;
    const snapshot = [
      { id: 'behind', origin: 'http://relay.internal' },
      { id: 'beside', origin: 'https://gw.example' },
    ];
    const parts = {
      ...setup.parts,
      monitor: Object.create(monitor, {
        snapshot: { value: snapshot },
        refresh: { value: async (ids: readonly string[]) => asked.push(ids) },
      }),
    };
    await setProxyLogin(parts, { proxy: address, ...LOGIN, confirmed: true });
    await assert.rejects(setProxyLogin(parts, { proxy: address, confirmed: true }), /must be texts/);
    assert.deepEqual(asked, [['behind']]);
  });

  it('can be set and deleted by argument', async () => {
    await setProxyLogin(setup.parts, { proxy: address, ...LOGIN, confirmed: true });
    assert.equal(await ask(), 200);
    await setProxyLogin(setup.parts, { proxy: address, user: '', confirmed: true });
    assert.equal(await ask(), 'proxy-login');
    assert.equal(setup.testWindow.storage.entries.size, 0);
  });

  it('by argument is taken after a yes alone, and so is its end', async () => {
    const { storage } = setup.testWindow;
    for (const confirmed of [undefined, false]) {
      vscodeStub.shown = [];
      await setProxyLogin(setup.parts, { proxy: address, ...LOGIN, confirmed });
      assert.equal(vscodeStub.shown[0], `Sign in at the proxy ${address} as “me”?`);
      assert.equal(storage.entries.size, 0);
    }
    vscodeStub.person = { asked: (_message, _detail, [yes]) => yes };
    await setProxyLogin(setup.parts, { proxy: address, ...LOGIN });
    assert.equal(await ask(), 200);
    vscodeStub.person = {};
    vscodeStub.shown = [];
    await setProxyLogin(setup.parts, { proxy: address, user: '' });
    assert.equal(vscodeStub.shown[0], `Forget the login at the proxy ${address}?`);
    assert.equal(storage.entries.size, 1);
    vscodeStub.person = { asked: (_message, _detail, [yes]) => yes };
    await setProxyLogin(setup.parts, { proxy: address, user: '' });
    assert.equal(storage.entries.size, 0);
  });

  it('that the key ring does not give out is reported as such, and not blamed on proxy or gateway', async () => {
    await setProxyLogin(setup.parts, { proxy: address, ...LOGIN, confirmed: true });
    setup.testWindow.storage.locked = true;
    assert.equal(await ask(), 'proxy-login-unread');
    setup.testWindow.storage.locked = false;
    assert.equal(await ask(), 200);
  });

  it('that the key ring gives out late is reported within any timeout, and used once it arrives', async () => {
    await setProxyLogin(setup.parts, { proxy: address, ...LOGIN, confirmed: true });
    const { storage } = setup.testWindow;
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
    const slow = routedTransports(
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

  it('is sent to the proxy only, never to the gateway', async () => {
    await setProxyLogin(setup.parts, { proxy: address, ...LOGIN, confirmed: true });
    assert.equal(await ask(), 200);
    const { password, user } = LOGIN;
    const encoded = Buffer.from(`${user}:${password}`).toString('base64');
    assert.ok(!JSON.stringify(gateway.calls).includes(encoded));
    assert.ok(!JSON.stringify(gateway.calls).includes(password));
  });

  for (const proxy of ['http://me:word@proxy.example', 'direct', 'default', '', 7]) {
    it(`is refused for ${JSON.stringify(proxy)}`, async () => {
      await assert.rejects(
        setProxyLogin(setup.parts, { proxy, ...LOGIN }),
        (error: Error) =>
          /must be the address of a proxy/.test(error.message) && !error.message.includes('CANARY'),
      );
      assert.equal(setup.testWindow.storage.entries.size, 0);
    });
  }
});
