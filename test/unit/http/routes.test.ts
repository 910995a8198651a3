import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import type { Route } from '../../../src/core/ports/settings.ts';
import { startHttpProxy } from '../../proxy/httpProxy.ts';
import { startSocksProxy } from '../../proxy/socksProxy.ts';
import { passwordFor } from '../../sampleGateways/secrets.ts';
import { type SampleGateway, startSampleGateway } from '../../sampleGateways/server.ts';
import { removeTempFolders, tempFolder } from '../support/folders.ts';
import { ProxyChild } from '../support/proxyChild.ts';
import { RawServer } from '../support/rawServer.ts';
import { type RoutedTransports, routedTransports } from '../support/routedTransports.ts';

/** Long enough for a busy machine to have begun to connect before half of it is over. */
const CONNECTS_MS = 2000;
const LOGIN = { user: 'me', password: passwordFor('proxy') };

describe('routes of one gateway', () => {
  let gateway: SampleGateway;
  let caFile: string;
  let host: string;
  const port = () => Number(new URL(gateway.origin).port);
  const open: RoutedTransports[] = [];
  const withRoute = (route: Route, login = () => undefined as typeof LOGIN | undefined) => {
    const made = routedTransports(() => route, login);
    open.push(made);
    return made;
  };

  before(async () => {
    gateway = await startSampleGateway({ tls: 'ownCa' });
    host = new URL(gateway.origin).host;
    caFile = join(tempFolder(), 'ca.pem');
    writeFileSync(caFile, gateway.ca ?? '');
  });

  after(async () => {
    for (const each of open) await each.close();
    await gateway.close();
    removeTempFolders();
  });

  describe('a certificate file', () => {
    it('makes a gateway trusted that is not without it', async () => {
      assert.equal(await withRoute({}).ask(gateway), 'certificate-untrusted');
      assert.equal(await withRoute({ caFile }).ask(gateway), 200);
      assert.equal(await withRoute({ caFile, proxy: 'direct' }).ask(gateway), 200);
    });

    it('trusts nobody else', async () => {
      const other = await startSampleGateway({ tls: 'ownCa' });
      assert.equal(await withRoute({ caFile }).ask(other), 'certificate-untrusted');
      assert.deepEqual(other.calls, []);
      await other.close();
    });

    if (process.platform !== 'win32') {
      it('that is a pipe is told as the file’s fault, however short the timeout is', async () => {
        const pipe = join(tempFolder(), 'pipe.pem');
        execFileSync('mkfifo', [pipe]);
        const made = routedTransports(() => ({ caFile: pipe }), undefined, 300);
        open.push(made);
        assert.equal(await made.ask(gateway), 'ca-file');
      });
    }

    for (const [what, path, reason] of [
      ['that is not there', '/nowhere/ca.pem', 'ca-file'],
      ['that is none', import.meta.filename, 'ca-file-content'],
    ] as const) {
      it(`${what} is said, and nothing is sent`, async () => {
        const calls = gateway.calls.length;
        assert.equal(await withRoute({ caFile: path }).ask(gateway), reason);
        assert.equal(gateway.calls.length, calls);
      });
    }

    it('of which one certificate cannot be parsed is said, and nothing is sent', async () => {
      const broken = '-----BEGIN CERTIFICATE-----\nbm8gY2VydGlmaWNhdGU=\n-----END CERTIFICATE-----\n';
      const file = join(tempFolder(), 'broken.pem');
      const calls = gateway.calls.length;
      const der = Buffer.from((gateway.ca ?? '').replace(/-----[^-]+-----|\s/g, ''), 'base64').toString(
        'latin1',
      );
      const key = (gateway.ca ?? '').replaceAll('CERTIFICATE', 'PRIVATE KEY');
      const texts = [broken, `${gateway.ca}${broken}`, '-----BEGIN CERTIFICATE-----\n', '', der, key];
      for (const text of texts) {
        writeFileSync(file, text, 'latin1');
        for (const proxy of [undefined, 'direct', 'http://127.0.0.1:9']) {
          assert.equal(await withRoute({ caFile: file, proxy }).ask(gateway), 'ca-file-content');
        }
      }
      assert.equal(gateway.calls.length, calls);
    });

    it('is read again, so that a renewed one counts at once', async () => {
      const file = join(tempFolder(), 'renewed.pem');
      writeFileSync(file, 'nothing yet');
      const route = withRoute({ caFile: file });
      assert.equal(await route.ask(gateway), 'ca-file-content');
      writeFileSync(file, gateway.ca ?? '');
      assert.equal(await route.ask(gateway), 200);
    });
  });

  describe('a proxy', () => {
    for (const kind of ['http', 'socks5'] as const) {
      it(`${kind}: carries the request to the gateway, and can read nothing of it`, async () => {
        const proxy = await ProxyChild.start({ kind });
        const route = withRoute({ proxy: proxy.address, caFile });
        const calls = gateway.calls.length;
        assert.equal(await route.ask(gateway), 200);
        assert.equal(gateway.calls.length, calls + 1);
        await route.close();
        assert.deepEqual(proxy.seenRequests, [
          {
            how: kind === 'http' ? 'connect' : 'socks5',
            target: host,
            outcome: 'connected',
            carriedSecret: false,
          },
        ]);
        assert.equal(await proxy.end(), false, 'no secret could be read on the way');
      });

      it(`${kind}: resolves the gateway’s name itself`, async () => {
        const proxy = await ProxyChild.start({ kind, hosts: { localhost: port() } });
        const route = withRoute({ proxy: proxy.address, caFile });
        assert.equal(await route.ask(gateway, `https://localhost:${port()}`), 200);
        assert.equal(await route.ask(gateway, 'https://gateway.invalid'), 'proxy');
        await route.close();
        await proxy.end();
        assert.deepEqual(
          proxy.seenRequests.map(({ target, outcome }) => [target.replace(/:443$/, ''), outcome]),
          [
            [`localhost:${port()}`, 'connected'],
            ['gateway.invalid', 'refused'],
          ],
        );
      });

      it(`${kind}: gets its login from the secret storage alone, and asks for it`, async () => {
        const proxy = await ProxyChild.start({ kind, login: LOGIN });
        let login: typeof LOGIN | undefined;
        const route = withRoute({ proxy: proxy.address, caFile }, () => login);
        assert.equal(await route.ask(gateway), 'proxy-login');
        login = { ...LOGIN, password: 'wrong' };
        assert.equal(await route.ask(gateway), 'proxy-login');
        login = LOGIN;
        assert.equal(await route.ask(gateway), 200);
        await route.close();
        assert.equal(await proxy.end(), false);
        assert.deepEqual(
          proxy.seenRequests.map(({ outcome }) => outcome),
          ['login wanted', 'login wanted', 'connected'],
        );
      });

      it(`${kind}: that is not there is told as that, and nothing goes past it`, async () => {
        const proxy = await ProxyChild.start({ kind });
        await proxy.end();
        const calls = gateway.calls.length;
        assert.equal(await withRoute({ proxy: proxy.address, caFile }).ask(gateway), 'proxy');
        assert.equal(gateway.calls.length, calls);
      });

      it(`${kind}: does not make an unknown certificate trusted`, async () => {
        const proxy = await ProxyChild.start({ kind });
        assert.equal(await withRoute({ proxy: proxy.address }).ask(gateway), 'certificate-untrusted');
        await proxy.end();
      });
    }

    it('that speaks https is trusted through the certificate file as well', async () => {
      const proxy = await startHttpProxy({ tls: 'selfSigned' });
      const both = join(tempFolder(), 'both.pem');
      writeFileSync(both, `${gateway.ca}${proxy.ca}`);
      const address = `https://127.0.0.1:${proxy.port}`;
      const route = withRoute({ proxy: address, caFile: both });
      assert.equal(await route.ask(gateway), 200);
      // That of the gateway would be trusted; the proxy’s own is not, and is blamed.
      assert.equal(await withRoute({ proxy: address, caFile }).ask(gateway), 'proxy-certificate');
      await route.close();
      await proxy.close();
    });

    for (const [set, real] of [
      ['socks5', 'http'],
      ['http', 'socks5'],
      ['https', 'http'],
    ] as const) {
      it(`set as ${set} that is one of ${real} is told as that, and not blamed on the gateway`, async () => {
        const proxy = await (real === 'http' ? startHttpProxy() : startSocksProxy());
        const route = withRoute({ proxy: `${set}://127.0.0.1:${proxy.port}`, caFile });
        const calls = gateway.calls.length;
        assert.equal(await route.ask(gateway), 'proxy-protocol');
        assert.equal(gateway.calls.length, calls);
        await proxy.close();
      });
    }

    it('set as socks5 that is one of https is told as silent, however short the timeout is', async () => {
      const proxy = await startHttpProxy({ tls: 'selfSigned' });
      const made = routedTransports(
        () => ({ proxy: `socks5://127.0.0.1:${proxy.port}`, caFile }),
        undefined,
        CONNECTS_MS,
      );
      open.push(made);
      const calls = gateway.calls.length;
      assert.equal(await made.ask(gateway), 'proxy-silent');
      assert.equal(gateway.calls.length, calls);
      await proxy.close();
    });

    it('set as https that takes connections and says nothing is told as silent', async () => {
      const silent = await RawServer.start();
      silent.handler = () => undefined;
      const made = routedTransports(
        () => ({ proxy: silent.origin.replace('http:', 'https:'), caFile }),
        undefined,
        CONNECTS_MS,
      );
      open.push(made);
      assert.equal(await made.ask(gateway), 'proxy-silent');
      await silent.stop();
    });

    it('a login that is set later counts from the next request on', async () => {
      const proxy = await startHttpProxy({ login: LOGIN });
      let login: typeof LOGIN | undefined;
      const route = withRoute({ proxy: `http://127.0.0.1:${proxy.port}`, caFile }, () => login);
      assert.equal(await route.ask(gateway), 'proxy-login');
      login = LOGIN;
      assert.equal(await route.ask(gateway), 200);
      login = undefined;
      assert.equal(await route.ask(gateway), 'proxy-login');
      await route.close();
      await proxy.close();
    });
  });

  it('a port that browsers do not open is reached', async () => {
    const other = await startSampleGateway({ tls: 'ownCa', port: 10_080 });
    const file = join(tempFolder(), 'other.pem');
    writeFileSync(file, other.ca ?? '');
    assert.equal(await withRoute({ caFile: file }).ask(other), 200);
    await other.close();
  });

  describe('a proxy setting that cannot be meant', () => {
    const SETTINGS: readonly unknown[] = [
      'proxy.example:8080',
      'ftp://proxy.example',
      'socks4://proxy.example',
      'http://',
      'http://me:secret@proxy.example',
      'http://me@proxy.example',
      'http://proxy.example/path',
      'http://proxy.example/?x',
      'off',
      7,
      true,
      {},
    ];
    for (const proxy of SETTINGS) {
      it(`${JSON.stringify(proxy)} sends nothing by another way`, async () => {
        const calls = gateway.calls.length;
        assert.equal(await withRoute({ proxy, caFile } as Route).ask(gateway), 'proxy-setting');
        assert.equal(gateway.calls.length, calls);
      });
    }
  });
});
