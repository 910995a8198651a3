import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { KeyState } from '../../../../../src/core/quota/keyState.ts';
import type { Gateway } from '../../../../../src/gateways/gateway.ts';
import type { GatewayContext } from '../../../../../src/gateways/gatewayContext.ts';
import type { KeyRequests } from '../../../../../src/services/requests/keyRequests.ts';
import type { CommandParts } from '../../../../../src/vscode/commands/commandParts.ts';
import { runCommand } from '../../../support/runCommand.ts';
import { keyRecord, keyState, NOW, quota, reading } from '../../../support/samples.ts';
import { vscodeStub } from '../../../support/vscodeStub.ts';

const keyFor = (label: string, models: readonly string[] | null | undefined, more: Partial<KeyState> = {}) =>
  keyState({ id: label, label, reading: reading({ quota: quota(15, 20), models }), ...more });

const LIMITED = keyFor('limited', ['gpt-4.1', 'o3']);
const ALSO = keyFor('also', ['GPT-4.1']);
const USED_UP = keyFor('used up', ['o3'], { status: 'exhausted' });
const OPEN = keyFor('open', null);

describe('the command that finds a key for a model', () => {
  let keys: readonly KeyState[];
  /** What gateways answer when they are asked what they offer. */
  let offers: KeyRequests['run'] | undefined;
  const run = (argument?: unknown) =>
    runCommand(
      {
        monitor: { snapshot: keys },
        clock: { now: () => NOW },
        keyRequests: { run: offers },
        keyService: { findById: (id: string) => (offers ? keyRecord(id) : undefined) },
      } as unknown as CommandParts,
      'keyQuota.findKeyForModel',
      argument,
    );
  /** Opens the list of models, and does something in it. */
  const inList = async (act: (list: (typeof vscodeStub.picks)[number]) => void) => {
    const done = run();
    await turn();
    act(vscodeStub.picks.at(-1) ?? assert.fail());
    return done;
  };
  /** Types a model that no key names, and takes it. */
  const askFor = (model: string) =>
    inList(list => {
      list.type(` ${model} `);
      list.take(model);
    });
  /** The lines of the list of keys. */
  const found = () => vscodeStub.lists[0]?.map(({ label }) => label);

  beforeEach(() => {
    keys = [LIMITED, ALSO, USED_UP, OPEN];
    offers = undefined;
    Object.assign(vscodeStub, { person: {}, shown: [], handed: [], picks: [], lists: [] });
  });
  afterEach(() => {
    vscodeStub.person = {};
  });

  it('tells by argument which keys are ready, those without a limit of models among them', async () => {
    const told = (await run({ model: 'O3' })) as KeyState[];
    assert.deepEqual(
      told.map(({ id }) => id),
      ['limited', 'open'],
    );
    assert.deepEqual([vscodeStub.picks, vscodeStub.shown], [[], []]);
  });

  it('offers to add a key where there is none, and asks for no model', async () => {
    keys = [];
    assert.equal(await run(), undefined);
    await turn();
    assert.deepEqual(
      [vscodeStub.shown[0], vscodeStub.picks],
      ['There are no keys yet. Use Add Key first.', []],
    );
  });

  it('suggests the models that keys are limited to, and takes any other that is typed', async () => {
    await inList(list => {
      const labels = () => list.items.map(({ label }) => label);
      assert.deepEqual(
        list.items.map(({ label, description }) => [label, description]),
        [
          ['gpt-4.1', 'keys limited to it: 2'],
          ['o3', 'keys limited to it: 2'],
        ],
      );
      list.type(' claude ');
      assert.deepEqual(labels(), ['claude', 'gpt-4.1', 'o3']);
      list.type('O3');
      assert.deepEqual(labels(), ['gpt-4.1', 'o3'], 'one that is suggested is not offered twice');
      list.type(' ');
      assert.deepEqual(labels(), ['gpt-4.1', 'o3']);
      list.hide();
    });
    assert.deepEqual([vscodeStub.shown, vscodeStub.lists], [['Find a Key for a Model'], []]);
  });

  it('lists the keys that can, then those of which it is not known, then those that cannot now', async () => {
    await inList(list => list.take('o3'));
    assert.deepEqual(found(), [
      'Ready, most quota first',
      '$(key) limited',
      'No limit set; whether it is offered is unknown',
      '$(key) open',
      'Not right now',
      '$(error) used up',
    ]);
    assert.deepEqual(
      vscodeStub.lists[0]?.flatMap(({ detail }) => detail ?? []),
      ['gw.example · may call o3', 'gw.example · no limit of models set', 'gw.example · may call o3'],
    );
    assert.deepEqual(vscodeStub.shown.slice(1, 4), [
      'Asking gateways which models they offer…',
      'Find a Key for a Model',
      'Keys that can call o3',
    ]);
  });

  it('says what gateways list and what it costs there, and of which keys it is not in the list', async () => {
    const told = keyFor('told', undefined);
    keys = [OPEN, keyFor('other', null), told, LIMITED];
    const lists: Readonly<Record<string, string>> = { open: 'o3', other: 'gpt-4.1', told: 'o3' };
    const gateway = {
      readModels: async ({ keyHash = '' }: { keyHash?: string }) => ({
        models: new Set([lists[keyHash]]),
        isOfKey: keyHash !== 'told',
      }),
      readPrices: async () => ({
        unit: { code: 'USD', source: 'gateway' },
        byModel: new Map([['o3', [{ group: 'default', input: 2, output: 8 }]]]),
      }),
    } as unknown as Gateway;
    offers = async (key, _ability, question) => question(gateway, { keyHash: key.id } as GatewayContext);
    await inList(list => list.take('o3'));
    await turn();
    const price = ' · $2.00 in, $8.00 out per million tokens';
    assert.deepEqual(
      vscodeStub.lists[0]?.map(({ label, detail }) => detail ?? label),
      [
        'Ready, most quota first',
        `gw.example · may call o3${price}`,
        `gw.example · no limit of models set; in the gateway’s list${price}`,
        'No limit set; whether it is offered is unknown',
        `gw.example · in the gateway’s list; whether this key is limited is unknown${price}`,
        'No limit set; not in the gateway’s list',
        `gw.example · no limit of models set${price}`,
      ],
    );
  });

  it('tells the price of the group that a key is in, and of each where that is not known', async () => {
    const inGroup = (label: string, group: string) =>
      keyFor(label, ['o3'], { reading: reading({ quota: quota(15, 20), models: ['o3'], group }) });
    keys = [inGroup('a', 'vip'), inGroup('b', 'auto')];
    const byModel = new Map([
      [
        'o3',
        [
          { group: 'default', perRequest: 2 },
          { group: 'vip', perRequest: 1 },
        ],
      ],
    ]);
    const unit = { code: 'USD', source: 'gateway' };
    const gateway = { readPrices: async () => ({ unit, byModel }) } as unknown as Gateway;
    offers = async (_key, _ability, question) => question(gateway, {} as GatewayContext);
    await inList(list => list.take('o3'));
    await turn();
    assert.deepEqual(
      vscodeStub.lists[0]?.flatMap(({ detail }) => detail ?? []),
      [
        'gw.example · may call o3 · $1.00 a request',
        'gw.example · may call o3 · default: $2.00 a request · vip: $1.00 a request',
      ],
    );
  });

  it('lists as many that can as cannot', async () => {
    keys = [LIMITED, USED_UP];
    await inList(list => list.take('o3'));
    assert.deepEqual(
      found()?.filter(label => label.startsWith('$')),
      ['$(key) limited', '$(error) used up'],
    );
  });

  it('says where none names the model, or none can call it now', async () => {
    await askFor('claude');
    assert.deepEqual(found(), ['No limit set; whether it is offered is unknown', '$(key) open']);
    assert.equal(vscodeStub.shown[3], 'No key lists claude; keys without a limit may be able to call it');
    [vscodeStub.lists, vscodeStub.shown, keys] = [[], [], [USED_UP]];
    await inList(list => list.take('o3'));
    assert.deepEqual(found(), ['Not right now', '$(error) used up']);
    assert.equal(vscodeStub.shown[3], 'No key can call o3 right now');
  });

  it('says that no key may call the model, or that this is not known of all', async () => {
    keys = [LIMITED];
    await askFor('claude');
    assert.equal(vscodeStub.shown[2], 'None of your keys may call “claude”.');
    vscodeStub.shown = [];
    keys = [keyFor('many', ['o3'], { reading: reading({ models: ['o3'], modelsMore: 900 }) })];
    await askFor('claude');
    assert.equal(
      vscodeStub.shown[2],
      'None of your keys is known to allow “claude”; some allow more models than are stored.',
    );
    assert.deepEqual(vscodeStub.lists, []);
  });

  it('offers what can be done with the key that is chosen, its copies first', async () => {
    vscodeStub.person = { picked: (_title, labels) => labels.find(label => /limited|Copy Name/.test(label)) };
    await inList(list => list.take('o3'));
    assert.deepEqual(
      vscodeStub.lists[1]?.map(({ label }) => label.replace(/^\S+ /, '')),
      [
        ...['Copy Name', 'Copy Base URL', 'Copy Secret…'],
        ...['Refresh', 'Pin Key to Status Bar', 'Query Usage…', 'Show in Tree'],
      ],
    );
    assert.equal(vscodeStub.clipboard, 'limited');
    [vscodeStub.lists, vscodeStub.person] = [[], {}];
    await inList(list => list.take('o3'));
    assert.equal(vscodeStub.lists.length, 1, 'nothing is offered where no key was chosen');
  });
});
