import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { runCommandLine } from '../../../../src/cli/commandLine.ts';
import { captured } from '../../support/captured.ts';
import { ConfigurationFolder } from '../../support/configurationFolder.ts';
import { removeTempFolders } from '../../support/folders.ts';
import { storeFigures } from '../../support/storedFigures.ts';

const KEY = { kind: 'newApi', baseUrl: 'https://gw.example' };

describe('key-quota status, of a configuration', () => {
  let at: ConfigurationFolder;

  beforeEach(() => {
    at = new ConfigurationFolder();
  });
  afterEach(removeTempFolders);

  const data = () => join(at.folder, 'data');
  const status = (...args: string[]) =>
    captured(() => runCommandLine(['status', '--config', at.file, ...args]));

  it('shows what its server has stored, by the server’s own threshold, and reads no secret', async () => {
    at.write({
      lowPercent: 60,
      readers: [],
      scrapers: [{ tokenFile: 'not for this user' }],
      keys: [{ ...KEY, name: 'Batch', secretFile: 'not for this user' }],
    });
    const server = storeFigures(data(), [
      { id: 'Batch', left: 10 },
      { id: 'Former', left: 5 },
    ]);
    // As a server does with a key that is not configured any more.
    server.keys.setPaused('Former', Date.now());
    const files = readdirSync(data());
    const { code, stdout, stderr } = await status();
    assert.deepEqual([code, stderr], [0, '']);
    assert.match(stdout, /^Batch +gw\.example +\$10\.00 of \$20\.00 \(50%\) +low +just now$/m);
    assert.doesNotMatch(stdout, /Former/);
    assert.deepEqual(readdirSync(data()), files);
    server.close();
    assert.equal((await status('--line')).stdout, 'Batch $10.00 (50%) · low\n');
  });

  it('says so where its server was never started, and what is wrong with it', async () => {
    const { code, stdout, stderr } = await status();
    assert.deepEqual([code, stdout], [69, '']);
    assert.match(
      stderr,
      /key-quota\.db is not there, or not for this user: has the server of .* been started\?$/m,
    );
    at.writeText('{ "data": ');
    assert.match((await status()).stderr, /key-quota\.json: The file is not JSON: line 1/);
    at.write({ keys: [{ ...KEY, name: 'Batch', secret: 'sk-0123456789abcdefghijKLMN' }] });
    const leaked = await status();
    assert.equal(leaked.code, 69);
    assert.ok(!leaked.stderr.includes('sk-0123456789'), leaked.stderr);
  });
});
