import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { acceptsGzip } from '../../../../src/cli/serve/http/answer.ts';
import { type RouterParts, route } from '../../../../src/cli/serve/http/router.ts';
import { tokenHolder } from '../../../../src/cli/serve/http/tokens.ts';
import { tokenFor } from '../../support/configurationFolder.ts';

const READER = tokenFor('reader');
const SCRAPER = tokenFor('scraper');

describe('a request to a team server', () => {
  let refused: string[];

  beforeEach(() => {
    refused = [];
  });

  const parts: RouterParts<string, string> = {
    readers: [tokenHolder(tokenFor('other'), 'others'), tokenHolder(READER, 'all')],
    scrapers: [tokenHolder(SCRAPER, 'prometheus')],
    keysFor: (reader, known) => ({ status: 200, text: `keys for ${reader}, who knows ${known}` }),
    metrics: async () => ({ status: 200, text: 'metrics' }),
    onRefused: (path, why) => refused.push(`${path} ${why}`),
  };
  const ask = (url: string, headers: Record<string, string> = {}, method = 'GET') =>
    route({ url, headers, method }, parts);
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

  it('is answered for whoever has the token', async () => {
    assert.equal((await ask('/v1/keys', bearer(READER))).text, 'keys for all, who knows undefined');
    assert.equal(
      (await ask('/v1/keys', { ...bearer(tokenFor('other')), 'if-none-match': 'W/"1"' })).text,
      'keys for others, who knows W/"1"',
    );
    assert.equal((await ask('/metrics', { authorization: `bearer  ${SCRAPER} ` })).text, 'metrics');
    assert.deepEqual(refused, []);
  });

  it('for its health needs no token, and tells nothing else', async () => {
    assert.deepEqual(await ask('/healthz'), { status: 200, type: 'text/plain; charset=utf-8', text: 'ok\n' });
  });

  for (const [what, headers, why, sentence] of [
    ['without a token', {}, 'missing', 'A token is wanted here, in the header Authorization: Bearer …'],
    [
      'with an empty token',
      bearer(''),
      'missing',
      'A token is wanted here, in the header Authorization: Bearer …',
    ],
    [
      'with a password',
      { authorization: 'Basic bWU6cGFzcw==' },
      'missing',
      'A token is wanted here, in the header Authorization: Bearer …',
    ],
    [
      'with a wrong token',
      bearer(tokenFor('wrong')),
      'unknown',
      'This token is not known here: it may have been replaced.',
    ],
    [
      'with the beginning of a token',
      bearer(READER.slice(0, -1)),
      'unknown',
      'This token is not known here: it may have been replaced.',
    ],
    [
      'with more than a token',
      bearer(`${READER}0`),
      'unknown',
      'This token is not known here: it may have been replaced.',
    ],
    [
      'with a token of 5,000 characters',
      bearer('a'.repeat(5000)),
      'missing',
      'A token is wanted here, in the header Authorization: Bearer …',
    ],
  ] as const)
    it(`${what} is refused, and a sentence says why`, async () => {
      for (const path of ['/v1/keys', '/metrics']) {
        assert.deepEqual(await ask(path, headers), {
          status: 401,
          type: 'text/plain; charset=utf-8',
          text: `${sentence}\n`,
          headers: { 'www-authenticate': 'Bearer' },
        });
      }
      assert.deepEqual(refused, [`/v1/keys ${why}`, `/metrics ${why}`]);
    });

  it('with a token of the other kind is refused', async () => {
    for (const [path, token] of [
      ['/metrics', READER],
      ['/v1/keys', SCRAPER],
    ] as const) {
      const { status, text } = await ask(path, bearer(token));
      assert.deepEqual(
        [status, text],
        [403, 'This token is of the other kind: scrapers have tokens for /metrics, readers for /v1/keys.\n'],
      );
    }
    assert.deepEqual(refused, ['/metrics other-kind', '/v1/keys other-kind']);
  });

  for (const url of [
    `/v1/keys?token=${READER}`,
    '/v1/keys?',
    `http://${READER}@127.0.0.1/v1/keys`,
    'http://127.0.0.1/metrics',
    '*',
    '',
  ])
    it(`for ${JSON.stringify(url.replace(READER, 'TOKEN'))} is refused: tokens belong into the header`, async () => {
      const { status, text = '' } = await ask(url, bearer(READER));
      assert.equal(status, 400);
      assert.ok(!text.includes(READER));
    });

  for (const url of [
    '/',
    '/v1/keys/',
    '/v1/keys/../keys',
    '/v1/./keys',
    '//v1/keys',
    '/v1/%6beys',
    '/V1/KEYS',
    '/metrics/../../etc/passwd',
    '/metrics;x',
    '/favicon.ico',
  ])
    it(`for ${url} finds nothing, whoever asks, and repeats nothing`, async () => {
      for (const token of [READER, SCRAPER])
        assert.deepEqual(await ask(url, bearer(token)), {
          status: 404,
          type: 'text/plain; charset=utf-8',
          text: 'There is nothing at this path.\n',
          headers: {},
        });
    });

  for (const method of ['HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE'])
    it(`by ${method} is refused, at every path`, async () => {
      for (const url of ['/healthz', '/v1/keys', '/metrics', '/nowhere'])
        assert.deepEqual(await ask(url, bearer(READER), method), {
          status: 405,
          type: 'text/plain; charset=utf-8',
          text: 'Only GET is answered here.\n',
          headers: { allow: 'GET' },
        });
    });

  it('takes a compressed answer where it says so', () => {
    for (const header of ['gzip', 'deflate, gzip', 'gzip;q=0.5', 'GZIP', '*', 'gzip; q=1.0'])
      assert.ok(acceptsGzip(header), header);
    for (const header of [undefined, '', 'br', 'gzip;q=0', 'gzip;q=0.0', 'gzippy', '*;q=0', 'gzip;q=0, *'])
      assert.ok(!acceptsGzip(header), header);
  });
});
