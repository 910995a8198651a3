import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import type { OriginProblem } from '../../../../src/core/input/origin.ts';
import { parseOrigin } from '../../../../src/core/input/parseOrigin.ts';
import { parseSecret } from '../../../../src/core/input/parseSecret.ts';
import { isLoopback } from '../../../../src/core/input/privateHost.ts';
import { secretFor } from '../../../sampleGateways/secrets.ts';
import { forAll } from '../../support/forAll.ts';

const GATEWAY = 'https://gw.example';
const SECRET = secretFor('pasted around');
const LRM = '\u200E';

describe('a pasted address with other text around it', () => {
  const ORIGINS: readonly (readonly [text: string, origin: string])[] = [
    ['"https://gw.example"', GATEWAY],
    ["'https://gw.example/v1'", GATEWAY],
    ['“https://gw.example”', GATEWAY],
    ['‘https://gw.example’', GATEWAY],
    ['„https://gw.example“', GATEWAY],
    ['«https://gw.example»', GATEWAY],
    ['「https://gw.example」', GATEWAY],
    ['`https://gw.example`', GATEWAY],
    ['<https://gw.example>', GATEWAY],
    ['(https://gw.example)', GATEWAY],
    ['"https://gw.example', GATEWAY],
    ['https://gw.example"', GATEWAY],
    ['https://gw.example"}', GATEWAY],
    ['[the gateway](https://gw.example/v1)', GATEWAY],
    ['https://gw.example,', GATEWAY],
    ['https://gw.example;', GATEWAY],
    ['https://gw.example.', GATEWAY],
    ['https://gw.example)', GATEWAY],
    ['https://gw.example]', GATEWAY],
    ['https://gw.example。', GATEWAY],
    ['https://https://gw.example', GATEWAY],
    ['https://http://gw.example:8443', 'plain-http-public'],
    ['http://https://gw.example', GATEWAY],
    ['https:https//gw.example', GATEWAY],
    ['https://https:/gw.example/v1', GATEWAY],
    ['https//gw.example', GATEWAY],
    ['https:///gw.example', GATEWAY],
    ['https://"https://gw.example"', GATEWAY],
    ['\u200Bhttps://gw.example', GATEWAY],
    ['\uFEFFhttps://gw.example', GATEWAY],
    ['\u00A0https://gw.example\u00A0', GATEWAY],
    [`${LRM}https://gw.example${LRM}`, GATEWAY],
    ['\u202Ahttps://gw.example\u202C', GATEWAY],
    ['https://gw\u00AD.exa\u2060mple', GATEWAY],
    ['ｈｔｔｐｓ：／／ｇｗ．ｅｘａｍｐｌｅ', GATEWAY],
    ['https：//gw.example/v1', GATEWAY],
    ['https://gw。example', GATEWAY],
    ['https:\\\\gw.example\\v1', GATEWAY],
    ['https://gw.example\u2044v1', GATEWAY],
    ['https:\u2215\u2215gw.example\u2215v1', GATEWAY],
    ['https:\\/\\/gw.example\\/v1', GATEWAY],
    ['\\\\gw.example', GATEWAY],
    ['OPENAI_BASE_URL=https://gw.example/v1', GATEWAY],
    ['OPENAI_BASE_URL="https://gw.example/v1"', GATEWAY],
    ['export OPENAI_BASE_URL=https://gw.example/v1', GATEWAY],
    ['export OPENAI_BASE_URL="https://gw.example/v1";', GATEWAY],
    ['set OPENAI_BASE_URL=https://gw.example', GATEWAY],
    ['setx OPENAI_BASE_URL "https://gw.example"', GATEWAY],
    ['$env:OPENAI_BASE_URL="https://gw.example"', GATEWAY],
    ['$env:OPENAI_BASE_URL = "https://gw.example"', GATEWAY],
    ['OPENAI_BASE_URL=https://gw.example # mine', GATEWAY],
    ['--base-url=https://gw.example', GATEWAY],
    ['"baseURL": "https://gw.example/v1",', GATEWAY],
    ['{"baseURL": "https://gw.example/v1"}', GATEWAY],
    ['base_url: https://gw.example', GATEWAY],
    ['Base URL: https://gw.example/v1', GATEWAY],
    ['接口地址：https://gw.example/v1', GATEWAY],
    ['const baseURL = "https://gw.example/v1";', GATEWAY],
    ['base_url=gw.example', GATEWAY],
    ['curl https://gw.example/v1/models -H "Authorization: Bearer x"', GATEWAY],
    ['curl -H "Authorization: Bearer x" \\\n  "https://gw.example/v1/models"', GATEWAY],
    ['https://GW.example:443/v1,', GATEWAY],
    ['https://gw.example:8443,', 'https://gw.example:8443'],
    ['localhost:3000', 'http://localhost:3000'],
    ['localhost', 'http://localhost'],
    ['relay.localhost:3000/v1', 'http://relay.localhost:3000'],
    ['127.0.0.1:3000', 'http://127.0.0.1:3000'],
    ['[::1]:3000', 'http://[::1]:3000'],
    ['"localhost:3000"', 'http://localhost:3000'],
    ['BASE_URL=localhost:3000', 'http://localhost:3000'],
    ['https://localhost:3000', 'https://localhost:3000'],
    ['localhost:443', 'https://localhost'],
    ['localhost:80', 'http://localhost'],
    ['sk-relay.example', 'https://sk-relay.example'],
    ['192.168.1.5:3000', 'https://192.168.1.5:3000'],
    ['gateway:3000', 'https://gateway:3000'],
    ['my_gateway:3000', 'https://my_gateway:3000'],
    ['https://[2001:db8::1]:3000]', 'https://[2001:db8::1]:3000'],
  ];
  for (const [text, meant] of ORIGINS) {
    it(`${JSON.stringify(text)} is ${meant}`, () => {
      const parsed = parseOrigin(text);
      assert.equal(parsed.origin ?? parsed.problem, meant);
    });
  }

  it('is plain http without a scheme only where the user allowed that', () => {
    const allowed = (origin: string) => origin === 'http://192.168.1.5:3000';
    assert.equal(parseOrigin('192.168.1.5:3000', allowed).origin, 'http://192.168.1.5:3000');
    assert.equal(parseOrigin('192.168.1.5:3001', allowed).origin, 'https://192.168.1.5:3001');
    assert.equal(parseOrigin('https://192.168.1.5:3000', allowed).origin, 'https://192.168.1.5:3000');
  });
});

describe('an invalid host', () => {
  const PROBLEMS: Readonly<Record<string, OriginProblem>> = {
    'https://gw,example': 'not-a-url',
    'https://gw"example': 'not-a-url',
    'https://gw.example,https://gw2.example': 'not-a-url',
    'https://gw..example': 'not-a-url',
    'https://-gw.example': 'not-a-url',
    'https://gw.exam(ple': 'not-a-url',
    "https://gw.example'x": 'not-a-url',
    'https://https': 'not-a-url',
    'NAME=value': 'not-a-url',
    'NAME=1': 'not-a-url',
    '12345': 'not-a-url',
    // A version, a number in another base, a network: `URL` makes addresses of them.
    '1.2.3': 'not-a-url',
    'https://1.2': 'not-a-url',
    'https://2130706433': 'not-a-url',
    '0x7f.1': 'not-a-url',
    'https://0300.0250.1.5': 'not-a-url',
    'https://gw.example:0': 'not-a-url',
    '"': 'not-a-url',
    '\u200B': 'not-a-url',
    [SECRET]: 'not-a-url',
    'https://user:pass@gw.example,': 'with-password',
    '"user@gw.example"': 'with-password',
    'BASE_URL=ftp://gw.example': 'not-http',
    'NAME=http://gw.example': 'plain-http-public',
    [`https://${'a'.repeat(64)}.example`]: 'not-a-url',
  };
  for (const [text, problem] of Object.entries(PROBLEMS)) {
    it(`${JSON.stringify(text.slice(0, 60))}: ${problem}`, () =>
      assert.equal(parseOrigin(text).problem, problem));
  }

  it('never becomes an origin, whatever the address is mixed with', () => {
    const mixed = fc
      .array(
        fc.constantFrom(
          'https://',
          'http:',
          '"',
          '“',
          '’',
          ',',
          ';',
          ' ',
          '=',
          'NAME',
          '\u200B',
          '\\',
          '/',
          '@',
          '[',
          ']',
          '(',
          ')',
          'gw.example',
          'localhost',
          ':3000',
          '%22',
          '<',
          '`',
          '。',
          '127.0.0.1',
        ),
        { maxLength: 9 },
      )
      .map(parts => parts.join(''));
    forAll(mixed, text => {
      const { origin } = parseOrigin(text);
      if (origin === undefined) return true;
      const { hostname, protocol } = new URL(origin);
      const isHost = /^(?:[a-z0-9_-]+\.)*[a-z0-9_-]+\.?$/.test(hostname) || /^\[[\da-f:.]+\]$/.test(hostname);
      return (
        isHost &&
        !/^https?\.?$/.test(hostname) &&
        (protocol === 'https:' || isLoopback(hostname)) &&
        parseOrigin(origin).origin === origin
      );
    });
  });
});

describe('a pasted key with other text around it', () => {
  const PASTED: readonly string[] = [
    `"${SECRET}"`,
    `'${SECRET}'`,
    `“${SECRET}”`,
    `‘${SECRET}’`,
    `«${SECRET}»`,
    `\`${SECRET}\``,
    `<${SECRET}>`,
    `${SECRET},`,
    `${SECRET};`,
    `"${SECRET}",`,
    `(${SECRET})`,
    `${SECRET}。`,
    `\u200B${SECRET}\u200B`,
    `${SECRET.slice(0, 9)}\u200B${SECRET.slice(9)}`,
    `${LRM}${SECRET}\u202C`,
    `OPENAI_API_KEY=${SECRET}`,
    `OPENAI_API_KEY="${SECRET}"`,
    `OPENAI_API_KEY: ${SECRET}`,
    `export OPENAI_API_KEY=${SECRET}`,
    `export OPENAI_API_KEY='${SECRET}';`,
    `export FOO="${SECRET}"`,
    `set OPENAI_API_KEY=${SECRET}`,
    `set -gx OPENAI_API_KEY ${SECRET}`,
    `setx OPENAI_API_KEY "${SECRET}"`,
    `$env:OPENAI_API_KEY="${SECRET}"`,
    `$env:OPENAI_API_KEY = '${SECRET}'`,
    `OPENAI_API_KEY=${SECRET} # mine`,
    `ENV OPENAI_API_KEY ${SECRET}`,
    `--api-key=${SECRET}`,
    `"apiKey": "${SECRET}",`,
    `{"api_key": "${SECRET}"}`,
    `apiKey: '${SECRET}',`,
    `api_key = "${SECRET}"`,
    `key: ${SECRET}`,
    `const apiKey = "${SECRET}";`,
    `Authorization: Bearer ${SECRET}`,
    `"Authorization": "Bearer ${SECRET}",`,
    `{"Authorization": "Bearer ${SECRET}"}`,
    `-H "Authorization: Bearer ${SECRET}"`,
    `x-api-key: ${SECRET}`,
    `curl https://gw.example/v1/models -H "Authorization: Bearer ${SECRET}"`,
    `curl https://gw.example/v1/models \\\n  -H 'authorization: bearer ${SECRET}' \\\n  -d '{"a":1}'`,
    `Bearer "${SECRET}"`,
    [...SECRET].map(sign => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)).join(''),
  ];
  for (const text of PASTED) {
    it(`${text.replaceAll(SECRET, '‹key›').slice(0, 80)} is the key`, () =>
      assert.deepEqual(parseSecret(text), { secret: SECRET }));
  }

  it('keeps the base64 padding of an access token', () => {
    const token = 'AbCdEfGhIjKlMnOpQrStUvWxYz0123==';
    assert.deepEqual(parseSecret(token), { secret: token });
    assert.deepEqual(parseSecret(`ACCESS_TOKEN=${token}`), { secret: token });
  });

  it('any key is parsed unchanged', () => {
    const key = fc
      .tuple(
        fc.constantFrom('sk-', 'mk_', 'sk_live_', ''),
        fc.string({ unit: fc.constantFrom(...'aZ09_-kKeEyY+/'), minLength: 8, maxLength: 60 }),
      )
      .map(parts => parts.join(''))
      .filter(text => /(?:\W*\w){4}/.test(text) && !/^(?:sk[-_])?x{6,}$/i.test(text) && !/^your/i.test(text));
    forAll(
      key,
      secret =>
        parseSecret(secret).secret === secret && parseSecret(`KEY_OF_MINE="${secret}",`).secret === secret,
    );
  });
});

describe('a placeholder for a key', () => {
  for (const text of [
    'sk-abc***xyz',
    'sk-abc…xyz',
    'sk-abc...xyz',
    'sk-abc...',
    'sk-abc…',
    '"sk-abc...",',
    'sk-••••••••1234',
    '••••••••',
    'sk-●●●●●●',
    '********',
    'OPENAI_API_KEY=sk-abc****xyz',
    'Authorization: Bearer sk-abc**********xyz',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of a shell, as it is pasted.
    '${OPENAI_API_KEY}',
    '$OPENAI_API_KEY',
    '%OPENAI_API_KEY%',
    'Authorization: Bearer $OPENAI_API_KEY',
    'sk-xxxxxxxxxxxx',
    'sk-abcXXXXXXXXXXXXwxyz',
    'sk-proj-xxxxxxxxxxxx-1234',
    'your-api-key',
    '<YOUR_API_KEY>',
    'sk-your-api-key',
    // Where programs find one.
    'OPENAI_API_KEY',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as it is written in settings of VS Code.
    '${env:OPENAI_API_KEY}',
    '{{OPENAI_API_KEY}}',
    '$(cat key.txt)',
    'process.env.OPENAI_API_KEY',
    'os.environ["OPENAI_API_KEY"]',
    'os.getenv("OPENAI_API_KEY")',
    'op://vault/item/key',
    'https://gw.example/v1',
    // What stands where there is none.
    'null',
    'undefined',
    'None',
    'api_key',
    '[REDACTED]',
    '‹secret›',
    'OPENAI_API_KEY=changeme',
  ]) {
    it(`${text} is refused`, () => assert.deepEqual(parseSecret(text), { problem: 'masked' }));
  }

  for (const text of ['none', 'ada:pass:word', 'api_token:tr**ouble*', 'monkey:banana', 'x:changeme...'])
    it(`${text} is a login where that is taken, as it is`, () =>
      assert.deepEqual(parseSecret(` ${text}\n`, true), { secret: text }));

  it('what is no login is taken as elsewhere', () => {
    const pasted = ['GRAFANA_TOKEN=glsa_abcdef', 'Authorization: Bearer glsa_abcdef', '"glsa_abcdef"'];
    for (const text of pasted) assert.deepEqual(parseSecret(text, true), { secret: 'glsa_abcdef' });
    assert.deepEqual(parseSecret('glsa_abc***', true), { problem: 'masked' });
    assert.deepEqual(parseSecret('ada:päss', true), { problem: 'unprintable' });
  });

  for (const text of [
    'OPENAI_API_KEY=',
    'OPENAI_API_KEY=""',
    "export OPENAI_API_KEY=''",
    'ANTHROPIC_AUTH_TOKEN=,',
    'set OPENAI_API_KEY=',
  ]) {
    it(`${text} contains no key`, () => assert.deepEqual(parseSecret(text), { problem: 'empty' }));
  }
});
