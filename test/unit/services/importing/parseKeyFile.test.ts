import { deepStrictEqual, throws } from 'node:assert';
import { strToU8, zipSync } from 'fflate';
import { describe, it } from 'mocha';
import { parseKeyFile } from '../../../../src/services/importing/parseKeyFile.ts';

const A = 'sk-aaaa1111bbbb2222cccc';
const B = 'sk-dddd3333eeee4444ffff';
const ACCESS = 'abcdefghijklmnopqrstuvwxyz012345';

/** What is found, without members that are undefined. */
function found(name: string, content: string | Uint8Array): unknown {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return JSON.parse(JSON.stringify(parseKeyFile(name, bytes)));
}

/** A file's own lines in an archive, over and over: only the list at the end is looked at, and there is none. */
function zipOfEmptyFiles(count: number): Uint8Array {
  const one = zipSync({ a: new Uint8Array() }).subarray(0, 31);
  return Buffer.alloc(count * one.length, one);
}

function zipWithListOutside(): Uint8Array {
  const zip = Buffer.from(zipSync({ 'data.json': strToU8('{}') }));
  zip.writeUInt32LE(0xfffffff0, zip.length - 6);
  return zip;
}

function encryptedZip(): Uint8Array {
  const zip = Buffer.from(zipSync({ 'data.json': strToU8('{}') }));
  const entry = zip.readUInt32LE(zip.length - 6);
  zip.writeUInt16LE(1, entry + 8);
  return zip;
}

function keys(count: number): readonly object[] {
  return Array.from({ length: count }, (_, at) => ({ apiKey: `sk-aaaa1111bbbb${at}` }));
}

describe('a file with keys', () => {
  it('is a backup of All API Hub: accounts by token, profiles, no cookies', () => {
    const backup = {
      version: '4.0',
      timestamp: 1_764_000_000_000,
      accounts: {
        accounts: [
          {
            site_name: 'My relay',
            site_url: 'https://one.example',
            site_type: 'new-api',
            authType: 'access_token',
            account_info: { id: 7, access_token: ACCESS, username: 'me' },
          },
          {
            site_name: 'By cookie',
            site_url: 'https://two.example',
            site_type: 'new-api',
            authType: 'cookie',
            account_info: { id: 8, access_token: ACCESS },
          },
        ],
      },
      apiCredentialProfiles: {
        version: 5,
        profiles: [
          { id: 'p', name: 'Profile', apiType: 'openai', baseUrl: 'https://three.example/v1', apiKey: A },
        ],
      },
    };
    deepStrictEqual(found('backup.json', JSON.stringify(backup)), [
      {
        secret: ACCESS,
        address: 'https://one.example',
        name: 'My relay',
        kind: 'newApi',
        credential: 'accessToken',
        userId: '7',
      },
      { secret: A, address: 'https://three.example/v1', name: 'Profile' },
    ]);
  });

  it('is the settings of Roo Code: only the key of a profile’s own provider', () => {
    const settings = {
      providerProfiles: {
        currentApiConfigName: 'default',
        apiConfigs: {
          default: {
            apiProvider: 'openai',
            openAiApiKey: A,
            openAiBaseUrl: 'https://one.example/v1',
            openRouterApiKey: B,
          },
          other: { apiProvider: 'openrouter', openRouterApiKey: B },
          china: { apiProvider: 'zai', zaiApiKey: B, zaiApiLine: 'china_coding' },
        },
      },
    };
    deepStrictEqual(found('roo-code-settings.json', JSON.stringify(settings)), [
      { secret: A, name: 'default', address: 'https://one.example/v1' },
      { secret: B, name: 'other', address: 'https://openrouter.ai' },
      { secret: B, name: 'china', address: 'https://open.bigmodel.cn' },
    ]);
  });

  it('is the settings of Kilo Code and of opencode', () => {
    const settings = {
      _meta: { version: 1 },
      provider: { mine: { name: 'Mine', options: { apiKey: A, baseURL: 'https://one.example/v1' } } },
    };
    deepStrictEqual(found('kilo-settings.json', JSON.stringify(settings)), [
      { secret: A, address: 'https://one.example/v1', name: 'Mine' },
    ]);
  });

  it('is Cline’s list of providers', () => {
    const settings = {
      version: 1,
      providers: {
        openai: { settings: { provider: 'openai-compatible', apiKey: A, baseUrl: 'https://one.example' } },
        deepseek: { settings: { provider: 'deepseek', apiKey: B } },
        login: { settings: { provider: 'cline', auth: { accessToken: 'x' } } },
      },
    };
    deepStrictEqual(found('providers.json', JSON.stringify(settings)), [
      { secret: A, name: 'openai-compatible', address: 'https://one.example' },
      { secret: B, name: 'deepseek', address: 'https://api.deepseek.com' },
    ]);
  });

  it('is a zipped backup of Cherry Studio: several keys of one provider', () => {
    const llm = {
      providers: [
        { id: 'mine', name: 'Mine', apiKey: `${A}, ${B}`, apiHost: 'https://one.example/#', enabled: true },
      ],
    };
    const data = {
      version: 5,
      localStorage: { 'persist:cherry-studio': JSON.stringify({ llm: JSON.stringify(llm) }) },
    };
    const zip = zipSync({ 'Data/x': strToU8('x'), 'data.json': strToU8(JSON.stringify(data)) });
    deepStrictEqual(found('cherry-studio.202611290000.zip', zip), [
      { secret: A, address: 'https://one.example/', name: 'Mine' },
      { secret: B, address: 'https://one.example/', name: 'Mine' },
    ]);
  });

  it('is Continue’s configuration', () => {
    const yaml = `name: mine\nmodels:\n  - name: Mine\n    provider: openai\n    apiBase: https://one.example/v1\n    apiKey: ${A}\n  - name: None\n    provider: ollama\n`;
    deepStrictEqual(found('config.yaml', yaml), [
      { secret: A, address: 'https://one.example/v1', name: 'Mine' },
    ]);
  });

  it('is LiteLLM’s configuration: the services behind it, and not its own key', () => {
    const yaml = [
      'model_list:',
      '  - model_name: fast',
      `    litellm_params: { model: openai/gpt-5, api_base: https://one.example, api_key: ${A} }`,
      '  - model_name: other',
      '    litellm_params: { model: deepseek/chat, api_key: os.environ/DEEPSEEK_API_KEY }',
      'general_settings:',
      '  master_key: sk-master-000000000000',
    ].join('\n');
    deepStrictEqual(found('config.yaml', yaml), [
      { secret: A, address: 'https://one.example', name: 'fast' },
      { secret: 'os.environ/DEEPSEEK_API_KEY', address: 'https://api.deepseek.com', name: 'other' },
    ]);
  });

  it('is aider’s configuration', () => {
    const yaml = `openai-api-key: ${A}\nopenai-api-base: https://one.example/v1\napi-key:\n  - openrouter=${B}\n`;
    deepStrictEqual(found('.aider.conf.yml', yaml), [
      { secret: B, name: 'OPENROUTER_API_KEY', address: 'https://openrouter.ai' },
      { secret: A, name: 'OPENAI_API_KEY', address: 'https://one.example/v1' },
    ]);
  });

  it('is Codex’ configuration', () => {
    const toml = `model_provider = "mine"\n[model_providers.mine]\nname = "Mine"\nbase_url = "https://one.example/v1"\nexperimental_bearer_token = "${A}"\n[model_providers.two]\nbase_url = "https://two.example"\nenv_key = "TWO_KEY"\n`;
    deepStrictEqual(found('config.toml', toml), [
      { secret: A, address: 'https://one.example/v1', name: 'Mine' },
      { secret: '{env:TWO_KEY}', address: 'https://two.example', name: 'two' },
    ]);
  });

  it('is text in UTF-16', () => {
    const bytes = Buffer.from(`\uFEFFRELAY_KEY=${A}\nRELAY_URL=https://one.example`, 'utf16le');
    deepStrictEqual(found('.env', bytes), [{ secret: A, name: 'RELAY_KEY', address: 'https://one.example' }]);
  });
});

describe('a file that cannot be read says why:', () => {
  const zipOfZeros = () => zipSync({ 'data.json': new Uint8Array(101 * 1024 * 1024) }, { level: 1 });
  const manyNumbers = JSON.stringify(Array.from({ length: 5000 }, (_, at) => (at * 7919) % 10_007));
  const cut = (bytes: Uint8Array) => bytes.slice(0, bytes.length / 2);
  const files: readonly (readonly [string, string, () => string | Uint8Array, string])[] = [
    ['JSON that ends early', 'a.json', () => `{"apiKey":"${A}","baseUrl":"https://one.ex`, 'damaged'],
    [
      'an encrypted backup of All API Hub',
      'a.json',
      () => '{"type":"all-api-hub-webdav-backup-encrypted","v":1,"ct":"AAAA"}',
      'encrypted',
    ],
    ['an age file', 'a.age', () => 'age-encryption.org/v1\n-> scrypt x 18\n', 'encrypted'],
    ['bytes that are no text', 'a.bin', () => Uint8Array.of(0, 255, 254, 0, 1), 'unknown-format'],
    [
      'an archive without what we read',
      'a.zip',
      () => zipSync({ 'other.json': strToU8('{}') }),
      'unknown-format',
    ],
    [
      'an archive that ends early',
      'a.zip',
      () => cut(zipSync({ 'data.json': strToU8(manyNumbers) })),
      'damaged',
    ],
    [
      'an archive of another program',
      'a.zip',
      () => zipSync({ 'data.json': strToU8('{"a":1}') }),
      'unknown-format',
    ],
    ['an archive with 101 MB in it', 'a.zip', zipOfZeros, 'too-large'],
    ['17 MB of text', 'a.txt', () => new Uint8Array(17 * 1024 * 1024).fill(0x61), 'too-large'],
    ['YAML with aliases', 'a.yaml', () => 'a: &a [x, x]\nb: [*a, *a]\n', 'unknown-format'],
    ['an archive of half a million empty files', 'a.zip', () => zipOfEmptyFiles(500_000), 'damaged'],
    ['an archive whose list is elsewhere', 'a.zip', zipWithListOutside, 'damaged'],
    ['an archive with a password', 'a.zip', encryptedZip, 'encrypted'],
    ['YAML of more than a million characters', 'a.yaml', () => `a: ${'b'.repeat(1_000_000)}`, 'too-large'],
    ['YAML of a hundred thousand quotes', 'a.yaml', () => '"'.repeat(100_000), 'damaged'],
    ['JSON of twelve million commas', 'a.json', () => `[${','.repeat(12_000_000)}`, 'damaged'],
    ['JSON of a million line breaks', 'a.json', () => `{${'\n'.repeat(1_000_000)}`, 'damaged'],
    ['JSON that begins 100,000 lists', 'a.json', () => '['.repeat(100_000), 'damaged'],
    ['JSON with a thousand and one keys', 'a.json', () => JSON.stringify(keys(1001)), 'too-large'],
    ['YAML that is broken', 'a.yaml', () => 'a: [1, 2\nb: }', 'damaged'],
  ];
  for (const [what, name, content, reason] of files) {
    it(`${what}: ${reason}`, () => {
      throws(() => found(name, content()), { name: 'UnreadableFileError', reason });
    });
  }

  it('may have a thousand keys, and a long list of one key that repeats', () => {
    deepStrictEqual(parseKeyFile('a.json', Buffer.from(JSON.stringify(keys(1000)))).length, 1000);
    const repeated = Array.from({ length: 1001 }, () => ({ apiKey: A }));
    deepStrictEqual(parseKeyFile('a.json', Buffer.from(JSON.stringify(repeated))).length, 1001);
  });

  it('finds nothing in TOML of a million dots', () => {
    deepStrictEqual(found('a.toml', `[model_providers.${'a.'.repeat(500_000)}a]`), []);
  });

  it('finds nothing in JSON nested 100,000 deep, and does not fail', () => {
    deepStrictEqual(found('a.json', `${'['.repeat(5000)}${']'.repeat(5000)}`), []);
  });
});
