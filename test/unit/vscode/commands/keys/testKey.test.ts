import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, describe, it } from 'mocha';
import type { KeyDraft } from '../../../../../src/services/keys/keyDraft.ts';
import type { GatewayKind } from '../../../../sampleGateways/kinds.ts';
import type { GatewayOptions } from '../../../../sampleGateways/options.ts';
import { type SampleGateway, startSampleGateway } from '../../../../sampleGateways/server.ts';
import { CommandSetup } from '../../../support/commandSetup.ts';
import { runCommand } from '../../../support/runCommand.ts';
import { vscodeStub } from '../../../support/vscodeStub.ts';

const LIMITED = {
  name: 'alice',
  remain: 1_000_000,
  used: 0,
  modelLimitsEnabled: true,
  modelLimits: 'gpt-4.1,gpt-4.1-mini',
};

describe('trying a key by a call to a model', () => {
  let gateway: SampleGateway;
  let setup: CommandSetup;
  let id: string;

  const open = async (kind: KeyDraft['kind'], handle: string, options: GatewayOptions = {}) => {
    gateway = await startSampleGateway(options);
    setup = await CommandSetup.open();
    Object.assign(vscodeStub, { person: {}, shown: [], picks: [] });
    id = await setup.testWindow.keyService.add({
      ...{ kind, label: 'Team', baseUrl: gateway.origin, credential: 'apiKey' },
      secret: gateway.secret(handle),
    });
    await setup.testWindow.monitor.start();
    await setup.testWindow.monitor.refresh([id]);
    gateway.calls.length = 0;
  };
  afterEach(async () => {
    vscodeStub.person = {};
    await setup.close();
    await gateway.close();
  });

  const openAlice = () =>
    open('newApi', 'alice', {
      accounts: [{ name: 'team', quota: 5_000_000, keys: { alice: { holds: LIMITED } } }],
    });
  const posts = () => gateway.calls.filter(({ method }) => method === 'POST').map(({ path }) => path);
  /** Tries the key with this model, and gives the answer to the question; undefined in place of the model closes the list of models. */
  const tryWith = async (model: string | undefined, answer = 'Send') => {
    vscodeStub.person = { asked: (_message, detail) => (detail === '' ? undefined : answer) };
    const done = runCommand(setup.parts, 'keyQuota.testKey', id);
    while (vscodeStub.picks.length === 0) await turn();
    const list = vscodeStub.picks.pop() ?? assert.fail();
    if (model === undefined) list.hide();
    else {
      list.type(model);
      list.take(model);
    }
    await done;
    return list;
  };

  it('asks for a yes that names what it costs and where it goes, and says what came back and when', async () => {
    await openAlice();
    await tryWith('gpt-4.1-mini');
    const { shown } = vscodeStub;
    const asked = shown.indexOf('Send a test call with “Team”?');
    const [question, detail, button] = shown.slice(asked).filter(text => text !== '');
    const told = shown.findLast(text => text !== '');
    assert.equal(question, 'Send a test call with “Team”?');
    assert.match(
      detail ?? '',
      new RegExp(`goes to ${gateway.origin} and asks the model “gpt-4.1-mini” .* count as spend of this key`),
    );
    assert.equal(button, 'Send');
    assert.match(told ?? '', /^“Team” works: gpt-4\.1-mini answered in \d+ ms: “Quota is fine\.”$/);
    assert.deepEqual(posts(), ['/v1/chat/completions']);
  });

  it('offers the models that the key may call, the smallest by name first', async () => {
    await openAlice();
    const { items } = await tryWith(undefined);
    assert.deepEqual(posts(), []);
    assert.deepEqual(
      items.map(({ label }) => label),
      ['gpt-4.1-mini', 'gpt-4.1'],
    );
  });

  it('sends nothing without the yes', async () => {
    await openAlice();
    await tryWith('gpt-4.1-mini', 'Cancel');
    assert.deepEqual(posts(), []);
  });

  it('takes no argument that answers the question', async () => {
    await openAlice();
    await assert.rejects(
      runCommand(setup.parts, 'keyQuota.testKey', { id, confirmed: true }) as Promise<unknown>,
      /“confirmed”. It takes: id/,
    );
    assert.deepEqual(posts(), []);
  });

  it('says that the call was refused, and what to try', async () => {
    await openAlice();
    await tryWith('o3');
    assert.match(
      vscodeStub.shown.at(-2) ?? '',
      new RegExp(
        `^${new URL(gateway.origin).host} refused the test call with “Team” \\(HTTP 403\\)\\. Try another model`,
      ),
    );
  });

  it('says that the key itself is refused as its line says it', async () => {
    await openAlice();
    const body = '{"error":{"message":"Invalid token","type":"new_api_error"}}';
    gateway.setReply('POST /v1/chat/completions', { status: 401, headers: {}, body });
    await tryWith('gpt-4.1');
    assert.match(
      vscodeStub.shown.at(-2) ?? '',
      /does not accept the key “Team”.*Replace Secret.*The gateway says: “Invalid token”/,
    );
  });

  it('leaves the limits of questions as they are where a model is busy', async () => {
    await openAlice();
    gateway.setReply('POST /v1/chat/completions', {
      status: 429,
      body: '{"error":{"message":"busy","type":"new_api_error"}}',
    } as never);
    await tryWith('gpt-4.1');
    assert.match(vscodeStub.shown.at(-2) ?? '', /or its model is busy \(HTTP 429\)\. Try again later\./);
    gateway.setReply('POST /v1/chat/completions', undefined);
    await tryWith('gpt-4.1');
    assert.match(vscodeStub.shown.findLast(text => text !== '') ?? '', /“Team” works/, 'nothing waits');
  });

  const WAYS: readonly (readonly [GatewayKind, model: string, path: string])[] = [
    ['aioHub', 'gpt-4.1', '/v1/chat/completions'],
    ['cheapestInference', 'gpt-4.1', '/v1/chat/completions'],
    ['openRouter', 'gpt-4.1', '/api/v1/chat/completions'],
    ['liteLlm', 'gpt-4.1', '/v1/chat/completions'],
    ['sub2Api', 'gpt-4.1', '/v1/chat/completions'],
    ['sub2Api', 'claude-haiku-4-5', '/v1/messages'],
    ['claudeRelay', 'claude-haiku-4-5', '/api/v1/messages'],
    ['claudeCodeHub', 'claude-haiku-4-5', '/v1/messages'],
    ['deepSeek', 'gpt-4.1', '/v1/chat/completions'],
    ['moonshot', 'gpt-4.1', '/v1/chat/completions'],
    ['siliconFlow', 'gpt-4.1', '/v1/chat/completions'],
    ['aiHubMix', 'gpt-4.1', '/v1/chat/completions'],
    ['vercelGateway', 'gpt-4.1', '/v1/chat/completions'],
  ];
  for (const [kind, model, path] of WAYS) {
    it(`calls ${model} at ${kind} by ${path}`, async () => {
      await open(kind, 'ok', { kind });
      await tryWith(model);
      assert.deepEqual(
        posts().filter(each => each.includes('/v1/')),
        [path],
      );
      const told = vscodeStub.shown.findLast(text => text !== '');
      assert.match(told ?? '', /“Team” works: .+ answered in \d+ ms: “(?:Ok|Quota is fine\.)”/);
    });
  }
});
