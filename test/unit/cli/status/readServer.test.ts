import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import { runCommandLine } from '../../../../src/cli/commandLine.ts';
import { MAX_BODY_BYTES } from '../../../../src/http/transport.ts';
import { captured } from '../../support/captured.ts';
import { tokenFor } from '../../support/configurationFolder.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';

const TOKEN = tokenFor('a-reader-of-the-team');
const KEY = {
  ...{ id: '5e9a07c41b3fd286', label: 'ML', kind: 'newApi', origin: 'https://gw.example', pinned: false },
  ...{ credential: 'apiKey', status: 'ok' },
  reading: {
    takenAt: '2026-06-15T11:55:00.000Z',
    unit: { code: 'USD', source: 'gateway' },
    quota: { unlimited: false, granted: 20, used: 5, remaining: 15 },
  },
};
const ANSWER = { schema: 'key-quota/team/1', at: '2026-06-15T12:00:00.000Z', salt: 'x', keys: [KEY] };

describe('key-quota status, of a server', () => {
  let address: string;
  let answer: (request: IncomingMessage, response: ServerResponse) => void;
  const server = createServer((request, response) => answer(request, response));
  const asked: (string | undefined)[] = [];

  before(async () => {
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => server.close());
  afterEach(() => {
    delete process.env.KEY_QUOTA_TOKEN;
    asked.length = 0;
    removeTempFolders();
  });

  const answering = (body: unknown, status = 200) => {
    answer = ({ url, headers }, response) => {
      asked.push(url, headers.authorization);
      response.writeHead(status, { 'content-type': 'application/json', location: 'https://gw.invalid/' });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    };
  };
  const status = (...args: string[]) =>
    captured(() => runCommandLine(['status', '--server', address, ...args]));

  it('shows its keys with the age by its own clock, and sends the token in the header', async () => {
    answering(ANSWER);
    process.env.KEY_QUOTA_TOKEN = `${TOKEN}\n`;
    const { code, stdout } = await status();
    assert.equal(code, 0);
    assert.match(stdout, /^ML +gw\.example +\$15\.00 of \$20\.00 \(75%\) +ok +5 minutes ago$/m);
    assert.deepEqual(asked, ['/v1/keys', `Bearer ${TOKEN}`]);
  });

  it('takes the token from a file', async () => {
    answering(ANSWER);
    const file = join(tempFolder(), 'token');
    writeFileSync(file, `${TOKEN}\n`);
    assert.equal((await status('--token-file', file, '--line')).stdout, 'ML $15.00 (75%)\n');
    assert.deepEqual(asked, ['/v1/keys', `Bearer ${TOKEN}`]);
  });

  it('is asked at its root, whatever path of it was pasted, and below what it is mounted', async () => {
    answering(ANSWER);
    process.env.KEY_QUOTA_TOKEN = TOKEN;
    const asks = (path: string) =>
      captured(() => runCommandLine(['status', '--server', address + path, '--line']));
    for (const path of ['/', '/v1', '/v1/', '/v1/keys', '/metrics', '/healthz', '/team/v1/keys'])
      assert.equal((await asks(path)).code, 0, path);
    const paths = asked.filter(each => each?.startsWith('/'));
    assert.deepEqual(paths, [...new Array(6).fill('/v1/keys'), '/team/v1/keys']);
  });

  it('is not asked without a token, and takes none from the arguments', async () => {
    answering(ANSWER);
    const { code, stderr } = await status();
    assert.equal(code, 2);
    assert.match(stderr, /^A server needs a token: in KEY_QUOTA_TOKEN, or in a file by --token-file\./);
    assert.equal((await status('--token', TOKEN)).code, 2);
    for (const [file, sentence] of [
      ['/nowhere/token', 'There is no file /nowhere/token.'],
      [tempFolder(), ' is a folder.'],
    ] as const) {
      const refused = await status('--token-file', file);
      assert.equal(refused.code, 2);
      assert.ok(refused.stderr.split('\n')[0]?.endsWith(sentence), refused.stderr);
    }
    process.env.KEY_QUOTA_TOKEN = `${TOKEN}\n${TOKEN}`;
    assert.match((await status()).stderr, /^The token has blanks, a second line or other characters/);
    assert.deepEqual(asked, []);
  });

  for (const [what, body, code, sentence] of [
    ['does not know the token', { error: TOKEN }, 401, /^127\.0\.0\.1:\d+ does not know the token\.$/],
    ['takes the token for a scraper’s', '', 403, /may be a scraper’s, and a reader’s is wanted/],
    ['redirects', '', 302, /redirects to another address, where no token was sent/],
    ['moves the cursor', { ...ANSWER, schema: '\u001b[31mteam\n' }, 200, /version \( ?\[31mteam ?\)/],
    ['fails', 'oops', 500, /answered with status 500\. Its log says why\./],
    ['is another', 'oops', 404, /answered with status 404\. Look at the address/],
    ['is another program', '<html>', 200, /does not answer as a server of Key Quota/],
    ['speaks a later version', { ...ANSWER, schema: 'key-quota/team/2' }, 200, /speaks another version/],
    ['lies about its clock', { ...ANSWER, at: 'now' }, 200, /does not answer as a server/],
    ['sends a key without an address', { ...ANSWER, keys: [{ ...KEY, origin: 'x' }] }, 200, /cannot read/],
    [
      'sends figures that are texts',
      {
        ...ANSWER,
        keys: [{ ...KEY, reading: { ...KEY.reading, quota: { unlimited: false, remaining: '15' } } }],
      },
      200,
      /cannot read/,
    ],
  ] as const)
    it(`says so where it ${what}, and never shows the token`, async () => {
      answering(body, code);
      process.env.KEY_QUOTA_TOKEN = TOKEN;
      const { code: exit, stdout, stderr } = await status();
      assert.deepEqual([exit, stdout], [69, '']);
      assert.match(stderr.trimEnd(), sentence);
      assert.ok(!stderr.includes(TOKEN));
    });

  it('says once where nobody listens, without a word of trying again', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.close();
    process.env.KEY_QUOTA_TOKEN = TOKEN;
    assert.deepEqual(await captured(() => runCommandLine(['status', '--server', `http://${host}`])), {
      ...{ code: 69, stdout: '' },
      stderr: `${host} does not answer: nothing listens at that port, or a firewall is in between.\n`,
    });
  });

  it('shows five thousand keys, whose answer is larger than any gateway’s may be', async () => {
    const models = Array.from({ length: 20 }, (_, index) => `a-model-of-a-long-name-${index}`);
    const keys = Array.from({ length: 5000 }, (_, index) => ({
      ...KEY,
      ...{ id: `key-${index}`, label: `Key ${index}`, reading: { ...KEY.reading, models } },
    }));
    const body = JSON.stringify({ ...ANSWER, keys });
    assert.ok(body.length > MAX_BODY_BYTES, `${body.length}`);
    answering(body);
    process.env.KEY_QUOTA_TOKEN = TOKEN;
    const { code, stdout } = await status('--json');
    assert.deepEqual([code, JSON.parse(stdout).length], [0, 5000]);
  });

  it('shows no token that a server sends back in a name', async () => {
    answering({ ...ANSWER, keys: [{ ...KEY, label: TOKEN }] });
    process.env.KEY_QUOTA_TOKEN = TOKEN;
    for (const form of [[], ['--json'], ['--line']]) {
      const { stdout } = await status(...form);
      assert.ok(stdout.includes('‹secret›') && !stdout.includes(TOKEN), stdout);
    }
  });

  it('is asked by the proxy that the environment names, and never over plain http in a network', async () => {
    process.env.KEY_QUOTA_TOKEN = TOKEN;
    process.env.HTTPS_PROXY = 'ftp://proxy.invalid';
    const troubleOf = async (server: string) => {
      const { code, stderr } = await captured(() => runCommandLine(['status', '--server', server]));
      assert.equal(code, 69);
      return stderr;
    };
    try {
      assert.match(
        await troubleOf('https://gw.invalid'),
        /^gw\.invalid could not be asked: the proxy cannot be used\. HTTPS_PROXY/,
      );
      process.env.NO_PROXY = '.invalid';
      assert.doesNotMatch(await troubleOf('https://gw.invalid'), /proxy/);
    } finally {
      delete process.env.NO_PROXY;
      delete process.env.HTTPS_PROXY;
    }
    assert.match(
      await troubleOf('http://10.0.0.5:9633'),
      /^10\.0\.0\.5:9633 was not sent the token: plain http would show it to the network/,
    );
    assert.match(
      await troubleOf('http://gw.invalid'),
      /^gw\.invalid was not sent the token: plain http would show it to everybody/,
    );
  });

  for (const wrong of [
    'gw.example',
    'https://me:pw@gw.example',
    'https://gw.example/?token=x',
    'https://gw.example/#keys',
    'ftp://gw.example',
  ])
    it(`refuses ${wrong} as its address`, async () => {
      process.env.KEY_QUOTA_TOKEN = TOKEN;
      assert.deepEqual(await captured(() => runCommandLine(['status', '--server', wrong])), {
        ...{ code: 2, stdout: '' },
        stderr:
          '--server needs an address: https://host:port, or http://127.0.0.1:9633 on the server’s own machine\nTry: key-quota status --help\n',
      });
    });
});
