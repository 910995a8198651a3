import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { addKey, keyShown, product } from './support/product.ts';
import { usageCalls, useGateway } from './support/sampleGateway.ts';

interface Line {
  readonly key: string;
  readonly gateway?: string;
  readonly status: string;
  readonly figures?: { readonly remaining?: number; readonly unit: string; readonly takenAt: string };
}

interface Answer {
  readonly summary: string;
  readonly keys: readonly Line[];
}

describe('the tools for agents', () => {
  const gateway = useGateway();
  const set = (name: string, value: unknown) =>
    vscode.workspace.getConfiguration('keyQuota').update(name, value, vscode.ConfigurationTarget.Global);

  async function invoke<Result>(name: string, input: object): Promise<Result> {
    await product();
    const { token } = new vscode.CancellationTokenSource();
    const { content } = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined }, token);
    const [part] = content;
    assert.ok(part instanceof vscode.LanguageModelTextPart);
    return JSON.parse(part.value) as Result;
  }

  const addNamed = async (label: string, handle: string) => {
    const { origin, secret } = gateway();
    const id = await addKey({ label, kind: 'newApi', origin, secret: secret(handle) });
    await keyShown(id, 'the key has been asked about', key => Boolean(key.reading ?? key.failure));
    return id;
  };

  afterEach(async () => {
    for (const name of ['agents.enabled', 'agents.names', 'lowPercent']) await set(name, undefined);
  });

  it('are registered with what a model needs to use them', async () => {
    await product();
    const tools = vscode.lm.tools.filter(({ name }) => name.startsWith('keyQuota_'));
    assert.deepEqual(tools.map(({ name }) => name).sort(), ['keyQuota_getQuota', 'keyQuota_queryUsage']);
    for (const { description, inputSchema } of tools) {
      assert.match(description, /Never contains a secret\./);
      assert.ok(inputSchema);
    }
  });

  it('getQuota returns what is left, under neutral names', async () => {
    await addNamed('Cline – work', 'ok');
    const { summary, keys } = await invoke<Answer>('keyQuota_getQuota', {});
    assert.equal(summary, 'One key.');
    const [line] = keys;
    assert.match(line?.key ?? '', /^key \d+$/);
    assert.equal(line?.status, 'ok');
    assert.equal(line?.figures?.remaining, 0.2);
    assert.equal(line?.figures?.unit, 'USD');
    const text = JSON.stringify(keys);
    assert.ok(
      !text.includes('Cline') && !text.includes('127.0.0.1') && !text.includes(gateway().secret('ok')),
    );
  });

  it('getQuota returns the keys with quota for a model', async () => {
    await addNamed('full', 'ok');
    await addNamed('gone', 'exhausted');
    const { summary, keys } = await invoke<Answer>('keyQuota_getQuota', { model: 'gpt-4.1' });
    // A key without a limit of models may call what its gateway offers, which is not known.
    assert.match(
      summary,
      /^None of 2 keys is known to be allowed gpt-4\.1 and has quota left\. 1 of 2 keys has/,
    );
    assert.equal(keys.length, 1);
  });

  it('getQuota asks the gateway only for `refresh`', async () => {
    await addNamed('a', 'ok');
    const before = usageCalls(gateway());
    await invoke('keyQuota_getQuota', {});
    assert.equal(usageCalls(gateway()), before);
    gateway().spend('ok', { quota: 50_000 });
    const { keys } = await invoke<Answer>('keyQuota_getQuota', { refresh: true });
    assert.equal(keys[0]?.figures?.remaining, 0.1);
    assert.equal(usageCalls(gateway()), before + 1);
  });

  it('queryUsage returns what was spent, and its coverage', async () => {
    // $0.10 in one row of the key's log, a second before it is read at the earliest.
    gateway().spend('ok', { quota: 50_000 });
    await addNamed('Cline – work', 'ok');
    const { reports, problems } = await invoke<{
      reports: readonly { key: string; total?: { used: number }; coverage: { complete: boolean } }[];
      problems: readonly unknown[];
    }>('keyQuota_queryUsage', { range: 'last-7-days' });
    assert.deepEqual(problems, []);
    assert.match(reports[0]?.key ?? '', /^key \d+$/);
    assert.equal(reports[0]?.total?.used, 0.1);
    assert.equal(typeof reports[0]?.coverage.complete, 'boolean');
    assert.ok(!JSON.stringify(reports).includes('Cline'));
  });

  it('queryUsage says in a sentence what is wrong with a range', async () => {
    await assert.rejects(invoke('keyQuota_queryUsage', { from: '2026-02-30', to: '2026-03-01' }), /date/i);
  });

  it('give names and addresses when the user allows it', async () => {
    await addNamed('Cline – work', 'ok');
    await set('agents.names', true);
    const { keys } = await invoke<Answer>('keyQuota_getQuota', { key: 'Cline – work' });
    assert.equal(keys[0]?.key, 'Cline – work');
    assert.equal(keys[0]?.gateway, gateway().origin);
  });

  it('refuse when the user has switched them off', async () => {
    await addNamed('a', 'ok');
    await set('agents.enabled', false);
    await assert.rejects(invoke('keyQuota_getQuota', {}), /switched Key Quota’s tools off/);
  });
});
