import assert from 'node:assert/strict';
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { runCommandLine } from '../../../../src/cli/commandLine.ts';
import { makeCertificate } from '../../../sampleGateways/certificate.ts';
import { realClock } from '../../../sampleGateways/clock.ts';
import { captured } from '../../support/captured.ts';
import { ConfigurationFolder, tokenFor } from '../../support/configurationFolder.ts';
import { removeTempFolders } from '../../support/folders.ts';
import { useTimeZone } from '../../support/timeZone.ts';

type Members = Readonly<Record<string, unknown>>;

const SECRET = 'sk-0123456789abcdefghijKLMN';
const LOOKS_LIKE_SECRET =
  'This looks like a secret. Put it into a file that only the server may read, name that file here, and make a new secret if this file was ever shared.';

describe('key-quota check', () => {
  let at: ConfigurationFolder;

  beforeEach(() => {
    at = new ConfigurationFolder();
    process.env.KEY_QUOTA_TEST_SALT = 'short';
  });
  afterEach(() => {
    delete process.env.KEY_QUOTA_TEST_SALT;
    removeTempFolders();
  });

  const check = (...more: string[]) => captured(() => runCommandLine(['check', at.file, ...more]));

  it('finds nothing wrong with what is right', async () => {
    assert.deepEqual(await check(), {
      code: 0,
      stdout: `${at.file}: nothing is wrong with it. 1 key, no gateway was asked.\n`,
      stderr: '',
    });
  });

  for (const [zone, warning] of [
    [
      'Europe/Berlim',
      'warning: “TZ”: No such time zone is known here, so days and months begin by UTC. It is written as Europe/Berlin.\n',
    ],
    ['Europe/Berlin', ''],
    ['UTC0', ''],
  ] as const)
    describe(`where TZ is ${zone}`, () => {
      useTimeZone(zone);

      it(warning === '' ? 'says nothing of it' : 'says by which days it goes', async () => {
        const { code, stderr } = await check();
        assert.deepEqual([code, stderr], [0, warning]);
      });
    });

  it('takes secrets from variables of the environment as well', async () => {
    process.env.KEY_QUOTA_TEST_SECRET = SECRET;
    try {
      at.write({}, { secretFile: undefined, secretEnv: 'KEY_QUOTA_TEST_SECRET' });
      assert.equal((await check()).code, 0);
    } finally {
      delete process.env.KEY_QUOTA_TEST_SECRET;
    }
  });

  it('finds what is wrong with the variables by which metrics are pushed', async () => {
    process.env.OTEL_EXPORTER_OTLP_ENDPOINT = 'https://collector.example:4318';
    process.env.OTEL_EXPORTER_OTLP_PROTOCOL = 'grpc';
    try {
      const { code, stderr } = await check();
      assert.equal(code, 1);
      assert.match(
        stderr,
        /^“OTEL_EXPORTER_OTLP_PROTOCOL”: Metrics are pushed by http\/protobuf alone, .*\n.*one thing is wrong\.\n$/,
      );
    } finally {
      delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
      delete process.env.OTEL_EXPORTER_OTLP_PROTOCOL;
    }
  });

  /** Becomes a number in the file that is larger than any: JSON has no word for it. */
  const ENDLESS = 'ENDLESS';

  /** What is wrong with members of the file, and what is said of it. */
  const WRONG: Readonly<Record<string, readonly [members: Members, key: Members, sentence: string]>> = {
    'a member that there is none of': [
      { poll: 5 },
      {},
      '“poll”: There is no such member. Look for a slip of the pen.',
    ],
    'a member whose name would clear a terminal': [
      { '\u001b[2J\u202epoll': 5 },
      {},
      '“["[2Jpoll"]”: There is no such member. Look for a slip of the pen.',
    ],
    'a member that is another with a slip of the pen': [
      { key: [] },
      {},
      '“key”: There is no such member. Is “keys” meant?',
    ],
    'such a member of a key': [
      {},
      { usrId: '1' },
      '“keys[0].usrId”: There is no such member. Is “userId” meant?',
    ],
    'such a member of what holds for a gateway': [
      { gateways: { 'https://gw.example': { pollminutes: 5 } } },
      {},
      '“gateways["https://gw.example"].pollminutes”: There is no such member. Is “pollMinutes” meant?',
    ],
    'a figure in place of an object': [
      {},
      { spendingLimits: { month: 200 } },
      '“keys[0].spendingLimits.month”: This must be an object in { }.',
    ],
    'a text in place of an object': [{ keys: ['ML batch'] }, {}, '“keys[0]”: This must be an object in { }.'],
    'a missing member': [{ data: undefined }, {}, '“data”: This is missing.'],
    'no key at all': [{ keys: [] }, {}, '“keys”: This must have at least one key in it.'],
    'a text for a number': [{ pollMinutes: '5' }, {}, '“pollMinutes”: This must be a number.'],
    'a number out of bounds': [{ pollMinutes: 0 }, {}, '“pollMinutes”: This must be from 1 to 1440.'],
    'another word': [{ budget: 'all' }, {}, '“budget”: This must be one of: half, whole.'],
    'an unknown kind': [{}, { kind: 'newerApi' }, '“keys[0].kind”: This must be one of: newApi, cometApi, '],
    'a kind that is written in another way': [
      {},
      { kind: 'new-api' },
      '“keys[0].kind”: Is “newApi” meant? This must be one of: newApi, ',
    ],
    'a described gateway without description': [
      {},
      { kind: 'described:ours' },
      '“keys[0].kind”: There is no such gateway under “describedGateways”.',
    ],
    'a description with a mistake': [
      { describedGateways: { ours: { path: '/v1/quota' } } },
      {},
      '“describedGateways.ours”: ',
    ],
    'a credential that the kind has not': [
      {},
      { credential: 'managementKey' },
      '“keys[0].credential”: New API takes: apiKey, accessToken.',
    ],
    'plain http in a network': [
      {},
      { baseUrl: 'http://10.0.0.5' },
      '“keys[0].baseUrl”: Plain http would show the key to the network. Where that is meant, say "allowHttp": true for the gateway under “gateways”.',
    ],
    'plain http in public': [
      {},
      { baseUrl: 'http://gw.example' },
      '“keys[0].baseUrl”: Plain http would show the key to everybody on the way: write https.',
    ],
    'a login in an address': [
      {},
      { baseUrl: 'https://me:hunter2xyz@gw.example' },
      `“keys[0].baseUrl”: ${LOOKS_LIKE_SECRET}`,
    ],
    'no source of a secret': [
      {},
      { secretFile: undefined },
      '“keys[0]”: This needs “secretFile” or “secretEnv”.',
    ],
    'two sources of a secret': [
      {},
      { secretEnv: 'X' },
      '“keys[0]”: Either “secretFile” or “secretEnv”, not both.',
    ],
    'a file that is not there': [
      {},
      { secretFile: 'nowhere' },
      '“keys[0]”: “secretFile” names a file that does not exist in ',
    ],
    'a path that begins at home': [
      {},
      { secretFile: '~/key' },
      '“keys[0]”: “secretFile”: “~” means nothing here: write the whole path.',
    ],
    'data at home': [{ data: '~/data' }, {}, '“data”: “~” means nothing here: write the whole path.'],
    'a folder in place of a file': [{}, { secretFile: 'data' }, '“keys[0]”: “secretFile” is not a file.'],
    'a variable that is not set': [
      {},
      { secretFile: undefined, secretEnv: 'KEY_QUOTA_NOT_SET' },
      '“keys[0]”: “secretEnv” names a variable that is not set, or empty.',
    ],
    'a variable that every object has': [
      {},
      { secretFile: undefined, secretEnv: 'constructor' },
      '“keys[0]”: “secretEnv” names a variable that is not set, or empty.',
    ],
    'a salt that is too short': [
      { saltEnv: 'KEY_QUOTA_TEST_SALT' },
      {},
      '“saltEnv”: A salt must have at least 32 characters. Make one by: openssl rand -hex 32',
    ],
    'an account with a second line': [
      {},
      { userId: '5\n6' },
      '“keys[0].userId”: This must be the number of the account, in quotes.',
    ],
    'a secret in place of its file': [
      {},
      { secretFile: SECRET },
      `“keys[0].secretFile”: ${LOOKS_LIKE_SECRET}`,
    ],
    'a secret in a name': [{}, { name: `batch ${SECRET}` }, `“keys[0].name”: ${LOOKS_LIKE_SECRET}`],
    'a secret as a member': [
      {},
      { secret: 'hunter2' },
      '“keys[0].secret”: There is no such member. Secrets do not belong into this file: it names a file (secretFile, tokenFile, saltFile) or a variable of the environment (secretEnv, tokenEnv, saltEnv).',
    ],
    'a token as a member': [
      { scrapers: [{ token: tokenFor('x') }] },
      {},
      `“scrapers[0].token”: ${LOOKS_LIKE_SECRET}`,
    ],
    'two keys of one name': [
      { keys: [...named('A'), ...named('A', 'https://other.example')] },
      {},
      '“keys[1].name”: keys[0] is called so already: dashboards could not tell them apart.',
    ],
    'one key twice': [
      { keys: [...named('A'), ...named('B')] },
      {},
      '“keys[1]”: This is the same key as keys[0]: it would be asked for twice.',
    ],
    'an address that is none': [
      { listen: '9633' },
      {},
      '“listen”: This must be an address and a port: 127.0.0.1:9633',
    ],
    'an address that others reach': [
      { listen: '0.0.0.0:9633' },
      {},
      '“listen”: Other machines can reach this address, and tokens would cross the network in the open. Put a proxy with TLS in front of it and start with --behind-tls, or listen on 127.0.0.1.',
    ],
    'a login in the address of a proxy': [
      { gateways: { 'https://gw.example': { proxy: 'socks5://me:hunter2xyz@proxy.example' } } },
      {},
      `“gateways["https://gw.example"].proxy”: ${LOOKS_LIKE_SECRET}`,
    ],
    'a proxy that is none': [
      { gateways: { 'https://gw.example': { proxy: 'proxy.example' } } },
      {},
      '“gateways["https://gw.example"].proxy”: This must be "direct", or the address of a proxy: http://…, https://… or socks5://…',
    ],
    'certificates that are not there': [
      { gateways: { 'https://gw.example': { caFile: 'nowhere.pem' } } },
      {},
      '“gateways["https://gw.example"].caFile”: This names a file that does not exist.',
    ],
    'certificates that are none': [
      { gateways: { 'https://gw.example': { caFile: 'key' } } },
      {},
      '“gateways["https://gw.example"].caFile”: There are no certificates in this file, or one that cannot be read: they must be in PEM.',
    ],
    'a folder of certificates': [
      { gateways: { 'https://gw.example': { caFile: 'data' } } },
      {},
      '“gateways["https://gw.example"].caFile”: A certificate file must be a file.',
    ],
    'a gateway that is none': [
      { gateways: { 'not an address': {} } },
      {},
      '“gateways["not an address"]”: This name must be the address of a gateway, without a login or a key in it.',
    ],
    'one token for two': [
      { scrapers: [{ tokenFile: 'reader' }] },
      {},
      '“scrapers[0]”: This token is readers[0] too: each needs one of its own. Make one by: openssl rand -hex 32',
    ],
    'a limit without end': [
      {},
      { spendingLimits: { day: { amount: ENDLESS, unit: 'USD' } } },
      '“keys[0].spendingLimits.day.amount”: This must be a number.',
    ],
    'a data folder that no system takes': [{ data: 'a\0b' }, {}, '“data”: This user may not write there.'],
    'a data folder with too long a name': [
      { data: 'a'.repeat(5000) },
      {},
      '“data”: This user may not write there.',
    ],
    'data in a file': [{ data: 'key' }, {}, '“data”: This is a file; the database needs a folder.'],
  };
  for (const [what, [members, key, sentence]] of Object.entries(WRONG))
    it(`names ${what}, in one sentence`, async () => {
      at.writeText(JSON.stringify({ ...at.right(key), ...members }).replace(`"${ENDLESS}"`, '1e400'));
      const { code, stdout, stderr } = await check();
      assert.deepEqual([code, stdout], [1, '']);
      const [first = '', last] = stderr.trimEnd().split('\n');
      assert.ok(first.startsWith(sentence), first);
      assert.equal(last, `${at.file}: one thing is wrong.`);
      for (const secret of [SECRET, 'hunter2', tokenFor('x')]) assert.ok(!stderr.includes(secret), stderr);
    });

  for (const [token, what] of [
    ['a'.repeat(31), 'short'],
    [`${'a'.repeat(40)}\n${'b'.repeat(40)}`, 'of two lines'],
  ] as const)
    it(`refuses a token that is ${what}`, async () => {
      at.secretFile('reader', token);
      const { code, stderr } = await check();
      assert.equal(code, 1);
      assert.match(
        stderr,
        /^“readers\[0\]”: A token must have at least 32 characters in one line, without blanks\. Make one by: openssl rand -hex 32$/m,
      );
      assert.ok(!stderr.includes('aaaa'));
    });

  it('refuses a private key in place of a certificate, or beside one', async () => {
    const { ca, key } = await makeCertificate('ownCa', realClock);
    for (const [text, code] of [
      [ca, 0],
      [key, 1],
      [ca + key, 1],
    ] as const) {
      at.secretFile('ca.pem', text);
      at.write({ gateways: { 'https://gw.example': { caFile: 'ca.pem' } } });
      const checked = await check();
      assert.equal(checked.code, code);
      assert.equal(checked.stderr.includes('There is a private key in this file.'), code === 1);
    }
  });

  it('names each member that stands twice, or that a parser swallows', async () => {
    at.writeText(
      JSON.stringify(at.right({}), null, 1)
        .replace('{', '{\n"budget": "half", "pollMinutes": 1, "__proto__": {}, "pollMinutes": 2,')
        .replace('"kind"', '"kind": "cometApi",\n"kind"'),
    );
    const { code, stderr } = await check();
    assert.equal(code, 1);
    assert.deepEqual(stderr.split('\n').slice(0, 3), [
      '“__proto__”: There is no such member.',
      '“pollMinutes”: This stands there twice, in line 2: only one of both can hold.',
      '“keys[0].kind”: This stands there twice, in the lines 19 and 20: only one of both can hold.',
    ]);
  });

  it('notes whose names a reader of an account sees, which is no mistake', async () => {
    at.write({}, { credential: 'accessToken', userId: '1' });
    assert.deepEqual(await check(), {
      code: 0,
      stdout: `note: “readers[0]”: This reader sees “ML batch”, and with it those keys that its account lists whose names fit the reader’s patterns.\n${at.file}: nothing is wrong with it. 1 key, no gateway was asked.\n`,
      stderr: '',
    });
  });

  it('refuses a short salt', async () => {
    at.secretFile('salt', 'pepper');
    at.write({ saltFile: 'salt' });
    assert.match((await check()).stderr, /^“saltFile”: A salt must have at least 32 characters\./m);
  });

  it('refuses a salt that is a secret: every reader is told the salt', async () => {
    for (const saltFile of ['reader', 'long']) {
      at.secretFile('long', `sk-${'0123456789abcdefghijKLMN'.repeat(2)}`);
      at.write({ saltFile }, { secretFile: 'long' });
      assert.match(
        (await check()).stderr,
        /^“saltFile”: This salt is .+ too, and every reader is told the salt/m,
      );
    }
  });

  it('says that a file is nested too deeply', async () => {
    at.writeText(`{"keys":${'['.repeat(100_000)}`);
    assert.match((await check()).stderr, /^The file is nested more deeply than any configuration\.$/m);
  });

  it('takes a file that begins with a byte order mark', async () => {
    at.writeText(`\ufeff${JSON.stringify(at.right({}))}`);
    assert.equal((await check()).code, 0);
  });

  it('says where a file is not JSON, and repeats nothing of it', async () => {
    at.writeText(`{\n  "keys": [${SECRET}]\n}`);
    assert.deepEqual(await check(), {
      code: 1,
      stdout: '',
      stderr: `The file is not JSON: line 2, column 12. Texts and names stand in straight double quotes.\n${at.file}: one thing is wrong.\n`,
    });
  });

  for (const [text, sentence] of [
    [' \n', 'The file is empty.'],
    ['{"a": 1 "b": 2}', 'The file is not JSON: line 1, column 9. A comma is missing before this.'],
    ['{"a": 1', 'The file is not JSON: line 1, column 8. A } is missing.'],
    ['{"a" 1}', 'The file is not JSON: line 1, column 6. A colon is missing.'],
    [
      '{"a": 1}}',
      'The file is not JSON: line 1, column 9. There is something behind the end, or a bracket too many.',
    ],
    ['{"a": "b\n"}', 'The file is not JSON: line 1, column 7. A text does not end in its line.'],
  ] as const)
    it(`says what is missing in ${JSON.stringify(text)}`, async () => {
      at.writeText(text);
      assert.equal((await check()).stderr, `${sentence}\n${at.file}: one thing is wrong.\n`);
    });

  it('says in which folder a file is looked for', async () => {
    at.write({}, { secretFile: 'nowhere' });
    assert.match(
      (await check()).stderr,
      new RegExp(`“secretFile” names a file that does not exist in ${at.folder}\\.\n`),
    );
  });

  it('says that it was given a folder', async () => {
    const { stderr } = await captured(() => runCommandLine(['check', at.folder]));
    assert.equal(stderr, `This is a folder: name the file in it.\n${at.folder}: one thing is wrong.\n`);
  });

  it('is what a server says that does not start by it', async () => {
    at.write({ poll: 5 });
    const { code, stdout, stderr } = await captured(() => runCommandLine(['serve', at.file]));
    assert.deepEqual([code, stdout], [1, '']);
    assert.match(stderr, /^“poll”: .*\n.*: one thing is wrong, and the server was not started\.\n$/);
    assert.ok(stderr.includes(`\n${at.file}: `));
  });

  it('takes comments, and a comma too many', async () => {
    at.writeText(
      JSON.stringify(at.right({}), null, 1)
        .replace('{', '{ // the server of the team')
        .replace(/\]\s*\}$/, '],}'),
    );
    assert.equal((await check()).code, 0);
  });

  it('says that there is no such file', async () => {
    const { code, stderr } = await captured(() => runCommandLine(['check', join(at.folder, 'nowhere.json')]));
    assert.equal(code, 1);
    assert.match(stderr, /^There is no such file\.$/m);
  });

  it('says everything that is wrong at once', async () => {
    at.write({ listen: 'x', data: 'key' }, { secretFile: 'nowhere' });
    assert.match((await check()).stderr, /3 things are wrong\.\n$/);
  });

  it('lets others reach the server behind a proxy with TLS', async () => {
    at.write({ listen: '0.0.0.0:9633' });
    assert.equal((await check('--behind-tls')).code, 0);
  });

  it('allows plain http where the file says that it is meant', async () => {
    at.write({ gateways: { 'http://10.0.0.5': { allowHttp: true } } }, { baseUrl: 'http://10.0.0.5' });
    assert.equal((await check()).code, 0);
  });

  it('warns of a secret that every user of the machine can read', async () => {
    chmodSync(join(at.folder, 'key'), 0o644);
    const { code, stderr } = await check();
    assert.equal(code, 0);
    assert.equal(
      stderr,
      `warning: “keys[0]”: “secretFile” can be read by every user of this machine (mode 644). Run: chmod o= ${join(at.folder, 'key')}\n`,
    );
  });

  it('warns of what holds for a gateway at which no key is, and knows those that have a path', async () => {
    at.write({ gateways: { 'https://gw.exmaple': {}, 'https://gw.example/newapi': {} } });
    assert.deepEqual(
      [(await check()).code, (await check()).stderr],
      [
        0,
        'warning: “gateways["https://gw.exmaple"]”: No key is at this address, so that this holds for nothing.\n',
      ],
    );
    at.write({ gateways: { 'https://gw.exmaple': {} } }, { secretFile: 'gone' });
    assert.doesNotMatch((await check()).stderr, /No key is at this address/);
  });

  it('warns of a reader of a key that is not there', async () => {
    at.write({ readers: [{ name: 'ml', tokenFile: 'reader', keys: ['ML *', 'Web *'] }] });
    assert.equal((await check()).stderr, 'warning: “readers[0].keys[1]”: No key is called so.\n');
    at.write({ readers: [{ name: 'ml', tokenFile: 'reader', keys: ['ML *'] }] }, { secretFile: 'gone' });
    assert.doesNotMatch((await check()).stderr, /No key is called so/);
  });

  it('warns where nobody could ask the server', async () => {
    at.write({ readers: [], scrapers: [] });
    assert.match((await check()).stderr, /^warning: There are neither “readers” nor “scrapers”/);
  });

  it('makes nothing, not even the data folder', async () => {
    at.write({ data: 'later/data' });
    assert.equal((await check()).code, 0);
    // Would fail were it there.
    mkdirSync(join(at.folder, 'later'));
  });
});

function named(name: string, baseUrl = 'https://gw.example'): readonly Members[] {
  return [{ name, kind: 'newApi', baseUrl, secretFile: 'key' }];
}
