import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { type SampleGateway, startSampleGateway } from '../../../../sampleGateways/server.ts';
import { CommandSetup } from '../../../support/commandSetup.ts';
import { runCommand } from '../../../support/runCommand.ts';
import { type Person, vscodeStub } from '../../../support/vscodeStub.ts';

const NOT_CHECKED = 'The key could not be checked.';
const NOT_ACCEPTED = 'The key was not accepted.';

describe('adding a key', () => {
  let gateway: SampleGateway;
  let setup: CommandSetup;
  /** What was entered into the boxes, in the order of time: their prompts, and the values that stood in them. */
  let boxes: (readonly [prompt: string, value: string])[];
  const add = (argument?: unknown) => runCommand(setup.parts, 'keyQuota.addKey', argument);
  const keys = () => setup.testWindow.store.keys.allKeys();
  const questions = (asked: string) => vscodeStub.shown.filter(text => text === asked).length;

  /** A person who takes this kind of gateway, this address and these secrets, one after the other. */
  const entering = (handles: readonly string[], more: Partial<Person> = {}): Person => {
    const secrets = handles.map(handle => gateway.secret(handle));
    return {
      picked: (_title, labels) =>
        labels.find(label => label === 'API key' || label === 'New API') ?? labels[0],
      typed: (prompt, value, password) => {
        boxes.push([prompt.slice(0, 15), password ? '' : value]);
        if (password) return secrets.shift();
        return prompt.startsWith('The gateway’s address') ? gateway.origin : value;
      },
      ...more,
    };
  };
  /** Presses these buttons, one after the other, whenever a key could not be checked. */
  const answering = (...presses: readonly (string | undefined)[]) => {
    const left = [...presses];
    return (message: string) => ([NOT_CHECKED, NOT_ACCEPTED].includes(message) ? left.shift() : undefined);
  };

  beforeEach(async () => {
    gateway = await startSampleGateway();
    setup = await CommandSetup.open();
    await setup.testWindow.monitor.start();
    boxes = [];
    Object.assign(vscodeStub, { person: {}, shown: [], handed: [] });
  });

  afterEach(async () => {
    vscodeStub.person = {};
    await setup.close();
    await gateway.close();
  });

  it('by the form asks for kind, address and secret, and checks it once', async () => {
    vscodeStub.person = entering(['ok']);
    const added = (await add()) as { readonly id: string };
    assert.deepEqual(
      keys().map(({ id, kind, baseUrl: origin, credential }) => [id, kind, origin, credential]),
      [[added.id, 'newApi', gateway.origin, 'apiKey']],
    );
    assert.deepEqual(
      boxes.map(([prompt]) => prompt),
      ['The gateway’s a', `${new URL(gateway.origin).host}: `.slice(0, 15)],
    );
    assert.equal(
      JSON.parse(setup.testWindow.storage.entries.get(`key:${added.id}`) ?? '').secret,
      gateway.secret('ok'),
    );
    const { id, reading } = setup.testWindow.monitor.snapshot[0] ?? {};
    assert.deepEqual([id, reading?.quota?.remaining], [added.id, 0.2]);
  });

  it('saves nothing, wherever the form is closed', async () => {
    for (let stop = 0; stop < 3; stop++) {
      let step = 0;
      const person = entering(['ok']);
      const go = <Answer>(answer: Answer) => (step++ === stop ? undefined : answer);
      vscodeStub.person = {
        picked: (title, labels) => go(person.picked?.(title, labels)),
        typed: (...asked) => go(person.typed?.(...asked)),
      };
      assert.equal(await add(), undefined);
      assert.equal(step, stop + 1);
      assert.deepEqual([keys(), setup.testWindow.storage.entries.size], [[], 0]);
    }
  });

  it('takes no address and no secret that cannot be one', async () => {
    for (const wrong of [
      'http://gateway.example',
      'https://me:word@gateway.example',
      'ftp://gateway.example',
    ]) {
      vscodeStub.person = entering(['ok'], { typed: () => wrong });
      assert.equal(await add(), undefined);
    }
    for (const wrong of ['', 'sk-****1234', 'sk-two words here']) {
      vscodeStub.person = entering([], {
        typed: (_prompt, _value, password) => (password ? wrong : gateway.origin),
      });
      assert.equal(await add(), undefined);
    }
    assert.deepEqual([keys(), gateway.calls], [[], []]);
  });

  it('that is here already is not added again, and its lost secret is back', async () => {
    const id = await setup.testWindow.addKey(gateway, 'ok');
    const { storage } = setup.testWindow;
    const before = storage.entries.get(`key:${id}`);
    const byArgument = { kind: 'newApi', origin: gateway.origin, secret: gateway.secret('ok') };
    for (const argument of [undefined, byArgument]) {
      await storage.delete(`key:${id}`);
      vscodeStub.person = entering(['ok']);
      assert.deepEqual(await add(argument), { id });
      assert.deepEqual([keys().length, storage.entries.get(`key:${id}`)], [1, before]);
    }
    assert.ok(vscodeStub.shown.includes('This key is already here, as “ok”.'));
  });

  it('that cannot be checked is saved only where a person wants that', async () => {
    for (const press of [undefined, 'Cancel']) {
      vscodeStub.person = entering(['reset'], { asked: answering(press) });
      assert.equal(await add(), undefined);
      assert.deepEqual([keys(), setup.testWindow.storage.entries.size], [[], 0]);
    }
    vscodeStub.person = entering(['reset'], { asked: answering('Save Anyway') });
    const added = (await add()) as { readonly id: string };
    assert.deepEqual([keys().map(({ id }) => id), questions(NOT_CHECKED)], [[added.id], 3]);
  });

  it('is tried again with the same secret where the gateway gave no answer, and asked for again where it was refused', async () => {
    vscodeStub.person = entering(['reset', 'ok'], {
      asked: answering('Try Again', 'Try Again', undefined),
    });
    assert.equal(await add(), undefined);
    assert.equal(boxes.filter(([prompt]) => prompt.startsWith('127.0.0.1')).length, 1);
    boxes = [];
    vscodeStub.shown = [];
    vscodeStub.person = entering(['invalid-401', 'ok'], { asked: answering('Try Again') });
    const added = (await add()) as { readonly id: string };
    assert.equal(boxes.filter(([prompt]) => prompt.startsWith('127.0.0.1')).length, 2);
    assert.deepEqual([questions(NOT_ACCEPTED), questions(NOT_CHECKED)], [1, 0]);
    assert.equal(
      JSON.parse(setup.testWindow.storage.entries.get(`key:${added.id}`) ?? '').secret,
      gateway.secret('ok'),
    );
  });

  it('is asked for again where the answer shows another address or kind, which its box can change', async () => {
    vscodeStub.person = entering(['html-200', 'ok'], {
      asked: answering('Try Again', 'Change Address or Key'),
    });
    await add();
    assert.equal(boxes.filter(([prompt]) => prompt.startsWith('127.0.0.1')).length, 2);
    assert.deepEqual([questions(NOT_CHECKED), keys().length], [2, 1], 'Try Again asks the gateway alone');
  });
});
