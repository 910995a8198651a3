import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { redactor } from '../../../../../src/redaction/redactor.ts';
import { StoredSecrets } from '../../../../../src/vscode/host/secrets.ts';
import type { GatewayOptions } from '../../../../sampleGateways/options.ts';
import { type SampleGateway, startSampleGateway } from '../../../../sampleGateways/server.ts';
import { CommandSetup } from '../../../support/commandSetup.ts';
import { runCommand } from '../../../support/runCommand.ts';
import { type Person, vscodeStub } from '../../../support/vscodeStub.ts';

const KEYS = {
  alice: { holds: { name: 'alice', remain: 1_000_000, used: 250_000 } },
  bob: { holds: { name: 'bob', remain: 0, used: 0, unlimited: true } },
  carol: { holds: { name: 'carol', remain: 500_000, used: 0, status: 'disabled' } },
} as const;

const TOKENS = '/api/token/';
const MANY = '/api/token/batch/keys';

describe('adding the keys of an account by command', () => {
  let gateway: SampleGateway;
  let setup: CommandSetup;
  let account: string;

  const open = async (options: GatewayOptions = {}) => {
    gateway = await startSampleGateway({
      ...options,
      accounts: [{ name: 'team', quota: 5_000_000, keys: KEYS }],
    });
    setup = await CommandSetup.open();
    const { accessToken, id, managementKey } = gateway.account('team');
    const isOpenRouter = gateway.kind === 'openRouter';
    account = await setup.testWindow.keyService.add({
      kind: isOpenRouter ? 'openRouter' : 'newApi',
      label: 'Team',
      baseUrl: gateway.origin,
      ...(isOpenRouter
        ? { credential: 'managementKey', secret: managementKey }
        : { credential: 'accessToken', secret: accessToken, userId: String(id) }),
    });
    await setup.testWindow.monitor.start();
    await setup.testWindow.monitor.refresh([account]);
    gateway.calls.length = 0;
    Object.assign(vscodeStub, { person: {}, shown: [], lists: [] });
  };

  afterEach(async () => {
    vscodeStub.person = {};
    await setup.close();
    await gateway.close();
  });

  const add = async (person: Person, argument: unknown = account) => {
    vscodeStub.person = person;
    return (await runCommand(setup.parts, 'keyQuota.addAccountKeys', argument)) as
      | { ids: string[] }
      | undefined;
  };
  const tickAll: Person = { picked: (_title, labels) => [...labels] };
  const posts = () => gateway.calls.filter(({ method }) => method === 'POST').map(({ path }) => path);
  const added = () =>
    setup.parts.monitor.snapshot
      .filter(({ id }) => id !== account)
      .map(({ label, credential, status, reading }) => [label, credential, status, reading?.quota?.used]);
  const secretOf = async (label: string) => {
    const key = setup.parts.monitor.snapshot.find(each => each.label === label);
    const entry = await new StoredSecrets(setup.testWindow.storage, redactor).read(key?.id ?? '');
    return typeof entry === 'object' ? entry.secret : entry;
  };
  const snapshotWhere = async (isThere: () => boolean) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const look = () => (isThere() ? resolve() : undefined);
    const subscription = setup.parts.monitor.onDidChange(look);
    look();
    await promise;
    subscription.dispose();
  };
  const ticked = () =>
    (vscodeStub.lists[0] as readonly { label: string; picked?: boolean }[]).map(({ label, picked }) => [
      label,
      picked,
    ]);

  it('takes whole secrets from the list, asks for none, and links the keys by the account’s next answer', async () => {
    await open({ version: 'v0.10.8' });
    await add(tickAll);
    const readFrom = (name: string) =>
      setup.parts.monitor.snapshot.find(({ label }) => label === name)?.readFrom?.id;
    await snapshotWhere(() => readFrom('alice') === account && added()[0]?.[2] === 'disabled');
    assert.deepEqual(posts(), []);
    assert.equal(await secretOf('alice'), gateway.secret('alice'));
    assert.deepEqual(added(), [
      // The list says that it is switched off, so it is asked itself, which tells nothing more.
      ['carol', 'apiKey', 'disabled', undefined],
      ['bob', 'apiKey', 'ok', 0],
      ['alice', 'apiKey', 'ok', 0.5],
    ]);
    assert.equal(gateway.callsOf({ key: 'alice' }).length, 0);
  });

  it('asks for the masked secrets of what is ticked in one call, where the version has that', async () => {
    await open({ version: 'v1.0.0-rc.24' });
    await add({ picked: () => ['alice', 'bob'] });
    assert.deepEqual(posts(), [MANY]);
    assert.equal(await secretOf('alice'), gateway.secret('alice'));
    assert.deepEqual(
      added().map(([label]) => label),
      ['bob', 'alice'],
    );
  });

  for (const version of ['v0.12.0', 'v1.0.0-rc.17'] as const) {
    it(`asks ${version} for each secret alone`, async () => {
      await open({ version });
      await add({ picked: () => ['alice', 'bob'] });
      const ids = ['bob', 'alice'].map(name => `${TOKENS}${gateway.key(name).id}/key`);
      assert.deepEqual(posts(), version === 'v0.12.0' ? ids : [MANY, ...ids]);
      assert.equal(await secretOf('bob'), gateway.secret('bob'));
    });
  }

  it('ticks all but what is here already, also where the list masks it', async () => {
    await open();
    await setup.testWindow.addKey(gateway, 'alice', { label: 'Mine' });
    await add({});
    assert.deepEqual(ticked(), [
      ['carol', true],
      ['bob', true],
      ['alice', false],
    ]);
    assert.deepEqual(posts(), []);
  });

  it('shows what the list says of each key, and nothing that holds for all', async () => {
    await open();
    await setup.testWindow.addKey(gateway, 'alice', { label: 'Mine' });
    await add({});
    const masked = 'masked in the list: its gateway will be asked for the secret';
    // 500,000 quota units are a dollar.
    assert.deepEqual(
      (vscodeStub.lists[0] as readonly { detail?: string }[]).map(({ detail }) => detail),
      [
        `$1.00 left · disabled · ${masked}`,
        `∞ · used $0.00 · ${masked}`,
        '$2.00 left · already here, as “Mine”',
      ],
    );
  });

  it('ticks the one key on whose line it was chosen, and saves nothing without a person', async () => {
    await open();
    await add(
      {},
      { keyId: undefined, listedIn: account, copyText: 'bob', spoken: 'bob', context: 'accountKey' },
    );
    assert.deepEqual(ticked(), [
      ['carol', false],
      ['bob', true],
      ['alice', false],
    ]);
    assert.deepEqual(added(), []);
  });

  it('adds none by the secret of another key, whichever the gateway tells', async () => {
    await open({ version: 'v1.0.0-rc.24' });
    const keys = {
      [gateway.key('alice').id]: gateway.secret('carol').slice(3),
      [gateway.key('bob').id]: gateway.secret('bob').slice(3),
    };
    gateway.setReply(`POST ${MANY}`, {
      status: 200,
      body: JSON.stringify({ success: true, message: '', data: { keys } }),
    } as never);
    await add({ picked: () => ['alice', 'bob'] });
    assert.deepEqual(
      added().map(([label]) => label),
      ['bob'],
    );
    assert.equal(await secretOf('bob'), gateway.secret('bob'));
  });

  it('asks the person where the gateway does not tell the secrets, and takes no other key', async () => {
    await open();
    gateway.setReply(`POST ${MANY}`, { status: 403, body: '{"success":false,"message":"no"}' } as never);
    const prompts: boolean[] = [];
    const typed = (secret: string): Person => ({
      picked: () => ['alice', 'bob'],
      typed: (_prompt, _value, password) => {
        prompts.push(password);
        return prompts.length === 1 ? gateway.secret('bob') : secret;
      },
    });
    await add(typed(gateway.secret('bob')));
    assert.deepEqual(added(), []);
    assert.ok(vscodeStub.shown.some(text => text.startsWith('This is another key: the list has ')));
    prompts.length = 0;
    await add(typed(gateway.secret('alice')));
    assert.deepEqual(prompts, [true, true]);
    assert.deepEqual(
      added().map(([label]) => label),
      ['bob', 'alice'],
    );
  });

  it('lets the person paste the secrets of a list that never has any', async () => {
    await open({ kind: 'openRouter' });
    await add({ picked: () => ['alice'], typed: () => gateway.secret('alice') });
    assert.deepEqual(
      ticked().map(([, picked]) => picked),
      [false, false, false],
    );
    assert.deepEqual(
      added().map(([label, credential]) => [label, credential]),
      [['alice', 'apiKey']],
    );
  });

  it('can be undone', async () => {
    await open();
    await add({ ...tickAll, asked: (_message, _detail, buttons) => buttons.find(each => each === 'Undo') });
    await snapshotWhere(() => added().length === 0);
    assert.equal(setup.parts.keyService.keysById().size, 1);
  });

  it('writes no secret anywhere but into the secret storage', async () => {
    await open();
    await add(tickAll);
    const told = JSON.stringify([vscodeStub.shown, vscodeStub.lists, setup.testWindow.logLines]);
    assert.ok(!told.includes(gateway.secret('alice').slice(3)));
  });
});
