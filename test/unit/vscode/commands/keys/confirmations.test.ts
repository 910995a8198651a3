import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { CommandId } from '../../../../../src/vscode/commands/commandIds.ts';
import { type SampleGateway, startSampleGateway } from '../../../../sampleGateways/server.ts';
import { CommandSetup } from '../../../support/commandSetup.ts';
import { runCommand } from '../../../support/runCommand.ts';
import { vscodeStub } from '../../../support/vscodeStub.ts';

interface Harm {
  /** The command's argument without `confirmed`, and the ways in which a person runs it. */
  readonly argument: (id: string) => object;
  readonly byHand: (id: string) => readonly unknown[];
  readonly question: string;
  readonly yes: string;
}

const treeLine = (keyId: string) => ({
  id: `key:${keyId}`,
  keyId,
  label: 'ok',
  spoken: 'ok',
  context: 'key',
  children: [],
});

/** Commands that take away what cannot be brought back. */
const HARMFUL: Readonly<Partial<Record<CommandId, Harm>>> = {
  'keyQuota.removeKey': {
    argument: id => ({ id }),
    byHand: id => [id, { id }, treeLine(id)],
    question: 'Remove the key “ok”?',
    yes: 'Remove',
  },
  'keyQuota.eraseHistory': {
    argument: id => ({ id }),
    byHand: id => [id, { id }, treeLine(id)],
    question: 'Erase all recorded readings of “ok”?',
    yes: 'Erase',
  },
  'keyQuota.replaceSecret': {
    argument: id => ({ id, secret: 'sk-another-A1s2D3f4G5h6' }),
    byHand: id => [{ id, secret: 'sk-another-A1s2D3f4G5h6' }],
    question: 'Replace the secret of “ok”?',
    yes: 'Replace',
  },
};

describe('a command that takes something away', () => {
  let gateway: SampleGateway;
  let setup: CommandSetup;
  let id: string;
  let before: string;

  /** All that such a command could take away. */
  const state = () => {
    const { storage, store } = setup.testWindow;
    return JSON.stringify([[...storage.entries], store.keys.allKeys(), readings()]);
  };
  const readings = () => setup.testWindow.store.history.historyRows(id, 0, Number.MAX_SAFE_INTEGER);
  const run = (command: string, argument: unknown) => runCommand(setup.parts, command as CommandId, argument);
  const answer = (press: string | undefined) =>
    Object.assign(vscodeStub, { shown: [], person: { asked: () => press } });

  beforeEach(async () => {
    gateway = await startSampleGateway();
    setup = await CommandSetup.open();
    await setup.testWindow.monitor.start();
    id = await setup.testWindow.addKey(gateway, 'ok');
    await setup.testWindow.monitor.refresh([id]);
    before = state();
    assert.equal(readings().length, 1);
  });

  afterEach(async () => {
    vscodeStub.person = {};
    await setup.close();
    await gateway.close();
  });

  for (const [command, { argument, byHand, question, yes }] of Object.entries(HARMFUL)) {
    it(`${command} asks first, and does nothing without a yes`, async () => {
      const arguments_ = [...byHand(id), { ...argument(id), confirmed: false }];
      for (const each of arguments_) {
        for (const press of [undefined, 'Cancel']) {
          answer(press);
          await run(command, each);
          assert.equal(vscodeStub.shown[0], question);
          assert.equal(state(), before);
        }
      }
    });

    it(`${command} does it after a yes, and asks once`, async () => {
      answer(yes);
      await run(command, byHand(id)[0]);
      assert.equal(vscodeStub.shown.filter(text => text === question).length, 1);
      assert.notEqual(state(), before);
    });

    it(`${command} asks nothing of whoever says \`confirmed\``, async () => {
      answer(undefined);
      await run(command, { ...argument(id), confirmed: true });
      assert.ok(!vscodeStub.shown.includes(question));
      assert.notEqual(state(), before);
    });
  }

  it('that a secret is typed into the form is a yes of its own; none is taken that is no secret', async () => {
    for (const typed of [undefined, '', 'sk-****1234']) {
      Object.assign(vscodeStub, { shown: [], person: { typed: () => typed } });
      await run('keyQuota.replaceSecret', id);
      assert.equal(state(), before);
    }
    vscodeStub.person = { typed: () => 'sk-another-A1s2D3f4G5h6' };
    await run('keyQuota.replaceSecret', id);
    assert.match(state(), /sk-another/);
    assert.ok(!vscodeStub.shown.includes('Replace the secret of “ok”?'));
    const after = state();
    for (const secret of ['', 'sk-****1234', 'two words'])
      await assert.rejects(run('keyQuota.replaceSecret', { id, secret, confirmed: true }));
    assert.equal(state(), after);
  });
});

describe('the name and the pin of a key', () => {
  let gateway: SampleGateway;
  let setup: CommandSetup;
  let id: string;
  const record = () => setup.testWindow.keyService.findById(id);

  beforeEach(async () => {
    gateway = await startSampleGateway();
    setup = await CommandSetup.open();
    id = await setup.testWindow.addKey(gateway, 'ok');
  });

  afterEach(async () => {
    vscodeStub.person = {};
    await setup.close();
    await gateway.close();
  });

  const rename = (argument: unknown) => runCommand(setup.parts, 'keyQuota.renameKey', argument);

  it('change by argument, and by the form', async () => {
    await rename({ id, label: '  Team  ' });
    assert.equal(record()?.label, 'Team');
    let offered = '';
    vscodeStub.person = {
      typed: (_prompt, value) => {
        offered = value;
        return 'Mine';
      },
    };
    await rename(id);
    assert.deepEqual([offered, record()?.label], ['Team', 'Mine']);
    await runCommand(setup.parts, 'keyQuota.pinKey', id);
    assert.equal(record()?.pinned, true);
    await runCommand(setup.parts, 'keyQuota.unpinKey', id);
    assert.equal(record()?.pinned, false);
    await assert.rejects(runCommand(setup.parts, 'keyQuota.pinKey', 'gone'), /no key with the ID gone/);
  });

  it('stay as they are where the name is none', async () => {
    for (const label of ['', '  ', 'a\nb', 'a\u202eb', 'x'.repeat(61)]) {
      await assert.rejects(rename({ id, label }));
      vscodeStub.person = { typed: () => label };
      await rename(id);
    }
    vscodeStub.person = { typed: () => undefined };
    await rename(id);
    assert.equal(record()?.label, 'ok');
    await rename({ id, label: 'y'.repeat(60) });
    assert.equal(record()?.label.length, 60);
  });
});
