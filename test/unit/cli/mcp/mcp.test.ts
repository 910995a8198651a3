import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { text } from 'node:stream/consumers';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterEach, beforeEach, describe, it } from 'mocha';
import manifest from '../../../../package.json' with { type: 'json' };
import texts from '../../../../package.nls.json' with { type: 'json' };
import { defaultSettings } from '../../../../src/cli/defaultSettings.ts';
import { allowAgentsOutside, shareSettings } from '../../../../src/services/tools/sharedSettings.ts';
import type { SqliteStore } from '../../../../src/store/store.ts';
import { projectRoot } from '../../../host/project.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { storeFigures } from '../../support/storedFigures.ts';

const textOf = (name: string) => (texts as Record<string, string>)[name.replaceAll('%', '')];
const MAIN = join(projectRoot, 'src', 'cli', 'main.ts');

describe('key-quota mcp, asked by an agent over the protocol', () => {
  let folder: string;
  let store: SqliteStore;
  let client: Client;

  const share = (agents: { enabled: boolean; names: boolean }) =>
    shareSettings(store, defaultSettings, agents);
  const call = async (name: string, input?: Record<string, unknown>) => {
    const { content, isError } = await client.callTool({ name, arguments: input });
    const [part] = content as readonly { readonly text: string }[];
    return { text: part?.text ?? '', isError: isError === true };
  };
  const quota = async (input?: Record<string, unknown>) =>
    JSON.parse((await call('keyQuota_getQuota', input)).text) as Record<string, unknown> & {
      readonly keys: readonly Record<string, unknown>[];
    };

  beforeEach(async () => {
    folder = tempFolder();
    store = storeFigures(folder, [
      { id: 'a', label: 'Main of Ada', left: 15 },
      { id: 'b', label: 'Batch', left: 1, baseUrl: 'https://secret-host.example' },
    ]);
    client = new Client({ name: 'an agent', version: '1' });
    const args = [MAIN, 'mcp', '--database', join(folder, 'key-quota.db')];
    await client.connect(new StdioClientTransport({ command: process.execPath, args, stderr: 'inherit' }));
  });
  afterEach(async () => {
    await client.close();
    store.close();
    removeTempFolders();
  });

  it('offers the two tools that agents in the editor have, as tools that only read', async () => {
    const { tools } = await client.listTools();
    const { languageModelTools } = manifest.contributes;
    assert.deepEqual(
      tools.map(({ name }) => name),
      languageModelTools.map(({ name }) => name),
    );
    for (const [index, { inputSchema, description, annotations }] of tools.entries()) {
      const inputs: object = languageModelTools[index]?.inputSchema.properties ?? {};
      const told = Object.entries(inputs).flatMap(([name, { description: text, ...rest }]) =>
        name === 'refresh' ? [] : [[name, { ...rest, description: textOf(text) }]],
      );
      assert.deepEqual(inputSchema.properties, Object.fromEntries(told));
      assert.match(
        description ?? '',
        /Never contains a secret\. Here the answer is what the extension has stored/,
      );
      assert.equal(annotations?.readOnlyHint, true);
    }
  });

  it('answers nothing before a person has copied a configuration, nor where the setting is off', async () => {
    const sentence = /^The user does not let agents outside the editor ask: the command “Key Quota: Copy MCP/;
    for (const prepare of [
      () => undefined,
      () => share({ enabled: true, names: true }),
      () => {
        share({ enabled: false, names: true });
        allowAgentsOutside(store);
      },
    ]) {
      prepare();
      for (const name of ['keyQuota_getQuota', 'keyQuota_queryUsage']) {
        const { text, isError } = await call(name, { range: 'today' });
        assert.ok(isError);
        assert.match(text, sentence);
      }
    }
  });

  it('tells figures by neutral names, and no label and no address, unless names are allowed', async () => {
    share({ enabled: true, names: false });
    allowAgentsOutside(store);
    const { keys, notice, ...rest } = await quota();
    assert.match(String(notice), /untrusted data/);
    assert.deepEqual(
      keys.map(({ key, status, gateway }) => [key, status, gateway]),
      [
        ['key 2', 'low', undefined],
        ['key 1', 'ok', undefined],
      ],
    );
    assert.deepEqual(keys[0]?.figures, {
      takenAt: store.states.stateOf('b')?.reading?.takenAt,
      ...{ unit: 'USD', unlimited: false, remaining: 1, granted: 20, used: 19, of: 'key quota' },
    });
    assert.doesNotMatch(JSON.stringify({ keys, rest }), /Ada|Batch|secret-host/);
    share({ enabled: true, names: true });
    assert.deepEqual(
      (await quota()).keys.map(({ key, gateway }) => [key, gateway]),
      [
        ['Batch', 'https://secret-host.example'],
        ['Main of Ada', 'https://gw.example'],
      ],
    );
  });

  it('knows a key by the number that agents in the editor know it by', async () => {
    share({ enabled: true, names: false });
    allowAgentsOutside(store);
    store.transaction(() => {
      store.aliases.addAlias('b');
      store.aliases.addAlias('a');
    });
    const { keys } = await quota({ key: 'key 1' });
    assert.deepEqual(
      keys.map(({ status }) => status),
      ['low'],
    );
  });

  it('sees what a window has written since the last question', async () => {
    share({ enabled: true, names: true });
    allowAgentsOutside(store);
    assert.equal((await quota({ key: 'Main of Ada' })).keys.length, 1);
    store.transaction(() => store.keys.renameKey('a', 'Renamed'));
    assert.equal((await quota({ key: 'renamed' })).keys.length, 1);
    share({ enabled: false, names: true });
    assert.ok((await call('keyQuota_getQuota')).isError);
  });

  it('says where nothing of a range is stored', async () => {
    share({ enabled: true, names: false });
    allowAgentsOutside(store);
    const { text } = await call('keyQuota_queryUsage', { range: 'yesterday', key: 'key 1' });
    const answer = JSON.parse(text) as { readonly problems: readonly unknown[]; readonly keysAsked: number };
    assert.deepEqual(answer.problems, [
      { key: 'key 1', problem: 'not-supported', reason: 'nothing-recorded' },
    ]);
    assert.equal(answer.keysAsked, 1);
  });

  for (const [name, input, sentence] of [
    ['keyQuota_getQuota', { key: 'nobody' }, /^There is no key “nobody”\. There are: key 1, key 2\.$/],
    [
      'keyQuota_getQuota',
      { secret: true },
      /^There is no input “secret”\. There are: key, model, refresh\.$/,
    ],
    ['keyQuota_getQuota', { model: 7 }, /^“model” must be a text of at most 200 characters\.$/],
    ['keyQuota_getQuota', { key: 'x'.repeat(201) }, /^“key” must be a text of at most 200 characters\.$/],
    ['keyQuota_queryUsage', {}, /^Give “range”/],
    ['keyQuota_queryUsage', { range: 'ever' }, /^“range” must be one of: /],
    ['keyQuota_queryUsage', { from: 'never', to: '2026-01-01' }, /./],
  ] as const)
    it(`refuses ${JSON.stringify(input).slice(0, 40)} for ${name} with a sentence`, async () => {
      share({ enabled: true, names: false });
      allowAgentsOutside(store);
      const { text, isError } = await call(name, input);
      assert.ok(isError);
      assert.match(text, sentence);
    });

  it('refuses a tool that it does not have', async () => {
    await assert.rejects(call('keyQuota_copySecret', { key: 'key 1' }), /There is no such tool\./);
  });

  it('answers without what is damaged of the settings of gateways', async () => {
    const text = JSON.stringify({
      agents: { enabled: true, names: false },
      low: {},
      gateways: [1, null, ['x']],
    });
    store.transaction(() => store.sharedSettings.saveText('settings', text));
    allowAgentsOutside(store);
    assert.equal((await quota()).keys.length, 2);
  });

  it('says in a sentence that the database is damaged', async () => {
    share({ enabled: true, names: false });
    allowAgentsOutside(store);
    const file = new DatabaseSync(join(folder, 'key-quota.db'));
    file.exec('DROP TABLE aliases');
    file.close();
    assert.deepEqual(await call('keyQuota_getQuota'), {
      text: 'The database of Key Quota could not be read.',
      isError: true,
    });
  });

  it('shows no secret that stands in a name', async () => {
    // Not of the sample gateways: it stands in the database.
    const secret = 'sk-0123456789abcdefghijKLMNopqr';
    store.transaction(() => store.keys.renameKey('a', secret));
    share({ enabled: true, names: true });
    allowAgentsOutside(store);
    const { text } = await call('keyQuota_getQuota');
    assert.ok(text.includes('‹secret›') && !text.includes(secret));
  });
}).timeout(120_000);

describe('key-quota mcp', () => {
  afterEach(removeTempFolders);

  it('says to who calls it in a terminal whom it is for', async () => {
    const preload = join(tempFolder(), 'terminal.cjs');
    writeFileSync(preload, 'process.stdin.isTTY = true;');
    const child = spawn(process.execPath, ['--require', preload, MAIN, 'mcp'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    assert.equal(
      await text(child.stderr),
      'This is for agents, which speak JSON-RPC here. Ctrl-D ends it.\n',
    );
  });

  /** Its answers to what is written to it: their ids, and the first words of the errors among them. */
  async function answersTo(input: string) {
    const child = spawn(process.execPath, [MAIN, 'mcp', '--database', join(tempFolder(), 'none.db')]);
    child.stdin.end(input);
    const [said, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
    assert.equal(code, 0);
    const answers = said.trim().split('\n');
    return answers.map(line => {
      const { id, error } = JSON.parse(line);
      return error ? [id, error.code, error.message.split(' ').slice(0, 3).join(' ')] : [id];
    });
  }

  it('answers lines that are no messages in a sentence, and goes on', async () => {
    const lines = [
      'no JSON',
      '{"jsonrpc":"1.0","id":7}',
      '[{"jsonrpc":"2.0","id":2,"method":"ping"}]',
      '',
      `{"jsonrpc":"2.0","id":3,"method":"ping","params":{"x":"${'x'.repeat(10 * 1024 * 1024)}"}}`,
      '['.repeat(100_000),
      '\ufeff{"jsonrpc":"2.0","id":1,"method":"ping"}\r',
      '{"jsonrpc":"2.0","id":4,"meth',
    ];
    assert.deepEqual(await answersTo(lines.join('\n')), [
      [null, -32700, 'This is not'],
      [7, -32600, 'This is not'],
      [null, -32600, 'Several messages in'],
      [null, -32600, 'This message has'],
      [null, -32700, 'This is not'],
      [1],
      [null, -32700, 'This is not'],
    ]);
  });

  it('answers all that was asked before its input ended, and not what was cancelled', async () => {
    const call = { jsonrpc: '2.0', method: 'tools/call', params: { name: 'keyQuota_getQuota' } };
    const cancelled = { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1 } };
    const lines = [{ ...call, id: 1 }, cancelled, { ...call, id: 2 }, { ...call, id: 3 }];
    const answers = await answersTo(lines.map(line => JSON.stringify(line)).join('\n'));
    assert.deepEqual(answers.toSorted(), [[2], [3]]);
  });
}).timeout(120_000);
