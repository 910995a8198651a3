import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, beforeEach, describe, it } from 'mocha';
import * as v from 'valibot';
import type { WebviewPanel } from 'vscode';
import { packed } from '../../../../build/packTexts.ts';
import { setFiguresHidden } from '../../../../src/text/hiddenFigures.ts';
import type * as Shells from '../../../../src/vscode/panels/panelShell.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { useTimeZone } from '../../support/timeZone.ts';
import { changeSettings, importWithStub, vscodeStub } from '../../support/vscodeStub.ts';

const { PanelShell } = await importWithStub<typeof Shells>('vscode/panels/panelShell.ts');

describe('the panel that VS Code holds', () => {
  useTimeZone('UTC');
  const folder = tempFolder();
  after(removeTempFolders);
  let title: string;
  let heard: unknown[];
  let closed: number;
  let shell: Shells.PanelShell<{ type: 'ready' | 'ask' }, { readonly type: string }>;

  beforeEach(() => {
    Object.assign(vscodeStub, { handed: [], bundle: undefined });
    [title, heard, closed] = ['Usage', [], 0];
    shell = new PanelShell({
      extensionUri: { path: '/here', fsPath: folder } as never,
      page: 'usage',
      title: () => title,
      schema: v.object({ type: v.picklist(['ready', 'ask']) }),
      onMessage: message => heard.push(message),
      onClose: () => {
        closed += 1;
      },
    });
  });
  afterEach(() => {
    vscodeStub.bundle = undefined;
  });

  const handed = (to: string, member: string) =>
    vscodeStub.handed.filter(each => each[0] === to && each[1] === member).map(([, , what]) => what);
  /** What was posted to the page. */
  const posted = () => handed('a page', 'postMessage').map(what => (what as readonly unknown[])[0]);
  const listenerOf = (to: string, member: string) =>
    (handed(to, member).at(-1) as readonly ((what?: unknown) => void)[])[0] ?? assert.fail();
  const hear = (message: unknown) => listenerOf('a page', 'onDidReceiveMessage')(message);

  it('is created in the group in use, with the files of the product and no others', () => {
    shell.reveal({ type: 'first' });
    assert.deepEqual(handed('a panel', 'created'), [
      [
        'keyQuota.usage',
        'Usage',
        -1,
        {
          enableFindWidget: true,
          enableScripts: true,
          localResourceRoots: [{ path: '/here/dist', fsPath: join(folder, 'dist') }],
        },
      ],
    ]);
    assert.deepEqual(handed('a page', 'options'), [
      { enableScripts: true, localResourceRoots: [{ path: '/here/dist', fsPath: join(folder, 'dist') }] },
    ]);
    const [html] = handed('a page', 'html');
    assert.match(String(html), /<title>Usage<\/title>/);
    assert.match(String(html), /src="\/here\/dist\/panel\.js"/);
    assert.match(String(html), /href="\/here\/dist\/panel\.css"/);
    assert.deepEqual(posted(), [], 'a new page asks for what it shows');
  });

  it('has another nonce each time', () => {
    shell.reveal({ type: 'first' });
    listenerOf('a panel', 'onDidDispose')();
    shell.reveal({ type: 'second' });
    const nonces = handed('a page', 'html').map(html => /nonce-([^']+)/.exec(String(html))?.[1]);
    assert.equal(new Set(nonces).size, 2);
    assert.ok(nonces.every(nonce => nonce && Buffer.from(nonce, 'base64').length === 18));
  });

  it('comes to the front with another title and another message when it is shown again', () => {
    shell.reveal({ type: 'first' });
    title = 'Request log: Team';
    shell.reveal({ type: 'second' });
    assert.equal(handed('a panel', 'created').length, 1);
    assert.equal(handed('a panel', 'reveal').length, 1);
    assert.deepEqual(handed('a panel', 'title'), ['Usage', 'Request log: Team']);
    assert.deepEqual(posted(), [{ type: 'second' }]);
  });

  it('is told its language and zone when it is ready, before its own messages', () => {
    const translations = packed({ 'Add Key…': '添加密钥…' });
    const { texts, ...keys } = translations;
    mkdirSync(join(folder, 'dist', 'l10n'), { recursive: true });
    writeFileSync(join(folder, 'dist', 'l10n', 'keys.json'), JSON.stringify(keys));
    vscodeStub.bundle = { '': texts, 'Key Quota': 'Key Quota' };
    shell.reveal({ type: 'first' });
    hear({ type: 'ask' });
    assert.deepEqual([posted(), heard], [[], [{ type: 'ask' }]]);
    hear({ type: 'ready' });
    assert.deepEqual(posted(), [
      { type: 'speak', language: 'en', timeZone: 'UTC', figuresHidden: false, translations },
    ]);
    assert.deepEqual(heard, [{ type: 'ask' }, { type: 'ready' }]);
    const plain = { type: 'speak', language: 'en', timeZone: 'UTC', figuresHidden: false };
    // English, and a bundle of another form.
    for (const bundle of [undefined, {}]) {
      vscodeStub.bundle = bundle;
      hear({ type: 'ready' });
      assert.deepEqual(posted().at(-1), { ...plain, translations: undefined });
    }
  });

  it('has its page start over when figures are hidden or shown again, and for no other setting', () => {
    // Panels of other tests would start over as well.
    const others = [...vscodeStub.settingsListeners];
    vscodeStub.settingsListeners.clear();
    shell.reveal({ type: 'first' });
    const pages = () => handed('a page', 'html').length;
    changeSettings({ lowPercent: 10 });
    assert.equal(pages(), 1);
    setFiguresHidden(true);
    try {
      changeSettings({ hideFigures: true });
      changeSettings({ hideFigures: true, lowPercent: 10 });
      assert.equal(pages(), 2);
      hear({ type: 'ready' });
      assert.equal((posted().at(-1) as { figuresHidden: boolean }).figuresHidden, true);
    } finally {
      setFiguresHidden(false);
    }
    changeSettings({});
    assert.equal(pages(), 3);
    listenerOf('a panel', 'onDidDispose')();
    setFiguresHidden(true);
    changeSettings({ hideFigures: true });
    setFiguresHidden(false);
    assert.equal(pages(), 3, 'a panel that is closed has no page');
    for (const other of others) vscodeStub.settingsListeners.add(other);
    changeSettings({});
  });

  it('is not heard where it says what no page says', () => {
    shell.reveal({ type: 'first' });
    for (const message of [undefined, 'ready', { type: 'erase' }, { type: ['ready'] }]) hear(message);
    assert.deepEqual([heard, posted()], [[], []]);
  });

  it('is created again once it was closed, and is sent nothing in between', () => {
    shell.reveal({ type: 'first' });
    listenerOf('a panel', 'onDidDispose')();
    assert.equal(closed, 1);
    shell.post({ type: 'late' });
    assert.deepEqual(posted(), []);
    shell.reveal({ type: 'second' });
    assert.equal(handed('a panel', 'created').length, 2);
  });

  it('gives way to the one that VS Code brings back, whose end alone counts then', () => {
    shell.reveal({ type: 'first' });
    const closeFirst = listenerOf('a panel', 'onDidDispose');
    let close: () => void = () => undefined;
    const restored = {
      title: 'of before',
      onDidDispose: (listener: () => void) => {
        close = listener;
      },
      webview: {
        asWebviewUri: () => '',
        onDidReceiveMessage: () => undefined,
        postMessage: (message: unknown) =>
          vscodeStub.handed.push(['the restored page', 'postMessage', message]),
      },
    };
    shell.adopt(restored as unknown as WebviewPanel);
    assert.equal(handed('a panel', 'dispose').length, 1);
    assert.equal(restored.title, 'Usage');
    closeFirst();
    assert.equal(closed, 0);
    shell.post({ type: 'told' });
    assert.deepEqual(handed('the restored page', 'postMessage'), [{ type: 'told' }]);
    close();
    assert.equal(closed, 1);
  });
});
