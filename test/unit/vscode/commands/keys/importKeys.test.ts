import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Encrypter } from 'age-encryption';
import { after, beforeEach, describe, it } from 'mocha';
import type * as ImportOutcome from '../../../../../src/vscode/commands/keys/importOutcome.ts';
import type * as ImportSources from '../../../../../src/vscode/commands/keys/importSources.ts';
import { removeTempFolders, tempFolder } from '../../../support/folders.ts';
import { importWithStub, vscodeStub } from '../../../support/vscodeStub.ts';

const { askImportSources } = await importWithStub<typeof ImportSources>(
  'vscode/commands/keys/importSources.ts',
);
const { offerImportOutcome } = await importWithStub<typeof ImportOutcome>(
  'vscode/commands/keys/importOutcome.ts',
);

const ADDED = { added: ['a', 'b'], present: [], failed: [] };

describe('an import', () => {
  beforeEach(() => {
    vscodeStub.shown = [];
  });
  after(removeTempFolders);

  it('says nothing of an encrypted file whose passphrase nobody gives', async () => {
    const encrypter = new Encrypter();
    encrypter.setScryptWorkFactor(10);
    encrypter.setPassphrase('a long passphrase');
    const file = join(tempFolder(), 'moved.age');
    writeFileSync(file, await encrypter.encrypt('{"apiKey":"sk-aaaa1111bbbb2222cccc"}'));
    const prompts: string[] = [];
    vscodeStub.person = {
      picked: () => ['Files…'],
      folder: () => file,
      typed: prompt => {
        prompts.push(prompt);
        return undefined;
      },
    };
    assert.equal(await askImportSources('Import Keys'), undefined);
    assert.deepEqual(prompts, ['The passphrase of “moved.age”']);
  });

  for (const [what, name, shown] of [
    ['signs that turn the direction', 'notes\u202Egpj.txt', '“notesgpj.txt” contains no keys.'],
    ['letters from right to left', 'مفاتيح.txt', '“\u2068مفاتيح.txt\u2069” contains no keys.'],
  ] as const) {
    it(`names a file whose name has ${what} so that the sentence keeps its order`, async () => {
      const file = join(tempFolder(), name);
      writeFileSync(file, 'nothing');
      vscodeStub.person = { picked: () => ['Files…'], folder: () => file };
      assert.deepEqual((await askImportSources('Import Keys'))?.problems, [shown]);
    });
  }

  it('offers to undo once more after it has shown what was left out', async () => {
    const asked: (readonly string[])[] = [];
    vscodeStub.person = {
      asked: (_message, _detail, buttons) => {
        asked.push(buttons);
        return (
          buttons.find(button => button === 'Show Those Left Out') ??
          buttons.find(button => button === 'Undo')
        );
      },
    };
    let undone = 0;
    const undo = async () => {
      undone++;
    };
    await offerImportOutcome(ADDED, { rejected: [], problems: ['One file could not be opened.'], undo });
    assert.deepEqual(asked.slice(0, 3), [['Undo', 'Show Those Left Out'], [], ['Undo']]);
    assert.equal(undone, 1);
  });

  it('says that no key was imported where each is here already, and has nothing to undo', async () => {
    vscodeStub.person = { asked: () => undefined };
    await offerImportOutcome(
      { ...ADDED, added: [], present: ['a'], failed: [] },
      { rejected: [], problems: [], undo: async () => assert.fail() },
    );
    assert.deepEqual(
      vscodeStub.shown.filter(text => text !== ''),
      ['No key was imported. Already here: 1.'],
    );
  });

  it('says when it could not be undone whole, and why', async () => {
    vscodeStub.person = { asked: (_message, _detail, buttons) => buttons.find(button => button === 'Undo') };
    const undo = () => Promise.reject(new Error('The secret storage does not answer.'));
    await offerImportOutcome(ADDED, { rejected: [], problems: [], undo });
    assert.deepEqual(
      vscodeStub.shown.filter(text => text !== ''),
      [
        '2 keys were imported.',
        'Undo',
        'Not every imported key could be removed. The secret storage does not answer.',
      ],
    );
  });
});
