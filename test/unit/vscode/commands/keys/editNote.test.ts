import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { CommandSetup } from '../../../support/commandSetup.ts';
import { runCommand } from '../../../support/runCommand.ts';
import { vscodeStub } from '../../../support/vscodeStub.ts';

const SECRET = 'sk-note-0123456789abcdef';

describe('the note on a key', () => {
  let setup: CommandSetup;
  let id: string;

  const edit = (argument: unknown = id) => runCommand(setup.parts, 'keyQuota.editNote', argument);
  const noteOf = () => setup.testWindow.keyState(id).note;

  beforeEach(async () => {
    setup = await CommandSetup.open();
    id = await setup.testWindow.keyService.add({
      ...{ label: 'Team', kind: 'newApi', baseUrl: 'https://a.example', credential: 'apiKey' },
      secret: SECRET,
    });
  });
  afterEach(async () => {
    vscodeStub.person = {};
    await setup.close();
  });

  it('is what a person enters, beginning with what is there, and is removed by an empty one', async () => {
    assert.equal(noteOf(), undefined);
    const asked: string[] = [];
    for (const text of ['Lent by Ada until May', '', undefined]) {
      vscodeStub.person = {
        typed: (_prompt, value) => {
          asked.push(value);
          return text;
        },
      };
      await edit();
    }
    assert.deepEqual(asked, ['', 'Lent by Ada until May', '']);
    assert.equal(noteOf(), undefined);
  });

  it('stays where the box is closed', async () => {
    await edit({ id, note: 'Mine' });
    vscodeStub.person = { typed: () => undefined };
    await edit();
    assert.equal(noteOf(), 'Mine');
  });

  it('is one line without signs that cannot be seen', async () => {
    await edit({ id, note: ' for\tCI\n\u202eonly\u202c ' });
    assert.equal(noteOf(), 'for CI only');
  });

  it('has 200 characters at most', async () => {
    await edit({ id, note: '🔑'.repeat(200) });
    assert.equal(noteOf(), '🔑'.repeat(200));
    await assert.rejects(edit({ id, note: 'x'.repeat(201) }), /^Error: At most 200 characters\.$/);
  });

  it('never holds a key', async () => {
    await assert.rejects(edit({ id, note: `was ${SECRET}` }), /A note must not contain a key/);
    assert.equal(noteOf(), undefined);
  });

  it('stays with the key where the window is closed, and is exported with it', async () => {
    await edit({ id, note: 'Lent by Ada' });
    const { keyService } = setup.testWindow;
    const { text } = await keyService.exportKeys([...keyService.keysById().values()], false);
    assert.equal((JSON.parse(text) as { keys: { note?: string }[] }).keys[0]?.note, 'Lent by Ada');
  });
});
