import assert from 'node:assert/strict';
import { afterEach, before, beforeEach, describe, it } from 'mocha';
import { setDescriptions } from '../../../../../src/gateways/described/descriptions.ts';
import { secretFor } from '../../../../sampleGateways/secrets.ts';
import { Relay } from '../../../gateways/described/relay.ts';
import { CommandSetup } from '../../../support/commandSetup.ts';
import { runCommand } from '../../../support/runCommand.ts';
import { importWithStub, type Person, vscodeStub } from '../../../support/vscodeStub.ts';

const SECRET = secretFor('described by form');
const ANSWER = { data: { left: 1250, used: 750, end: '2030-01-01', [SECRET]: 5, echo: SECRET } };

/** What a person picks, by what the list asks, where it is not the first of the list. */
const PICKS: Readonly<Record<string, string>> = {
  'Where does the key go?': 'header x-api-key',
  'Which value is the remaining quota?': '$.data.left',
  'Which value is the used quota?': '$.data.used',
  'Which value is the limit?': 'None of these',
  'Which value is the expiry time?': '$.data.end',
  'Whose figures are these?': 'The key’s own',
  'What are they counted in?': 'US dollars',
};

describe('describing a gateway', () => {
  let relay: Relay;
  let setup: CommandSetup;
  /** What the questions said, and what they were answered with. */
  let questions: { message: string; detail: string; buttons: readonly string[] }[];
  const run = (argument?: unknown) => runCommand(setup.parts, 'keyQuota.describeGateway', argument);
  const keys = () => setup.testWindow.store.keys.allKeys();
  const settings = () => vscodeStub.settings.describedGateways as Record<string, object> | undefined;

  /** A person who types and picks so, and presses these buttons of the questions, one after the other. */
  const person = (
    presses: readonly (string | undefined)[],
    picks: Readonly<Record<string, string>> = PICKS,
    typed: Readonly<Record<string, string>> = {},
  ): Person => {
    const left = [...presses];
    return {
      asked: (message, detail, buttons) => {
        questions.push({ message, detail, buttons });
        return left.shift();
      },
      picked: () => picks[vscodeStub.shown.findLast(text => text in picks) ?? ''],
      typed: (prompt, value, password) => {
        if (password) return SECRET;
        const own = Object.entries(typed).find(([begin]) => prompt.startsWith(begin));
        if (own) return own[1];
        if (prompt.startsWith('What to call the gateway')) return 'My relay';
        if (prompt.startsWith('The gateway’s address')) return relay.origin;
        if (prompt.startsWith('The path of the GET request')) return '/v1/usage?of=me';
        return prompt.startsWith('How many') ? '100' : value;
      },
    };
  };

  // It is loaded late, when nothing stands in for VS Code any more.
  before(() => importWithStub('vscode/commands/keys/describe/describeByForm.ts'));

  beforeEach(async () => {
    relay = await Relay.start();
    relay.reply = { body: ANSWER };
    setup = await CommandSetup.open();
    await setup.testWindow.monitor.start();
    questions = [];
    Object.assign(vscodeStub, { person: {}, shown: [], lists: [], handed: [], settings: {} });
  });

  afterEach(async () => {
    Object.assign(vscodeStub, { person: {}, settings: {} });
    setDescriptions(undefined);
    await setup.close();
    await relay.close();
  });

  it('shows what is sent where, sends it once, shows what it found, and saves both', async () => {
    vscodeStub.person = person(['Send', 'Save']);
    const { id } = (await run()) as { id: string };
    const [consent, found] = questions;
    assert.equal(consent?.message, `Send the key to ${new URL(relay.origin).host}?`);
    assert.deepEqual(consent?.detail.split('\n\n'), [
      `GET ${relay.origin}/v1/usage?of=me`,
      'The key goes into the header x-api-key.',
      'One request is sent. Nothing is saved yet.',
    ]);
    assert.equal(found?.message, 'Save “My relay” as it is read now?');
    assert.match(
      found?.detail ?? '',
      /^Remaining on this key: \$12\.50\nUsed: \$7\.50\nExpires: in \d+ years \(Jan 1, 2030/,
    );
    assert.deepEqual(settings(), {
      'My relay': {
        address: relay.origin,
        path: '/v1/usage?of=me',
        secretIn: 'header x-api-key',
        remaining: '$.data.left',
        used: '$.data.used',
        expiresAt: '$.data.end',
        divisor: 100,
      },
    });
    assert.deepEqual(
      keys().map(key => [key.id, key.kind, key.label, key.baseUrl]),
      [[id, 'described:My relay', 'My relay', relay.origin]],
    );
    assert.equal(relay.calls.length, 1);
    assert.equal(setup.testWindow.monitor.snapshot[0]?.reading?.quota?.remaining, 12.5);
  });

  it('sends nothing without a yes, and keeps nothing', async () => {
    vscodeStub.person = person([undefined]);
    await run();
    assert.equal(relay.calls.length, 0);
    assert.equal(settings(), undefined);
    assert.deepEqual(keys(), []);
  });

  it('keeps nothing where what was found is not saved', async () => {
    vscodeStub.person = person(['Send', undefined]);
    await run();
    assert.equal(relay.calls.length, 1);
    assert.equal(settings(), undefined);
    assert.deepEqual(keys(), []);
  });

  for (const argument of [{ confirmed: true, name: 'x', secret: SECRET, path: '/v1/usage' }, 'Send', true])
    it(`has no question answered by the argument ${JSON.stringify(argument)?.slice(0, 30)}`, async () => {
      vscodeStub.person = person([undefined]);
      await run(argument);
      assert.equal(questions.length, 1);
      assert.equal(relay.calls.length, 0);
    });

  it('never shows the key that an answer echoes, nor offers it as a name', async () => {
    vscodeStub.person = person(['Send', 'Save']);
    await run();
    assert.deepEqual(
      vscodeStub.shown.filter(text => text.includes(SECRET) || text.includes(SECRET.slice(5, 25))),
      [],
    );
    assert.ok(!JSON.stringify(settings()).includes(SECRET.slice(5, 25)));
    const labels = vscodeStub.lists.flat().map(({ label }) => label);
    assert.deepEqual(labels.filter(label => label.startsWith('$')).slice(0, 4), [
      '$.data.left',
      '$.data.used',
      '$.data.end',
      '$.data.echo',
    ]);
  });

  it('lets the values be chosen again', async () => {
    vscodeStub.person = person(['Send', 'Choose Again', 'Save']);
    await run();
    assert.equal(questions.length, 3);
    assert.equal(relay.calls.length, 1);
    assert.equal(keys().length, 1);
  });

  it('says that a choice brings no figure, and saves nothing of it', async () => {
    const none = {
      ...PICKS,
      'Which value is the remaining quota?': '$.data.end',
      'Which value is the used quota?': 'None of these',
    };
    vscodeStub.person = person(['Send', undefined], none);
    await run();
    assert.equal(questions[1]?.message, 'This gives no figure.');
    assert.match(questions[1]?.detail ?? '', /looks for “remaining” there is a text/);
    assert.deepEqual(questions[1]?.buttons, ['Choose Again']);
    assert.equal(settings(), undefined);
  });

  it('takes a JSON path that is typed', async () => {
    const typing = { ...PICKS, 'Which value is the remaining quota?': 'Enter a JSON path…' };
    vscodeStub.person = person(['Send', 'Save'], typing, {
      'Which value is the remaining quota?': '$..left',
    });
    await run();
    assert.match(JSON.stringify(settings()), /"remaining":"\$\.\.left"/);
  });

  it('refuses a path that is known to change something, in the box', async () => {
    vscodeStub.person = person(['Send'], PICKS, { 'The path of the GET request': '/api/user/%74oken' });
    await run();
    assert.ok(vscodeStub.shown.some(text => text.startsWith('A request to this path is known')));
    assert.equal(relay.calls.length, 0);
  });

  it('refuses a path that holds the key, before anything is sent', async () => {
    vscodeStub.person = person(['Send'], PICKS, { 'The path of the GET request': `/balance/${SECRET}` });
    await assert.rejects(async () => run(), /must not contain the key itself/);
    assert.equal(relay.calls.length, 0);
  });

  it('asks again where the gateway fails and the person wants to', async () => {
    relay.reply = { status: 503, body: {} };
    vscodeStub.person = person(['Send', 'Try Again', undefined]);
    await run();
    assert.equal(relay.calls.length, 2);
    assert.match(questions[1]?.detail ?? '', /has a server error \(HTTP 503\)/);
    assert.equal(settings(), undefined);
  });

  it('does not overwrite a description of the same name, nor lose the others', async () => {
    vscodeStub.settings = { describedGateways: { Other: { path: '/x', remaining: '$.x' } } };
    vscodeStub.person = person(['Send', 'Save']);
    await run();
    assert.deepEqual(Object.keys(settings() ?? {}), ['Other', 'My relay']);
    vscodeStub.shown = [];
    await run();
    assert.ok(vscodeStub.shown.some(text => text.startsWith('There is a description “My relay” already')));
    assert.equal(keys().length, 1);
  });

  it('offers the address as a place for the key over https alone', async () => {
    vscodeStub.person = person([undefined]);
    await run();
    const labels = vscodeStub.lists.flat().map(({ label }) => label);
    assert.deepEqual(
      labels.filter(label => label.startsWith('query')),
      [],
    );
  });

  it('is offered where a key is added, and then adds keys like any other gateway', async () => {
    vscodeStub.person = person(['Send', 'Save'], {
      ...PICKS,
      'Paste an address, a key, or both; or choose a gateway': 'Describe a gateway…',
    });
    await runCommand(setup.parts, 'keyQuota.addKey', undefined);
    assert.equal(keys().length, 1);
    const draft = {
      kind: 'described:My relay',
      origin: relay.origin,
      label: 'Second',
      secret: secretFor('another'),
    };
    await runCommand(setup.parts, 'keyQuota.addKey', draft);
    assert.deepEqual(
      keys().map(({ label }) => label),
      ['My relay', 'Second'],
    );
    await assert.rejects(
      async () => runCommand(setup.parts, 'keyQuota.addKey', { ...draft, kind: 'described:None' }),
      /“kind” must be one of: .*described:My relay/,
    );
  });
});
