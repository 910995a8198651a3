import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import type { ClientRequest } from 'node:http';
import { getDefaultAutoSelectFamily, setDefaultAutoSelectFamily } from 'node:net';
import { join } from 'node:path';
import tls from 'node:tls';
import { after, afterEach, before, describe, it } from 'mocha';
import type { Route } from '../../../src/core/ports/settings.ts';
import { startHttpProxy } from '../../proxy/httpProxy.ts';
import { type SampleGateway, startSampleGateway } from '../../sampleGateways/server.ts';
import { removeTempFolders, tempFolder } from '../support/folders.ts';
import { type RoutedTransports, routedTransports } from '../support/routedTransports.ts';

type RequestFunction = (...parts: unknown[]) => ClientRequest;
type Lookup = (name: string, options: object, callback: (error: Error | null) => void) => void;

describe('the route of a request', () => {
  const usual = tls.getCACertificates('default');
  const https = process.getBuiltinModule('node:https') as unknown as { request: RequestFunction };
  const nodes = https.request;
  let gateway: SampleGateway;
  let caFile: string;
  /** How many requests went VS Code's way, which replaces this very function. */
  let vscodes = 0;
  const open: RoutedTransports[] = [];
  const withRoute = (route: Route) => {
    const made = routedTransports(() => route);
    open.push(made);
    return made;
  };

  before(async () => {
    gateway = await startSampleGateway({ tls: 'ownCa' });
    caFile = join(tempFolder(), 'ca.pem');
    writeFileSync(caFile, gateway.ca ?? '');
    https.request = (...parts) => {
      vscodes++;
      return nodes.apply(https, parts);
    };
  });

  afterEach(() => {
    tls.setDefaultCACertificates(usual);
    vscodes = 0;
  });

  after(async () => {
    https.request = nodes;
    for (const each of open) await each.close();
    await gateway.close();
    removeTempFolders();
  });

  it('is VS Code’s only where nothing is set', async () => {
    tls.setDefaultCACertificates([...usual, gateway.ca ?? '']);
    assert.equal(await withRoute({}).ask(gateway), 200);
    assert.equal(await withRoute({ proxy: 'default' }).ask(gateway), 200);
    assert.equal(vscodes, 2);
    await withRoute({ proxy: 'direct' }).ask(gateway);
    await withRoute({ proxy: 'http://127.0.0.1:9' }).ask(gateway);
    await withRoute({ proxy: 'socks5://127.0.0.1:9' }).ask(gateway);
    assert.equal(await withRoute({ caFile }).ask(gateway), 200);
    assert.equal(vscodes, 2);
  });

  it('trusts only the certificate file, if one is set', async () => {
    const other = await startSampleGateway({ tls: 'selfSigned' });
    tls.setDefaultCACertificates([...usual, other.ca ?? '']);
    for (const proxy of [undefined, 'direct']) {
      assert.equal(await withRoute({ caFile, proxy }).ask(other), 'certificate-untrusted');
    }
    assert.deepEqual(other.calls, []);
    await other.close();
  });

  it('trusts a proxy by the system’s certificates as well as by the gateway’s certificate file', async () => {
    const proxy = await startHttpProxy({ tls: 'selfSigned' });
    tls.setDefaultCACertificates([...usual, proxy.ca ?? '']);
    const route = withRoute({ proxy: `https://127.0.0.1:${proxy.port}`, caFile });
    assert.equal(await route.ask(gateway), 200);
    await route.close();
    await proxy.close();
  });

  it('blames a missing proxy, also for plain http, which has no tunnel', async () => {
    const route = withRoute({ proxy: 'http://127.0.0.1:9', allowHttp: true });
    assert.equal(await route.ask(gateway, 'http://gateway.lan'), 'proxy');
  });

  for (const selects of [true, false]) {
    it(`leads to this machine for names below localhost, where Node ${selects ? 'tries several addresses' : 'takes the first address'}`, async () => {
      const selected = getDefaultAutoSelectFamily();
      setDefaultAutoSelectFamily(selects);
      const dns = process.getBuiltinModule('node:dns') as unknown as { lookup: Lookup };
      const { lookup } = dns;
      const asked: string[] = [];
      dns.lookup = (name, options, callback) => {
        if (!name.endsWith('.localhost')) return lookup(name, options, callback);
        asked.push(name);
        callback(Object.assign(new Error(name), { code: 'ENOTFOUND' }));
      };
      const plain = await startSampleGateway();
      try {
        const { port } = new URL(plain.origin);
        assert.equal(await withRoute({}).ask(plain, `http://gateway.localhost:${port}`), 200);
        assert.deepEqual(asked, []);
      } finally {
        dns.lookup = lookup;
        setDefaultAutoSelectFamily(selected);
        await plain.close();
      }
    });
  }
});
