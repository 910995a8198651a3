import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { afterEach, describe, it } from 'mocha';
import type * as Messages from '../../../src/vscode/host/messages.ts';
import { shownItem } from '../../../src/vscode/host/shownItem.ts';
import { shown } from '../../../src/vscode/host/shownText.ts';
import { removeTempFolders, tempFolder } from '../support/folders.ts';
import { forAll } from '../support/forAll.ts';
import { importWithStub, vscodeStub } from '../support/vscodeStub.ts';

/** What VS Code 1.139 makes links of, in notifications, progress, errors of commands and input boxes. */
const LINK = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/gi;
/** What it makes icons of, in lists and in the status bar. */
const ICON = /\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/;

/** A message as VS Code reads it: cut after 1000 characters, in one line. */
function linksIn(message: string): readonly string[] {
  return [
    ...message
      .slice(0, 1000)
      .replace(/\r\n|\n|\r/g, ' ')
      .trim()
      .matchAll(LINK),
  ].map(([link]) => link);
}

const RETRY = '[Retry](command:workbench.action.terminal.new)';

describe('text that is shown', () => {
  const READ: Readonly<Record<string, string>> = {
    [RETRY]: '[Retry] (command:workbench.action.terminal.new)',
    '[a](https://b.example "t")': '[a] (https://b.example "t")',
    '[a](file:///etc/passwd)': '[a] (file:///etc/passwd)',
    '[[a]](command:x)[b](command:y)': '[[a]] (command:x)[b] (command:y)',
    '$(flame) hot': '$ (flame) hot',
    'models[0] (the first), $5 (five)': 'models[0] (the first), $5 (five)',
  };
  for (const [text, read] of Object.entries(READ)) {
    it(`${text} is read as ${read}`, () => assert.equal(shown(text), read));
  }

  it('holds no link and no icon, whatever it is made of', () => {
    const pieces = fc.array(
      fc.constantFrom(
        '[',
        ']',
        '(',
        ')',
        '](',
        '$(',
        '$',
        'a',
        ' ',
        '\n',
        '"',
        'command:x',
        'https://b.example',
        'file:',
        'HTTP://',
        'flame',
        '\u200B',
        '~spin',
      ),
      { maxLength: 24 },
    );
    forAll(pieces, parts => {
      const text = shown(parts.join(''));
      return linksIn(text).length === 0 && !ICON.test(text) && shown(text) === text;
    });
  });

  it('is what it was, but for spaces', () => {
    forAll(fc.string({ unit: fc.constantFrom('[', ']', '(', ')', '$', 'x', 'é') }), text => {
      return shown(text).replaceAll(' ', '') === text;
    });
  });

  it('an error of a command says it without a link', async () => {
    const { shownError } = await importWithStub<typeof Messages>('vscode/host/messages.ts');
    const error = shownError(new Error(`The gateway says: “${RETRY}”`));
    assert.deepEqual(linksIn(error.message), []);
    assert.deepEqual(linksIn(error.stack ?? ''), []);
  });

  it('a line of a list has no icon but ours', () => {
    const item = shownItem({
      icon: 'key',
      label: '$(flame)',
      description: '$(zap)',
      detail: RETRY,
      id: '$(x)',
    });
    assert.equal(item.label, '$(key) $ (flame)');
    assert.equal(item.description, '$ (zap)');
    assert.deepEqual(linksIn(item.detail ?? ''), []);
    assert.equal(item.id, '$(x)', 'what is not shown stays');
  });

  it('a button that VS Code shows otherwise is told as it was handed in', async () => {
    const { showWarning } = await importWithStub<typeof Messages>('vscode/host/messages.ts');
    vscodeStub.person = { asked: (_message, _detail, buttons) => buttons[1] };
    assert.equal(await showWarning(RETRY, { modal: true, detail: RETRY }, 'No', RETRY), RETRY);
    assert.deepEqual(vscodeStub.shown.flatMap(linksIn), []);
    Object.assign(vscodeStub, { person: {}, shown: [] });
  });
});

describe('the check of the code', () => {
  afterEach(removeTempFolders);

  const file = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
  /** What Biome says about code, by the rules of this project that are our own. */
  const lint = (code: string) => {
    const folder = tempFolder();
    // With the folders that the project's own settings give each rule.
    const project = JSON.parse(readFileSync(file('biome.json'), 'utf8')) as { plugins: { path: string }[] };
    const plugins = project.plugins.map(plugin => ({ ...plugin, path: file(plugin.path) }));
    writeFileSync(join(folder, 'biome.json'), JSON.stringify({ root: true, plugins }));
    mkdirSync(join(folder, 'src/vscode'), { recursive: true });
    writeFileSync(join(folder, 'src/vscode/probe.ts'), code);
    const args = [file('node_modules/@biomejs/biome/bin/biome'), 'lint', 'src/vscode/probe.ts'];
    return spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' }).stderr;
  };

  it('refuses text that goes to VS Code by another way', () => {
    const told = lint(
      "import * as vscode from 'vscode';\nvoid vscode.window.showErrorMessage('x');\nvscode.window.withProgress;\n",
    );
    assert.equal(told.match(/takes nothing but ShownText/g)?.length, 2, told);
  });

  it('refuses another name for VS Code’s window', () => {
    assert.match(lint("import { window } from 'vscode';\nvoid window.state;\n"), /by no other name/);
    assert.match(
      lint("import * as vscode from 'vscode';\nconst w = vscode.window;\nvoid w;\n"),
      /by no other name/,
    );
  });

  it('refuses settings that are read by another way', () => {
    const told = lint("import * as vscode from 'vscode';\nvoid vscode.workspace.getConfiguration('x');\n");
    assert.match(told, /takes default and bounds from their entry/);
  });

  it('refuses commands of ours that are run by a name which may not be there', () => {
    const told = lint(
      "import * as vscode from 'vscode';\nvoid vscode.commands.executeCommand('keyQuota.addKey');\nvoid vscode.commands.executeCommand('setContext', 'keyQuota.situation', 1);\n",
    );
    assert.equal(told.match(/takes only those that there are/g)?.length, 1, told);
  });
});
