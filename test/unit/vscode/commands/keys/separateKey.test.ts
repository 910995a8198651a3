import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { type SampleGateway, startSampleGateway } from '../../../../sampleGateways/server.ts';
import { CommandSetup } from '../../../support/commandSetup.ts';
import { runCommand } from '../../../support/runCommand.ts';
import { vscodeStub } from '../../../support/vscodeStub.ts';

describe('separating a key from its account by command', () => {
  let gateway: SampleGateway;
  let setup: CommandSetup;
  let id: string;
  let account: string;

  const separatedAt = () => setup.testWindow.store.accountLinks.linkOf(id)?.separatedAt;
  const stateOf = (keyId: string) => setup.testWindow.store.states.stateOf(keyId);
  const recordOf = (keyId: string) => setup.parts.keyService.findById(keyId) ?? assert.fail();

  beforeEach(async () => {
    gateway = await startSampleGateway();
    setup = await CommandSetup.open();
    id = await setup.testWindow.addKey(gateway, 'ok');
    account = await setup.testWindow.addKey(gateway, 'low', { label: 'team' });
    const { store } = setup.testWindow;
    store.transaction(() => {
      store.accountLinks.saveLink(id, account, 1);
      store.states.saveState({ keyId: id, failures: 0, readFrom: account, dueAt: 9e12 });
      store.states.saveState({ keyId: account, failures: 0, dueAt: 9e12 });
    });
    Object.assign(vscodeStub, { person: {}, shown: [] });
  });

  afterEach(async () => {
    vscodeStub.person = {};
    await setup.close();
    await gateway.close();
  });

  it('has it asked itself at once, and the account when that is ended', async () => {
    await runCommand(setup.parts, 'keyQuota.separateKey', id);
    assert.ok(separatedAt());
    const { readFrom, dueAt = 9e12 } = stateOf(id) ?? {};
    assert.equal(readFrom, undefined);
    assert.ok(dueAt < 9e12);
    await runCommand(setup.parts, 'keyQuota.readFromAccount', { id });
    assert.equal(separatedAt(), undefined);
    assert.ok((stateOf(account)?.dueAt ?? 9e12) < 9e12);
  });

  it('changes nothing of a key that no account lists, or that is not separated', async () => {
    await runCommand(setup.parts, 'keyQuota.separateKey', account);
    await runCommand(setup.parts, 'keyQuota.readFromAccount', id);
    assert.deepEqual([stateOf(account)?.dueAt, stateOf(id)?.readFrom], [9e12, account]);
  });

  it('is offered when a person is told of one key, and of several', async () => {
    const { showLinkedKeys } = await import('../../../../../src/vscode/notifications/linkedKeysNotice.ts');
    const [one, team] = [recordOf(id), recordOf(account)];
    const told: string[] = [];
    vscodeStub.person = {
      asked: (message, _detail, buttons) => {
        told.push(message);
        return buttons[0];
      },
    };
    vscodeStub.handed = [];
    await showLinkedKeys({ account: team, keys: [one] });
    await showLinkedKeys({ account: team, keys: [one, team] });
    assert.deepEqual(told, [
      '“ok” is in the key list of “team” and will be read from there from now on: one call gets the figures of all its keys.',
      '“ok”, “team” are in the key list of “team” and will be read from there from now on: one call gets the figures of all its keys.',
    ]);
    // With several the command asks which.
    assert.deepEqual(
      vscodeStub.handed.map(([, name, argument]) => [name, argument]),
      [
        ['keyQuota.separateKey', [id]],
        ['keyQuota.separateKey', [undefined]],
      ],
    );
  });
});
