import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, it } from 'mocha';
import { dataFolderProblem } from '../../../../src/cli/configuration/dataFolder.ts';
import { parseListenAddress } from '../../../../src/cli/configuration/listenAddress.ts';
import { matchesAny } from '../../../../src/cli/configuration/namePattern.ts';
import { readConfiguration } from '../../../../src/cli/configuration/readConfiguration.ts';
import { teamKeyId } from '../../../../src/core/team/teamAnswer.ts';
import { settingEntries } from '../../../../src/vscode/host/settingEntries.ts';
import { configurationSchemaText } from '../../../manifest/configurationSchema.ts';
import { makeCertificate } from '../../../sampleGateways/certificate.ts';
import { realClock } from '../../../sampleGateways/clock.ts';
import { ConfigurationFolder } from '../../support/configurationFolder.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';

describe('the folder of the database', () => {
  afterEach(removeTempFolders);

  for (const [type, name] of [
    [0x6969, 'NFS'],
    [0xff534d42 | 0, 'CIFS'],
    [0xfe534d42, 'SMB'],
    [0x65735546, 'FUSE'],
    [0x01021997, '9P'],
  ] as const)
    it(`is refused on ${name}`, () => {
      const problem = dataFolderProblem(join(tempFolder(), 'not', 'there', 'yet'), () => type);
      assert.ok(problem?.startsWith(`This is on a file system that machines share (${name}),`), problem);
    });

  it('is refused among the files of the kernel, where making it would never end', () => {
    for (const type of [0x9fa0, 0x62656572])
      assert.equal(
        dataFolderProblem(tempFolder(), () => type),
        'Files cannot be kept there.',
      );
  });

  it('is taken on a disk of this machine', () => {
    const EXT4 = 0xef53;
    assert.equal(
      dataFolderProblem(tempFolder(), () => EXT4),
      undefined,
    );
    assert.equal(dataFolderProblem(tempFolder()), undefined);
  });
});

describe('an address to listen on', () => {
  it('is parsed with its port, and known to be this machine’s own or not', () => {
    assert.deepEqual(parseListenAddress('127.0.0.1:9633'), {
      host: '127.0.0.1',
      port: 9633,
      isLoopback: true,
    });
    assert.deepEqual(parseListenAddress('[::1]:80'), { host: '::1', port: 80, isLoopback: true });
    assert.deepEqual(parseListenAddress('localhost:0'), { host: 'localhost', port: 0, isLoopback: true });
    assert.deepEqual(parseListenAddress('[::]:9633'), { host: '::', port: 9633, isLoopback: false });
    assert.deepEqual(parseListenAddress('10.0.0.1:9633'), {
      host: '10.0.0.1',
      port: 9633,
      isLoopback: false,
    });
    for (const text of ['', ':9633', '127.0.0.1', '127.0.0.1:70000', 'http://127.0.0.1:1', '127.0.0.1:1/x'])
      assert.equal(parseListenAddress(text), undefined, text);
  });
});

describe('a pattern for names of keys', () => {
  it('takes * for any characters, and all else as it is', () => {
    const fitting = [
      ['*', 'ML batch'],
      ['ML *', 'ML batch'],
      ['*batch', 'ML batch'],
      ['M*b*h', 'ML batch'],
      ['ML batch', 'ML batch'],
      ['a*a', 'aa'],
    ] as const;
    for (const [pattern, name] of fitting) assert.ok(matchesAny([pattern], name), pattern);
    const others = [
      ['ML', 'ML batch'],
      ['ml *', 'ML batch'],
      ['ML.batch', 'ML batch'],
      ['a*a', 'a'],
      ['M*x*h', 'ML batch'],
      ['', 'ML batch'],
    ] as const;
    for (const [pattern, name] of others) assert.ok(!matchesAny([pattern], name), pattern);
    assert.ok(!matchesAny([], 'ML batch'));
  });
});

describe('the file key-quota.json', () => {
  afterEach(removeTempFolders);

  it('has the JSON Schema that is delivered with it', () => {
    assert.equal(readFileSync('deploy/key-quota.schema.json', 'utf8'), configurationSchemaText());
  });

  const read = async (at: ConfigurationFolder) => {
    const { configuration, mistakes } = await readConfiguration(at.file, {
      isBehindTls: false,
      environment: {},
    });
    assert.ok(configuration, mistakes.join('\n'));
    return configuration;
  };

  it('leaves out what the extension has by default, and means the same', async () => {
    const { settings } = await read(new ConfigurationFolder());
    const byDefault = (name: keyof typeof settingEntries) => settingEntries[name].default;
    assert.deepEqual(settings, {
      pollMs: Number(byDefault('pollMinutes')) * 60_000,
      timeoutMs: Number(byDefault('timeoutSeconds')) * 1000,
      low: { percent: byDefault('lowPercent'), amounts: byDefault('lowAmounts') },
      retention: {
        rawDays: byDefault('history.rawDays'),
        hourlyDays: byDefault('history.hourlyDays'),
        ledgerDays: byDefault('history.ledgerDays'),
      },
      monthBegins: byDefault('spending.monthBegins'),
      gateways: new Map(),
    });
  });

  it('takes times of which parts are set as whole milliseconds', async () => {
    const at = new ConfigurationFolder();
    at.write({ pollMinutes: 3.333333, timeoutSeconds: 12.34567 });
    const { pollMs, timeoutMs } = (await read(at)).settings;
    assert.deepEqual([pollMs, timeoutMs], [200_000, 12_346]);
  });

  it('says “whole” as half a machine, but where it names a number of machines itself', async () => {
    const at = new ConfigurationFolder();
    at.write({ budget: 'whole' });
    assert.deepEqual((await read(at)).settings.gateways.get('https://gw.example'), { share: 0.5 });
    at.write({ budget: 'whole', gateways: { 'https://gw.example': { share: 3 } } });
    assert.deepEqual((await read(at)).settings.gateways.get('https://gw.example'), { share: 3 });
  });

  it('says of a path what holds for its origin’s route too', async () => {
    const at = new ConfigurationFolder();
    at.write({ gateways: { 'https://gw.example/newapi': { pollMinutes: 7, proxy: 'direct' } } });
    const { gateways } = (await read(at)).settings;
    assert.equal(gateways.get('https://gw.example/newapi')?.pollMinutes, 7);
    assert.deepEqual(gateways.get('https://gw.example'), { proxy: 'direct' });
  });

  it('looks for certificates beside the file', async () => {
    const at = new ConfigurationFolder();
    at.secretFile('ours.pem', (await makeCertificate('ownCa', realClock)).ca);
    at.write({ gateways: { 'https://gw.example': { caFile: 'ours.pem' } } });
    const { configuration } = await readConfiguration(at.file, { isBehindTls: false, environment: {} });
    assert.deepEqual(configuration?.settings.gateways.get('https://gw.example'), {
      caFile: join(at.folder, 'ours.pem'),
    });
  });

  it('takes the login of a proxy from a file', async () => {
    const at = new ConfigurationFolder();
    at.secretFile('login', 'me:pass:word');
    at.write({
      gateways: { 'https://gw.example': { proxy: 'http://proxy.example:3128', proxyLoginFile: 'login' } },
    });
    assert.deepEqual(
      [...(await read(at)).proxyLogins],
      [['http://proxy.example:3128', { user: 'me', password: 'pass:word' }]],
    );
  });
});

describe('the id of a key at a team server', () => {
  it('is the first 16 digits of an HMAC of address and secret, by the salt', () => {
    // By: printf 'key-quota/1\nhttps://gw.example\nsk-1' | openssl dgst -sha256 -hmac salt
    assert.equal(teamKeyId('salt', 'https://gw.example', 'sk-1'), '544f8edb32db49c8');
    assert.notEqual(
      teamKeyId('other', 'https://gw.example', 'sk-1'),
      teamKeyId('salt', 'https://gw.example', 'sk-1'),
    );
  });
});
