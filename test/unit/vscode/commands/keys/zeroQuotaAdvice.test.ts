import assert from 'node:assert/strict';
import { afterEach, before, beforeEach, describe, it } from 'mocha';
import { gatewayOf } from '../../../../../src/gateways/registry.ts';
import type * as AddKey from '../../../../../src/vscode/commands/keys/add/addByForm.ts';
import { type SampleGateway, startSampleGateway } from '../../../../sampleGateways/server.ts';
import { CommandSetup } from '../../../support/commandSetup.ts';
import { importWithStub, vscodeStub } from '../../../support/vscodeStub.ts';

const ADVICE = /with a quota of 0: even if it leaks, it can only query the balance/;

describe('the advice to use a key without quota for balance queries', () => {
  let gateway: SampleGateway;
  let setup: CommandSetup;
  let addByForm: typeof AddKey.addKeyByForm;

  before(async () => {
    ({ addKeyByForm: addByForm } = await importWithStub<typeof AddKey>(
      'vscode/commands/keys/add/addByForm.ts',
    ));
  });

  beforeEach(async () => {
    setup = await CommandSetup.open();
    await setup.testWindow.monitor.start();
  });

  afterEach(async () => {
    vscodeStub.person = {};
    await setup.close();
    await gateway.close();
  });

  /** Adds a key of CometAPI by the form; returns how often the advice was given meanwhile. */
  async function adviceWhenAdding(handle: string, credential: string): Promise<number> {
    vscodeStub.shown = [];
    vscodeStub.person = {
      picked: (_title, labels) => labels.find(label => label === credential),
      typed: (_prompt, value, password) => (password ? gateway.secret(handle) : value),
    };
    const added = await addByForm(setup.parts, { gateway: gatewayOf('cometApi'), baseUrl: gateway.origin });
    assert.ok(added, 'the key was added');
    return vscodeStub.shown.filter(text => ADVICE.test(text)).length;
  }

  it('is shown for the first such key, and not for the next one', async () => {
    gateway = await startSampleGateway({ kind: 'cometQuery' });
    assert.equal(await adviceWhenAdding('query-ints', 'API key for balance queries'), 1);
    assert.equal(await adviceWhenAdding('query-floats', 'API key for balance queries'), 0);
  });

  it('is not shown for a key that is sent in a header', async () => {
    gateway = await startSampleGateway({ kind: 'cometApi' });
    assert.equal(await adviceWhenAdding('ok', 'API key'), 0);
  });
});
