import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, it } from 'mocha';
import type { GatewaySettings, Settings } from '../../../../src/core/ports/settings.ts';
import { GatewayError } from '../../../../src/core/quota/failure.ts';
import { Redactor } from '../../../../src/redaction/redactor.ts';
import { lazyTransport } from '../../../../src/vscode/host/lazyTransport.ts';
import { ProxyLogins } from '../../../../src/vscode/host/proxyLogins.ts';
import { startHttpProxy } from '../../../proxy/httpProxy.ts';
import { passwordFor } from '../../../sampleGateways/secrets.ts';
import { startSampleGateway } from '../../../sampleGateways/server.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { MemorySecrets } from '../../support/memorySecrets.ts';

describe('the transport of the extension', () => {
  afterEach(removeTempFolders);

  it('goes by the settings of each moment: the proxy with its login, the certificate file, the timeout', async () => {
    const gateway = await startSampleGateway({ tls: 'ownCa' });
    const login = { user: 'me', password: passwordFor('proxy login') };
    const proxy = await startHttpProxy({ login });
    const address = `http://127.0.0.1:${proxy.port}`;
    const caFile = join(tempFolder(), 'ca.pem');
    writeFileSync(caFile, gateway.ca ?? '');
    let route: GatewaySettings = {};
    const settings = () =>
      ({ timeoutMs: 10_000, gateways: new Map([[gateway.origin, route]]) }) as unknown as Settings;
    const logins = new ProxyLogins(new MemorySecrets(), new Redactor());
    const { transport, close } = lazyTransport(settings, logins);
    const ask = async () => {
      try {
        return (await transport({ url: new URL('/api/status', gateway.origin) })).status;
      } catch (error) {
        return error instanceof GatewayError ? error.failure.reason : error;
      }
    };
    try {
      assert.equal(await ask(), 'certificate-untrusted');
      route = { caFile };
      assert.equal(await ask(), 200);
      route = { caFile, proxy: address };
      assert.equal(await ask(), 'proxy-login');
      await logins.write(address, login);
      assert.equal(await ask(), 200);
      route = { caFile: 'ca.pem', proxy: address };
      assert.equal(await ask(), 'ca-file');
      route = { caFile, proxy: 'no proxy' };
      assert.equal(await ask(), 'proxy-setting');
    } finally {
      await close();
      await proxy.close();
      await gateway.close();
    }
  });

  it('that was never used has nothing to close', async () => {
    const logins = new ProxyLogins(new MemorySecrets(), new Redactor());
    await lazyTransport(() => assert.fail('no setting is read'), logins).close();
  });
});
