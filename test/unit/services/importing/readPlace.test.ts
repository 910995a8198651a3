import { deepStrictEqual, rejects } from 'node:assert';
import { describe, it } from 'mocha';
import { placesOnMachine } from '../../../../src/services/importing/placesOnMachine.ts';
import { type PlaceReader, readPlace } from '../../../../src/services/importing/readPlace.ts';

const A = 'sk-aaaa1111bbbb2222cccc';
const B = 'sk-dddd3333eeee4444ffff';
const HOME = '/home/me';

type Files = Readonly<Record<string, string>>;

/** What is found in a place of which these files exist, without members that are undefined. */
async function foundIn(id: string, files: Files, more: Partial<PlaceReader> = {}): Promise<unknown> {
  const environment = more.environment ?? {};
  const place = placesOnMachine({ home: HOME, environment, isWindows: false }).find(each => each.id === id);
  if (!place) throw new Error(`no place ${id}`);
  const reader: PlaceReader = {
    readText: async path => files[path],
    readCcSwitch: async () => [],
    environment,
    ...more,
  };
  return JSON.parse(JSON.stringify(await readPlace(place, reader)));
}

describe('keys of programs on this machine', () => {
  it('of Claude Code: the key with the address of the same file', async () => {
    const env = { ANTHROPIC_AUTH_TOKEN: A, ANTHROPIC_BASE_URL: 'https://one.example', OTHER: 'x' };
    const files = { [`${HOME}/.claude/settings.json`]: JSON.stringify({ env, apiKeyHelper: '/bin/evil' }) };
    deepStrictEqual(await foundIn('claudeCode', files), [{ secret: A, address: 'https://one.example' }]);
  });

  it('of Codex: an address of another file is a suggestion alone', async () => {
    const files = {
      [`${HOME}/.codex/config.toml`]:
        'model_provider = "mine"\n[model_providers.mine]\nbase_url = "https://one.example/v1"\nrequires_openai_auth = true\n',
      [`${HOME}/.codex/auth.json`]: JSON.stringify({ OPENAI_API_KEY: A, tokens: { access_token: B } }),
    };
    deepStrictEqual(await foundIn('codex', files), [
      { secret: A, name: 'Codex', suggestedAddress: 'https://one.example/v1' },
    ]);
  });

  it('of opencode: keys in its settings, and in the file of its logins', async () => {
    const files = {
      [`${HOME}/.config/opencode/opencode.jsonc`]: `{ // mine\n"provider": { "mine": { "options": { "baseURL": "https://one.example", "apiKey": "${A}" } } } }`,
      [`${HOME}/.local/share/opencode/auth.json`]: JSON.stringify({
        deepseek: { type: 'api', key: B },
        mine: { type: 'api', key: B },
        claude: { type: 'oauth', access: 'x' },
      }),
    };
    deepStrictEqual(await foundIn('opencode', files), [
      { secret: A, address: 'https://one.example', name: 'mine' },
      { secret: B, name: 'deepseek', address: 'https://api.deepseek.com' },
      { secret: B, name: 'mine', suggestedAddress: 'https://one.example' },
    ]);
  });

  it('of Cline: new and old files', async () => {
    const files = {
      [`${HOME}/.cline/data/settings/providers.json`]: JSON.stringify({
        providers: {
          openai: { settings: { provider: 'openai', apiKey: A, baseUrl: 'https://one.example' } },
        },
      }),
      [`${HOME}/.cline/data/secrets.json`]: JSON.stringify({ liteLlmApiKey: B, clineAccountId: 'x' }),
      [`${HOME}/.cline/data/globalState.json`]: JSON.stringify({ liteLlmBaseUrl: 'https://two.example' }),
    };
    deepStrictEqual(await foundIn('cline', files), [
      { secret: A, name: 'openai', address: 'https://one.example' },
      { secret: B, name: 'litellm', suggestedAddress: 'https://two.example' },
    ]);
  });

  it('of CC Switch: one row is one record, and its script’s token belongs to it', async () => {
    const row = (app_type: string, name: string, settings: unknown, meta: unknown = {}) => ({
      app_type,
      name,
      settings_config: JSON.stringify(settings),
      meta: JSON.stringify(meta),
    });
    const rows = [
      row(
        'claude',
        'One',
        {
          env: { ANTHROPIC_AUTH_TOKEN: '', ANTHROPIC_API_KEY: A, ANTHROPIC_BASE_URL: 'https://one.example' },
        },
        { usage_script: { templateType: 'newapi', accessToken: 'token', userId: '7', code: 'evil()' } },
      ),
      row('codex', 'Two', {
        auth: { OPENAI_API_KEY: B },
        config: 'model_provider = "x"\n[model_providers.x]\nbase_url = "https://two.example/v1"',
      }),
      row('opencode', 'Three', { options: { baseURL: 'https://three.example', apiKey: A } }),
      row('claude', 'Official', { env: {} }),
      { app_type: 'claude', name: 'Broken', settings_config: '{', meta: null },
    ];
    deepStrictEqual(await foundIn('ccSwitch', {}, { readCcSwitch: async () => rows }), [
      { secret: A, address: 'https://one.example', name: 'One' },
      {
        secret: 'token',
        address: 'https://one.example',
        kind: 'newApi',
        credential: 'accessToken',
        userId: '7',
        name: 'One',
      },
      { secret: B, address: 'https://two.example/v1', name: 'Two' },
      { secret: A, address: 'https://three.example', name: 'Three' },
    ]);
  });

  it('of the environment: variables of other programs only suggest an address', async () => {
    const others = { JIRA_URL: 'https://jira.example', FOO_API_KEY: A };
    deepStrictEqual(await foundIn('environment', {}, { environment: others }), [
      { secret: A, name: 'FOO_API_KEY', suggestedAddress: 'https://jira.example' },
    ]);
    const nameless = { HOST: 'this.machine.example', TOKEN: A };
    deepStrictEqual(await foundIn('environment', {}, { environment: nameless }), [
      { secret: A, suggestedAddress: 'this.machine.example' },
    ]);
  });

  it('of the environment', async () => {
    const environment = { RELAY_API_KEY: A, RELAY_BASE_URL: 'https://one.example', PATH: '/bin' };
    deepStrictEqual(await foundIn('environment', {}, { environment }), [
      { secret: A, name: 'RELAY_API_KEY', address: 'https://one.example' },
    ]);
  });

  it('are looked for where a program was told to keep them', () => {
    const environment = { CODEX_HOME: '/elsewhere', CLAUDE_CONFIG_DIR: '/claude' };
    const places = placesOnMachine({ home: HOME, environment, isWindows: false });
    deepStrictEqual(places.find(({ id }) => id === 'codex')?.files, [
      '/elsewhere/config.toml',
      '/elsewhere/auth.json',
    ]);
    deepStrictEqual(places.find(({ id }) => id === 'claudeCode')?.files[0], '/claude/settings.json');
  });

  it('are an error where a settings file is damaged', async () => {
    const files = { [`${HOME}/.claude/settings.json`]: '{"env":' };
    await rejects(foundIn('claudeCode', files), { name: 'UnreadableFileError', reason: 'damaged' });
  });
});
