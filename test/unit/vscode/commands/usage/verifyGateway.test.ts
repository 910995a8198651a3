import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { CommandParts } from '../../../../../src/vscode/commands/commandParts.ts';
import { VerifySetup } from '../../../gateways/verifySetup.ts';
import { runCommand } from '../../../support/runCommand.ts';
import { vscodeStub } from '../../../support/vscodeStub.ts';

const QUESTION = 'Include two completions in the test?';
const RANGE = { from: '2026-06-01', to: '2026-06-15' };

describe('the test of a gateway', () => {
  let setup: VerifySetup;
  let id: string;
  /** The key that pays for completions. */
  let payer: string;
  const verify = (argument: unknown) => {
    const { monitor, keyService, keyRequests } = setup.setup.testWindow;
    const { clock } = setup.setup;
    const parts = { monitor, keyService, keyRequests, clock } as Partial<CommandParts> as CommandParts;
    return runCommand(parts, 'keyQuota.verifyGateway', argument);
  };
  const paid = () => setup.api.calls.filter(({ path }) => path.includes('completions')).length;

  beforeEach(async () => {
    setup = await VerifySetup.open();
    [id, payer] = [setup.queryKey.id, setup.apiKey.id];
    for (const { calls } of [setup.api, setup.setup.gateway]) calls.length = 0;
    Object.assign(vscodeStub, { person: {}, shown: [], handed: [] });
  });

  afterEach(async () => {
    vscodeStub.person = {};
    await setup.close();
  });

  it('asks nothing of the gateway where the question about its cost is closed, or no model is named', async () => {
    vscodeStub.person = { typed: () => 'gpt-4.1' };
    assert.equal(await verify(id), undefined);
    assert.equal(vscodeStub.shown[0], QUESTION);
    vscodeStub.person = { asked: () => 'Spend and Test', typed: () => undefined };
    assert.equal(await verify(id), undefined);
    vscodeStub.person = { asked: () => 'Spend and Test', typed: () => ' ' };
    assert.equal(await verify(id), undefined);
    assert.deepEqual([setup.api.calls, setup.setup.gateway.calls], [[], []]);
  });

  it('spends nothing without a yes to that, by question or by argument', async () => {
    vscodeStub.person = { asked: message => (message === QUESTION ? 'Test Without Spending' : undefined) };
    assert.ok(await verify(id));
    vscodeStub.shown = [];
    assert.ok(await verify({ key: id, ...RANGE }));
    assert.ok(!vscodeStub.shown.includes(QUESTION));
    assert.ok(setup.setup.gateway.calls.length > 0);
    assert.equal(paid(), 0);
  });

  it('sends two completions after a yes, to the model that was named', async () => {
    vscodeStub.person = {
      asked: message => (message === QUESTION ? 'Spend and Test' : undefined),
      typed: () => ' gpt-4.1 ',
    };
    assert.ok(await verify(id));
    assert.equal(paid(), 2);
    await verify({
      key: id,
      ...RANGE,
      completion: { key: payer, model: 'gpt-4.1' },
    });
    assert.equal(paid(), 4);
    await assert.rejects(
      verify({ key: id, ...RANGE, completion: { key: 'gone', model: 'm' } }),
      /no key with the ID gone/,
    );
    assert.equal(paid(), 4);
  });
});
