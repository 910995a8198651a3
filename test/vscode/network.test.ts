import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { startHttpProxy, type TestProxy } from '../proxy/httpProxy.ts';
import { addKey, refreshed } from './support/product.ts';
import { usageCalls, useGateway } from './support/sampleGateway.ts';

const set = (section: string, name: string, value: unknown) =>
  vscode.workspace.getConfiguration(section).update(name, value, vscode.ConfigurationTarget.Global);

describe('the network', () => {
  const gateway = useGateway();
  const HOST = 'gateway.lan';
  let proxy: TestProxy | undefined;

  afterEach(async () => {
    await set('http', 'proxy', undefined);
    await set('keyQuota', 'gateways', undefined);
    await proxy?.close();
    proxy = undefined;
  });

  it("is reached by VS Code's proxy, from the moment it is set", async () => {
    const { origin, secret } = gateway();
    const { port } = new URL(origin);
    const named = `http://${HOST}:${port}`;
    await set('keyQuota', 'gateways', { [named]: { allowHttp: true } });
    const id = await addKey({ kind: 'newApi', origin: named, secret: secret('ok') });
    assert.notEqual((await refreshed(id)).failure, undefined, 'nobody but the proxy knows the name');

    proxy = await startHttpProxy({ hosts: { [HOST]: Number(port) } });
    await set('http', 'proxy', `http://127.0.0.1:${proxy.port}`);
    const { failure, reading } = await refreshed(id);
    assert.equal(failure, undefined);
    assert.equal(reading?.quota?.remaining, 0.2);
    assert.equal(usageCalls(gateway()), 1);
    assert.deepEqual(
      new Set(proxy.seenRequests.map(({ target, outcome }) => `${outcome} to ${target}`)),
      new Set([`connected to ${HOST}:${port}`]),
    );
  });

  it("reports VS Code's proxy when it does not answer", async () => {
    const named = `http://${HOST}`;
    await set('keyQuota', 'gateways', { [named]: { allowHttp: true } });
    const gone = await startHttpProxy();
    await gone.close();
    await set('http', 'proxy', `http://127.0.0.1:${gone.port}`);
    const id = await addKey({ kind: 'newApi', origin: named, secret: gateway().secret('ok') });
    assert.match((await refreshed(id)).failure?.message ?? '', /^The proxy to http:\/\/gateway\.lan/);
  });

  for (const host of ['127.0.0.1', 'localhost', 'gateway.localhost']) {
    it(`reaches this machine without the proxy, as ${host}`, async () => {
      proxy = await startHttpProxy();
      await set('http', 'proxy', `http://127.0.0.1:${proxy.port}`);
      const { origin, secret } = gateway();
      const named = origin.replace('127.0.0.1', host);
      const id = await addKey({ kind: 'newApi', origin: named, secret: secret('ok') });
      assert.equal((await refreshed(id)).failure, undefined);
      assert.equal(usageCalls(gateway()), 1);
      assert.deepEqual(proxy.seenRequests, []);
    });
  }
});
