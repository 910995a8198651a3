import assert from 'node:assert/strict';
import { afterEach, before, beforeEach, describe, it } from 'mocha';
import type * as OpenLink from '../../../../../src/vscode/commands/keys/openLink.ts';
import { secretFor } from '../../../../sampleGateways/secrets.ts';
import { type SampleGateway, startSampleGateway } from '../../../../sampleGateways/server.ts';
import { CommandSetup } from '../../../support/commandSetup.ts';
import { importWithStub, type Person, vscodeStub } from '../../../support/vscodeStub.ts';

describe('opening a link', () => {
  let gateway: SampleGateway;
  let setup: CommandSetup;
  let openLink: typeof OpenLink.openLink;
  const open = (query: string) => openLink(setup.parts, { path: '/add', query, fragment: '' });
  const origin = () => gateway.origin;

  /** A person who agrees to everything, and enters this secret. */
  const willing = (more: Partial<Person> = {}): Person => ({
    asked: (_message, _detail, buttons) => buttons[0],
    picked: (_title, labels) => labels[0],
    typed: (_prompt, value, password) => (password ? gateway.secret('ok') : value),
    ...more,
  });

  before(async () => {
    ({ openLink } = await importWithStub<typeof OpenLink>('vscode/commands/keys/openLink.ts'));
  });

  beforeEach(async () => {
    gateway = await startSampleGateway();
    setup = await CommandSetup.open();
    await setup.testWindow.monitor.start();
    vscodeStub.shown = [];
  });

  afterEach(async () => {
    vscodeStub.person = {};
    await setup.close();
    await gateway.close();
  });

  it('adds a key once the address is confirmed and the secret entered', async () => {
    vscodeStub.person = willing();
    await open(`kind=newApi&origin=${origin()}&label=From a link`);
    const [key] = setup.testWindow.monitor.snapshot;
    assert.equal(key?.label, 'From a link');
    assert.equal(key?.kind, 'newApi');
    assert.equal(key?.origin, origin());
  });

  it('asks about the full address first, and sends no request before the answer', async () => {
    let question = '';
    vscodeStub.person = willing({
      asked: message => {
        question ||= message;
        assert.deepEqual(gateway.calls, []);
        return undefined;
      },
    });
    await open(`origin=${origin()}`);
    assert.equal(question, `Add a key for ${origin()}?`);
    assert.deepEqual(gateway.calls, [], 'not even to recognize the gateway');
    assert.deepEqual(setup.testWindow.monitor.snapshot, []);
    assert.equal(setup.testWindow.storage.entries.size, 0);
  });

  it('stops without a confirmation', async () => {
    let typed = 0;
    vscodeStub.person = willing({
      asked: () => undefined,
      typed: () => {
        typed++;
        return undefined;
      },
    });
    await open(`kind=newApi&origin=${origin()}&label=x`);
    assert.equal(typed, 0);
  });

  it('names an address that is not the gateway’s own', async () => {
    const details: string[] = [];
    vscodeStub.person = willing({
      asked: (_message, detail) => {
        details.push(detail);
        return undefined;
      },
    });
    await open('kind=cometApi&origin=https://api.c0metapi.com');
    await open('kind=cometApi&origin=https://api.cometapi.com');
    assert.match(details[0] ?? '', /The link names CometAPI.*api\.cometapi\.com/);
    assert.doesNotMatch(details[1] ?? '', /The link names/);
  });

  it('shows names from foreign scripts as they are sent', async () => {
    vscodeStub.person = willing({ asked: () => undefined });
    await open('origin=https://api.cоmetapi.com');
    assert.ok(vscodeStub.shown.some(text => text.includes('xn--')));
  });

  it('refuses a secret with a sentence that does not quote it, and opens nothing', async () => {
    vscodeStub.person = willing({ typed: () => assert.fail('a form was opened') });
    await open(`kind=newApi&origin=${origin()}&secret=${secretFor('in a link')}`);
    assert.match(vscodeStub.shown.join('\n'), /contains a key/);
    assert.ok(!vscodeStub.shown.join('\n').includes('CANARY'));
    assert.equal(setup.testWindow.storage.entries.size, 0);
  });

  it('drops links that come while one is open', async () => {
    let questions = 0;
    vscodeStub.person = willing({
      asked: () => {
        questions++;
        return undefined;
      },
    });
    await Promise.all(Array.from({ length: 20 }, () => open(`origin=${origin()}`)));
    assert.equal(questions, 1);
    await open(`origin=${origin()}`);
    assert.equal(questions, 2);
  });
});
