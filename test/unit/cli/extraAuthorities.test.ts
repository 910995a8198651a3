import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, it } from 'mocha';
import { projectRoot } from '../../host/project.ts';
import { makeCertificate } from '../../sampleGateways/certificate.ts';
import { realClock } from '../../sampleGateways/clock.ts';
import { startSampleGateway } from '../../sampleGateways/server.ts';
import { ConfigurationFolder, tokenFor } from '../support/configurationFolder.ts';
import { removeTempFolders, tempFolder } from '../support/folders.ts';
import { untilAsync } from '../support/until.ts';

const MAIN = join(projectRoot, 'src', 'cli', 'main.ts');

/** A command in a process of its own: Node reads the variable when it starts. */
function start(args: readonly string[], environment: Readonly<Record<string, string>>) {
  const env = { ...process.env, NO_PROXY: '*', ...environment };
  const child = spawn(process.execPath, [MAIN, ...args], { env });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', text => {
      said[name] += text;
    });
  return { child, said, ended: once(child, 'close').then(([code]) => code as number | null) };
}

describe('certificate authorities that NODE_EXTRA_CA_CERTS names', () => {
  afterEach(removeTempFolders);

  it('are trusted by status, which sends no token to a server of another’s', async () => {
    const { key, chain, ca } = await makeCertificate('ownCa', realClock);
    const tokens: (string | undefined)[] = [];
    const server = createServer({ key, cert: chain }, ({ headers }, response) => {
      tokens.push(headers.authorization);
      response.end(
        JSON.stringify({ schema: 'key-quota/team/1', at: new Date().toISOString(), salt: 'x', keys: [] }),
      );
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const host = `localhost:${(server.address() as AddressInfo).port}`;
    const file = join(tempFolder(), 'ca.pem');
    writeFileSync(file, ca);
    const KEY_QUOTA_TOKEN = tokenFor('reader');
    const ask = (environment: Readonly<Record<string, string>>) =>
      start(['status', '--server', `https://${host}`], { KEY_QUOTA_TOKEN, ...environment });
    try {
      const [untrusted, trusted] = [ask({}), ask({ NODE_EXTRA_CA_CERTS: file })];
      assert.deepEqual([await untrusted.ended, await trusted.ended], [69, 0], trusted.said.stderr);
      assert.equal(
        untrusted.said.stderr,
        `${host} has a certificate that is not trusted here, and was not sent the token. Name the file of its certificate authority in the variable NODE_EXTRA_CA_CERTS.\n`,
      );
      assert.equal(trusted.said.stdout, 'There are no keys yet.\n');
      assert.deepEqual(tokens, [`Bearer ${KEY_QUOTA_TOKEN}`]);
    } finally {
      server.close();
      server.closeAllConnections();
    }
  });

  it('are trusted by serve', async () => {
    const gateway = await startSampleGateway({ tls: 'ownCa' });
    const at = new ConfigurationFolder();
    at.write({}, { baseUrl: gateway.origin, secretFile: undefined, secretEnv: 'SECRET_OF_OK' });
    const server = start(['serve', at.file], {
      SECRET_OF_OK: gateway.secret('ok'),
      NODE_EXTRA_CA_CERTS: join(at.folder, at.secretFile('ca.pem', gateway.ca ?? '')),
    });
    try {
      await untilAsync(async () => gateway.calls.length > 0);
    } finally {
      server.child.kill();
      assert.equal(await server.ended, 0, server.said.stderr);
      await gateway.close();
    }
  });
}).timeout(120_000);
