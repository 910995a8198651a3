import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, before, beforeEach, describe, it } from 'mocha';
import { redactor } from '../../../src/redaction/redactor.ts';
import { systemClock } from '../../../src/services/systemClock.ts';
import type * as OfferText from '../../../src/vscode/commands/offerDocument.ts';
import type * as Clipboard from '../../../src/vscode/host/clipboard.ts';
import { writeFileAtomically } from '../../../src/vscode/host/files.ts';
import type * as Log from '../../../src/vscode/host/log.ts';
import type * as Messages from '../../../src/vscode/host/messages.ts';
import type * as SaveText from '../../../src/vscode/host/saveText.ts';
import type * as PanelShell from '../../../src/vscode/panels/panelShell.ts';
import type * as StatusBar from '../../../src/vscode/statusBar/statusBar.ts';
import type * as UseTool from '../../../src/vscode/tools/useTool.ts';
import type * as Tree from '../../../src/vscode/tree/tree.ts';
import { TOOLTIP_COMMANDS, tooltipMarkdown } from '../../../src/vscode/views/tooltip.ts';
import { secretFor } from '../../sampleGateways/secrets.ts';
import { removeTempFolders, tempFolder } from '../support/folders.ts';
import { keyState, NOW, reading } from '../support/samples.ts';
import { TestWindow } from '../support/testWindow.ts';
import { importWithStub, vscodeStub } from '../support/vscodeStub.ts';

const SECRET = secretFor('sinks');
/** Texts that can be told apart, each with the secret in it. */
const text = (name: string) => `${name}: ${SECRET}.`;
const clean = (name: string) => `${name}: ‹secret›.`;

/** Everything that VS Code was handed, as one text. */
function handedOver(): string {
  return JSON.stringify([vscodeStub.shown, vscodeStub.handed, vscodeStub.clipboard]);
}

describe('a secret on its way out', () => {
  let folder: string;

  before(() => redactor.protect(SECRET));

  beforeEach(() => {
    folder = tempFolder();
    Object.assign(vscodeStub, { person: {}, clipboard: '', shown: [], handed: [] });
  });

  afterEach(removeTempFolders);

  /** Each way out, and the names of the texts that have to arrive there without the secret. */
  const WAYS: Readonly<Record<string, () => Promise<readonly string[]>>> = {
    'the log': async () => {
      const { createLog } = await importWithStub<typeof Log>('vscode/host/log.ts');
      const log = createLog('Key Quota');
      for (const level of ['info', 'warn', 'debug'] as const) log[level](text(level));
      return ['info', 'warn', 'debug'];
    },
    'notifications and questions': async () => {
      const {
        showStatusBarMessage,
        shownError: _error,
        ...messages
      } = await importWithStub<typeof Messages>('vscode/host/messages.ts');
      for (const [name, show] of Object.entries(messages)) {
        await show(text(name), { modal: true, detail: text(`${name} detail`) }, text(`${name} button`));
      }
      showStatusBarMessage(text('in passing'), 'short');
      const names = Object.keys(messages).flatMap(name => [name, `${name} detail`, `${name} button`]);
      return [...names, 'in passing'];
    },
    files: async () => {
      await writeFileAtomically(join(folder, 'export.csv'), text('file'));
      vscodeStub.shown.push(readFileSync(join(folder, 'export.csv'), 'utf8'));
      return ['file'];
    },
    'files that are on no disk': async () => {
      const { saveText } = await importWithStub<typeof SaveText>('vscode/host/saveText.ts');
      const target = { scheme: 'memory', path: '/x' } as Parameters<typeof saveText>[0];
      await saveText(target, text('remote file'));
      const [, , args] = vscodeStub.handed[0] ?? [];
      vscodeStub.shown.push(String((args as readonly unknown[])[1]));
      return ['remote file'];
    },
    'the clipboard': async () => {
      const { copyText } = await importWithStub<typeof Clipboard>('vscode/host/clipboard.ts');
      await copyText(text('copied'));
      return ['copied'];
    },
    documents: async () => {
      const { offerDocument: offerText } = await importWithStub<typeof OfferText>(
        'vscode/commands/offerDocument.ts',
      );
      vscodeStub.person = { asked: (_message, _detail, [copy]) => copy };
      await offerText(text('document'), text('offer'), 'x.md');
      assert.equal(vscodeStub.clipboard, clean('document'));
      return ['document', 'offer'];
    },
    panels: async () => {
      const shells = await importWithStub<typeof PanelShell>('vscode/panels/panelShell.ts');
      const shell = new shells.PanelShell<never, { type: string; words: unknown }>({
        extensionUri: { path: '/here' } as never,
        page: 'usage',
        title: () => text('title'),
        schema: undefined as never,
        onMessage: () => undefined,
        onClose: () => undefined,
      });
      shell.reveal({ type: 'first', words: '' });
      shell.post({ type: 'told', words: [{ deep: text('told') }] });
      return ['told', 'title'];
    },
    'the status bar and its tooltip': async () => {
      const bars = await importWithStub<typeof StatusBar>('vscode/statusBar/statusBar.ts');
      const bar = new bars.StatusBar(() => draw());
      const draw = () =>
        bar.renderItems([keyState({ label: SECRET, pinned: true, reading: reading() })], NOW);
      try {
        bar.addTooltips({ markdownOf: tooltipMarkdown, commands: TOOLTIP_COMMANDS });
        draw();
        bar.preview({ items: 'perKey' });
      } finally {
        // All test files of a process share the listeners of settings.
        bar.dispose();
      }
      const members = new Map(vscodeStub.handed.map(([, member, what]) => [member, JSON.stringify(what)]));
      for (const member of ['name', 'text', 'tooltip', 'accessibilityInformation']) {
        assert.match(members.get(member) ?? '', /‹secret›/, member);
      }
      return [];
    },
    'the tree': async () => {
      const { KeyTree } = await importWithStub<typeof Tree>('vscode/tree/tree.ts');
      const tree = new KeyTree(
        () => NOW,
        () => undefined,
      );
      const failure = { class: 'transient', message: text('hover') };
      tree.renderTree([keyState({ label: text('label'), failure, reading: reading() })], NOW);
      await tree.getChildren();
      tree.setMessage(text('note'));
      const texts = { label: text('line'), description: text('beside'), tooltip: text('tip') };
      const node = { ...texts, id: 'x', context: 'key', spoken: text('spoken'), children: [] };
      vscodeStub.handed.push(['the tree', 'item', tree.getTreeItem(node as never)]);
      const hovered = tree.resolveTreeItem({}, { ...node, id: 'key:id-1', keyId: 'id-1' } as never);
      vscodeStub.handed.push(['the tree', 'hover', hovered]);
      return ['note', 'line', 'beside', 'tip', 'spoken'];
    },
    'answers to agents, and errors they read': async () => {
      const { useTool } = await importWithStub<typeof UseTool>('vscode/tools/useTool.ts');
      const testWindow = new TestWindow();
      const monitor = { snapshot: [keyState({ reading: reading({ models: [`model:${SECRET}`] }) })] };
      const parts = { store: testWindow.store, monitor, clock: systemClock } as never;
      const token = { onCancellationRequested: () => ({ dispose: () => undefined }) } as never;
      const ask = (input: unknown) => useTool('keyQuota_getQuota', parts, input, token);
      try {
        const error = await ask({ key: text('no key') }).catch((reason: Error) => reason);
        vscodeStub.handed.push(['an agent', 'error', String((error as Error).stack)]);
        vscodeStub.handed.push(['an agent', 'answer', (await ask({})).content]);
      } finally {
        await testWindow.close();
      }
      assert.ok(handedOver().includes('model:‹secret›'));
      return ['no key'];
    },
  };
  for (const [way, go] of Object.entries(WAYS)) {
    it(`${way}: is taken out of every text`, async () => {
      const names = await go();
      const over = handedOver();
      for (const name of names) assert.ok(over.includes(clean(name)), `${name} in ${over.slice(0, 2000)}`);
      assert.ok(!over.includes('CANARY'), over.slice(0, 2000));
    });
  }
});
